"""A requirement of a case may be set aside for a while, with a reason, a name and a last day."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from firms.ledgers.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0006_subscription_cases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='要件')),
                ('label', models.CharField(max_length=200, verbose_name='要件の名称')),
                ('reason', models.CharField(max_length=400, verbose_name='理由')),
                ('given_on', models.DateField(verbose_name='決めた日')),
                ('expires_on', models.DateField(verbose_name='例外の期限')),
                ('given_at', models.DateTimeField(auto_now_add=True, verbose_name='記録日時')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to='grants.grantcase', verbose_name='助成金案件')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='決めた人')),
                ('voids', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voided_by', to='grants.exemption', verbose_name='取り消す記録')),
            ],
            options={
                'verbose_name': '要件の例外',
                'verbose_name_plural': '要件の例外',
                'ordering': ['case', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('code', ''), _negated=True)), name='exemption_says_why'), models.CheckConstraint(condition=models.Q(('expires_on__gte', models.F('given_on'))), name='exemption_days_in_order')],
            },
        ),
        append_only("grants_exemption"),
    ]
