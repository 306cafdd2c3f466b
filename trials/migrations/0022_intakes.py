"""Where an open page leads, and who came by one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('firms', '0020_career_role'),
        ('trials', '0021_advising'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='jobseeker',
            name='came_by_page',
            field=models.BooleanField(default=False, verbose_name='公開のページから申し込んだ'),
        ),
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='ひとこと')),
                ('opened_at', models.DateTimeField(auto_now_add=True, verbose_name='開いた日時')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='閉じた日時')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='intakes', to='firms.organisation', verbose_name='派遣元')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='最初の担当者')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='intakes', to='trials.round', verbose_name='募集回')),
            ],
            options={
                'verbose_name': '公開の受付',
                'verbose_name_plural': '公開の受付',
                'ordering': ['round', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('round', 'agency'), name='intake_open_once'), models.CheckConstraint(condition=models.Q(('closed_at', None), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='intake_closed_after_opening')],
            },
        ),
    ]
