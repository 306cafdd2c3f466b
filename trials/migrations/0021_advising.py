"""Whose hands people are in: deputies, and an append-only row for each time somebody was handed over."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from firms.ledgers.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('firms', '0020_career_role'),
        ('trials', '0020_definition_of_numbers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Deputy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='最初の日')),
                ('last_on', models.DateField(verbose_name='最後の日')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='取りやめた日時')),
                ('adviser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='アドバイザー')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to='firms.organisation', verbose_name='派遣元')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='代理の人')),
            ],
            options={
                'verbose_name': '担当の代理',
                'verbose_name_plural': '担当の代理',
                'ordering': ['-starts_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('starts_on'))), name='deputy_days_in_order'), models.CheckConstraint(condition=models.Q(('deputy', models.F('adviser')), _negated=True), name='deputy_is_another')],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=400, verbose_name='引継ぎの理由')),
                ('handed_at', models.DateTimeField(auto_now_add=True, verbose_name='引継ぎの日時')),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='前の担当者')),
                ('seeker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='trials.jobseeker', verbose_name='求職者')),
                ('taker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='新しい担当者')),
            ],
            options={
                'verbose_name': '担当の引継ぎ',
                'verbose_name_plural': '担当の引継ぎ',
                'ordering': ['seeker', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='hand_over_with_reason'), models.CheckConstraint(condition=models.Q(('giver', models.F('taker')), _negated=True), name='hand_over_to_another')],
            },
        ),
        append_only('trials_handover'),
    ]
