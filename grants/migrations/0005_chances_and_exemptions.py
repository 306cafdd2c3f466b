"""What each firm could draw and does not, who does not want to be held against it, and requirements set aside."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from firms.ledgers.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0003_run_messages'),
        ('firms', '0002_append_only'),
        ('grants', '0004_conversion_cases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Chance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=30, verbose_name='制度')),
                ('menu', models.CharField(max_length=30, verbose_name='メニュー')),
                ('kind', models.CharField(choices=[('ahead', '受講が決まった訓練'), ('course', 'これから申し込める講座'), ('conversion', '正社員への転換'), ('trial', 'トライアル雇用'), ('leave', '休暇制度の導入')], max_length=10, verbose_name='きっかけ')),
                ('people', models.PositiveSmallIntegerField(verbose_name='人数')),
                ('yen', models.PositiveBigIntegerField(verbose_name='見込額（円）')),
                ('last_on', models.DateField(blank=True, null=True, verbose_name='次の期限')),
                ('because', models.TextField(verbose_name='計算の根拠')),
                ('needs', models.TextField(blank=True, verbose_name='満たすこと')),
                ('source', models.TextField(verbose_name='出典')),
                ('is_unverified', models.BooleanField(default=False, verbose_name='確かめ直す数値がある')),
                ('reckoned_on', models.DateField(verbose_name='照合した日')),
                ('firm', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chances', to='firms.organisation', verbose_name='企業')),
                ('run', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.run', verbose_name='開講')),
            ],
            options={
                'verbose_name': 'まだ使っていない助成金',
                'verbose_name_plural': 'まだ使っていない助成金',
                'ordering': [models.OrderBy(models.F('last_on'), nulls_last=True), '-yen', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('run__isnull', False)), fields=('firm', 'scheme', 'menu', 'run'), name='chance_of_a_run_once'), models.UniqueConstraint(condition=models.Q(('run', None)), fields=('firm', 'scheme', 'menu'), name='chance_without_a_run_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('ahead', 'course')), ('run__isnull', False)), models.Q(('kind__in', ['conversion', 'trial', 'leave']), ('run', None)), _connector='OR'), name='chance_has_its_run'), models.CheckConstraint(condition=models.Q(('people__gt', 0), ('yen__gt', 0)), name='chance_draws_something'), models.CheckConstraint(condition=models.Q(('last_on', None), ('last_on__gte', models.F('reckoned_on')), _connector='OR'), name='chance_can_still_be_met')],
            },
        ),
        migrations.CreateModel(
            name='ChanceWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_wanted', models.BooleanField(verbose_name='照合を希望する')),
                ('wished_at', models.DateTimeField(auto_now_add=True, verbose_name='決めた日時')),
                ('firm', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chance_wishes', to='firms.organisation', verbose_name='企業')),
                ('wished_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='決めた人')),
            ],
            options={
                'verbose_name': '照合の希望',
                'verbose_name_plural': '照合の希望',
                'ordering': ['firm', 'pk'],
                'indexes': [models.Index(fields=['firm', '-id'], name='chance_wish_newest')],
            },
        ),
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
        append_only("grants_chancewish", "grants_exemption"),
    ]
