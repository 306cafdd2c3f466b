"""The tables, as they are now; nothing was released before."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from firms.ledgers.tables import TablesAtOnce


class Migration(TablesAtOnce):

    initial = True

    dependencies = [
        ('firms', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='IndicatorReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='firms.organisation', verbose_name='区')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版')),
                ('as_of', models.DateField(verbose_name='データの日')),
                ('facts', models.JSONField(verbose_name='指標')),
                ('digest', models.CharField(max_length=64)),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='残した人')),
                ('reported_at', models.DateTimeField(auto_now_add=True, verbose_name='残した日時')),
            ],
            options={
                'verbose_name': '指標の報告',
                'verbose_name_plural': '指標の報告',
                'ordering': ['-year', '-number'],
                'constraints': [models.UniqueConstraint(fields=('ward', 'year', 'number'), name='indicator_report_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='indicator_report_numbered_from_one')],
            },
        ),
    ]
