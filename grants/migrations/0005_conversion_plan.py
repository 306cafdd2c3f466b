"""Where a plan stands in for a キャリアアップ計画書: the manager, the measure and its month."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0004_office_steps'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConversionPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_wanted', models.BooleanField(verbose_name='計画届をキャリアアップ計画書に代える')),
                ('manager_name', models.CharField(blank=True, max_length=60, verbose_name='キャリアアップ管理者の氏名')),
                ('is_conversion', models.BooleanField(default=False, verbose_name='訓練を修了した人を正社員に転換する')),
                ('month', models.DateField(blank=True, null=True, verbose_name='転換する予定の年月')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='conversion_plan', to='grants.grantcase', verbose_name='助成金案件')),
            ],
            options={
                'verbose_name': 'キャリアアップ計画（計画届に記入）',
                'verbose_name_plural': 'キャリアアップ計画（計画届に記入）',
                'constraints': [models.CheckConstraint(condition=models.Q(('is_wanted', True), models.Q(('is_conversion', False), ('manager_name', ''), ('month', None)), _connector='OR'), name='conversion_plan_unwanted_is_empty'), models.CheckConstraint(condition=models.Q(('month', None), ('month__day', 1), _connector='OR'), name='conversion_plan_month_is_its_first_day')],
            },
        ),
    ]
