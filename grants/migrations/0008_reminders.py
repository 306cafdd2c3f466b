"""One letter a step, each told as a row of its own."""

import django.db.models.deletion
from django.db import migrations, models

from firms.ledgers.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0007_case_subject'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='deadline',
            name='reminded_at',
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ahead', models.SmallIntegerField(verbose_name='何日前の知らせか')),
                ('told_at', models.DateTimeField(auto_now_add=True, verbose_name='お知らせした日時')),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='grants.deadline', verbose_name='期限')),
            ],
            options={
                'verbose_name': '期限のお知らせ',
                'verbose_name_plural': '期限のお知らせ',
                'ordering': ['deadline', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('deadline', 'ahead'), name='reminder_once_a_step')],
            },
        ),
        append_only("grants_reminder"),
    ]
