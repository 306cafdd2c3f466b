"""Corrections: further rows about what was recorded, append-only themselves."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from firms.ledgers.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('firms', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_type', models.CharField(max_length=60)),
                ('subject_id', models.BigIntegerField()),
                ('field', models.CharField(max_length=40, verbose_name='項目')),
                ('before', models.TextField(null=True, verbose_name='前')),
                ('after', models.TextField(null=True, verbose_name='後')),
                ('reason', models.CharField(max_length=400, verbose_name='理由')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='訂正した日時')),
                ('corrected_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='訂正した人')),
            ],
            options={
                'verbose_name': '訂正',
                'verbose_name_plural': '訂正',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['subject_type', 'subject_id', 'field', '-id'], name='correction_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='correction_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('after__isnull', False), ('before', None)), models.Q(('after', None), ('before__isnull', False)), models.Q(('after__isnull', False), ('before__isnull', False), models.Q(('before', models.F('after')), _negated=True)), _connector='OR'), name='correction_changes_something')],
            },
        ),
        append_only("firms_correction"),
    ]
