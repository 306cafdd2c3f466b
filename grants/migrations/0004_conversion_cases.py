"""A case may be about a conversion, period by period; the plan and the pay it rests on."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations import RunPython

from firms.ledgers.append_only import append_only, bound

# SQLite makes the tables anew, and its triggers go with the old one or look in vain for it: both step aside meanwhile.
HELD = append_only("grants_claim")
BOUND = bound(
    "grants_statement",
    "firm_id",
    to="""
SELECT COALESCE((
    SELECT place.organisation_id FROM grants_grantcase AS held
    JOIN firms_establishment AS place ON place.id = held.establishment_id WHERE held.id = NEW.case_id
), NEW.firm_id)
""",
)


def aside(held: RunPython) -> RunPython:
    return RunPython(held.reverse_code, held.code)


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0002_append_only'),
        ('firms', '0002_append_only'),
        ('grants', '0003_deputies_and_keeping'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        aside(HELD),
        aside(BOUND),
        migrations.CreateModel(
            name='CareerUpPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='計画期間の初日')),
                ('ends_on', models.DateField(verbose_name='計画期間の最終日')),
                ('manager_name', models.CharField(max_length=60, verbose_name='キャリアアップ管理者の氏名')),
                ('manager_since', models.DateField(verbose_name='キャリアアップ管理者の配置日')),
                ('is_officer', models.BooleanField(default=False, verbose_name='キャリアアップ管理者は役員である')),
                ('worker_name', models.CharField(max_length=60, verbose_name='労働者代表者の氏名')),
                ('heard', models.CharField(choices=[('meeting', 'ア 説明会などで意見を聴いた'), ('writing', 'イ 書面で意見を聴いた'), ('other', 'ウ その他')], max_length=8, verbose_name='意見を聴いた方法')),
                ('for_fixed_term', models.BooleanField(default=False, verbose_name='有期雇用労働者')),
                ('for_indefinite', models.BooleanField(default=False, verbose_name='無期雇用労働者')),
                ('for_dispatched', models.BooleanField(default=False, verbose_name='派遣労働者')),
                ('people', models.PositiveSmallIntegerField(verbose_name='転換・直接雇用する人数の目標')),
                ('month', models.DateField(verbose_name='措置を講ずる予定の年月')),
                ('filed_on', models.DateField(blank=True, null=True, verbose_name='届出日（到達日）')),
                ('receipt_number', models.CharField(blank=True, max_length=40, verbose_name='計画書の受理番号')),
            ],
            options={
                'verbose_name': 'キャリアアップ計画書',
                'verbose_name_plural': 'キャリアアップ計画書',
                'ordering': ['establishment', '-starts_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Conversion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('converted_on', models.DateField(blank=True, null=True, verbose_name='転換日（雇入れの日）')),
                ('origin', models.CharField(blank=True, choices=[('fixed_term', '有期雇用から'), ('indefinite', '無期雇用（正規以外）から'), ('dispatched', '派遣から（直接雇用）')], max_length=12, verbose_name='転換前の雇用')),
                ('since', models.DateField(blank=True, null=True, verbose_name='転換前の雇用・派遣の初日')),
                ('until', models.DateField(blank=True, null=True, verbose_name='派遣の最終日')),
                ('same_unit', models.BooleanField(blank=True, null=True, verbose_name='同じ組織単位で続けて受け入れた')),
                ('agency_is_indefinite', models.BooleanField(blank=True, null=True, verbose_name='派遣元に無期雇用されていた')),
                ('contracted_on', models.DateField(blank=True, null=True, verbose_name='労働契約を結んだ（申し込んだ）日')),
                ('priority', models.CharField(blank=True, choices=[('none', 'あてはまらない'), ('unstable', '② 有期3年未満で、正規の仕事が少なかった人（別添1-5を本人が書く）'), ('parent', '③ 母子家庭の母・父子家庭の父'), ('trained', '③ 人材開発支援助成金の訓練を修了した人（支給決定があるもの）')], max_length=8, verbose_name='重点支援対象者')),
                ('has_probation', models.BooleanField(blank=True, null=True, verbose_name='転換後に試用期間がある')),
                ('probation_to', models.DateField(blank=True, null=True, verbose_name='試用期間の最終日')),
                ('form', models.CharField(blank=True, choices=[('regular', '正社員'), ('place', '勤務地限定正社員'), ('job', '職務限定正社員'), ('short', '短時間正社員')], max_length=8, verbose_name='転換後の区分')),
                ('closing_day', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='賃金の締め日')),
                ('pay_day', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='賃金の支払日')),
                ('pay_months_later', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='支払は締め日の何か月後か')),
            ],
            options={
                'verbose_name': '正社員転換',
                'verbose_name_plural': '正社員転換',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PeriodPay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before_yen', models.PositiveIntegerField(verbose_name='転換前（第2期は第1期）6か月の賃金')),
                ('after_yen', models.PositiveIntegerField(verbose_name='この期の6か月の賃金')),
                ('before_weekly', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='転換前（第2期は第1期）の週所定労働時間')),
                ('after_weekly', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='この期の週所定労働時間')),
                ('worked_days', models.JSONField(verbose_name='月ごとの勤務日数')),
                ('last_paid_on', models.DateField(verbose_name='最後の月の賃金を支払った日')),
                ('is_paid_late', models.BooleanField(default=False, verbose_name='規定の支払日より遅れて支払った')),
                ('additions', models.JSONField(default=list, verbose_name='加算')),
            ],
            options={
                'verbose_name': '期の賃金',
                'verbose_name_plural': '期の賃金',
            },
        ),
        migrations.RemoveConstraint(
            model_name='grantcase',
            name='grant_case_has_its_subject',
        ),
        migrations.AddField(
            model_name='grantcase',
            name='period',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='期'),
        ),
        migrations.AlterField(
            model_name='claim',
            name='plan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='grants.planversion', verbose_name='計画'),
        ),
        migrations.AddField(
            model_name='careerupplan',
            name='establishment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='careerup_plans', to='firms.establishment', verbose_name='事業所'),
        ),
        migrations.AddField(
            model_name='conversion',
            name='establishment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conversions', to='firms.establishment', verbose_name='事業所'),
        ),
        migrations.AddField(
            model_name='conversion',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='転換する人'),
        ),
        migrations.AddField(
            model_name='conversion',
            name='plan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conversions', to='grants.careerupplan', verbose_name='計画書'),
        ),
        migrations.AddField(
            model_name='grantcase',
            name='conversion',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='grants.conversion', verbose_name='正社員転換'),
        ),
        migrations.AddConstraint(
            model_name='grantcase',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'dropped'), _negated=True), fields=('conversion', 'period'), name='grant_case_period_once'),
        ),
        migrations.AddConstraint(
            model_name='grantcase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('conversion__isnull', True), ('run__isnull', False), ('subject', 'run')), models.Q(('conversion__isnull', False), ('run__isnull', True), ('subject', 'conversion')), _connector='OR'), name='grant_case_has_its_subject'),
        ),
        migrations.AddConstraint(
            model_name='grantcase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('conversion', None), ('period', None)), models.Q(("conversion__isnull", False), ("period__in", (1, 2)), ("period__isnull", False)), _connector='OR'), name='grant_case_conversion_has_its_period'),
        ),
        migrations.AddField(
            model_name='periodpay',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='period_pay', to='grants.grantcase', verbose_name='助成金案件'),
        ),
        migrations.AddConstraint(
            model_name='careerupplan',
            constraint=models.UniqueConstraint(condition=models.Q(('filed_on', None)), fields=('establishment',), name='careerup_plan_one_being_written'),
        ),
        migrations.AddConstraint(
            model_name='careerupplan',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='careerup_plan_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='careerupplan',
            constraint=models.CheckConstraint(condition=models.Q(('filed_on', None), ('filed_on__lt', models.F('starts_on')), _connector='OR'), name='careerup_plan_filed_before_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='careerupplan',
            constraint=models.CheckConstraint(condition=models.Q(('for_fixed_term', True), ('for_indefinite', True), ('for_dispatched', True), _connector='OR'), name='careerup_plan_is_for_somebody'),
        ),
        migrations.AddConstraint(
            model_name='careerupplan',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='careerup_plan_month_is_its_first_day'),
        ),
        migrations.AddConstraint(
            model_name='conversion',
            constraint=models.UniqueConstraint(fields=('establishment', 'person'), name='conversion_person_once'),
        ),
        migrations.AddConstraint(
            model_name='conversion',
            constraint=models.CheckConstraint(condition=models.Q(('since', None), ('converted_on', None), ('since__lt', models.F('converted_on')), _connector='OR'), name='conversion_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='conversion',
            constraint=models.CheckConstraint(condition=models.Q(('origin', 'dispatched'), models.Q(('agency_is_indefinite', None), ('contracted_on', None), ('same_unit', None), ('until', None)), _connector='OR'), name='conversion_dispatch_alone_has_its_facts'),
        ),
        migrations.AddConstraint(
            model_name='conversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('has_probation', True), ('probation_to__gte', models.F('converted_on'))), models.Q(models.Q(('has_probation', True), _negated=True), ('probation_to', None)), _connector='OR'), name='conversion_probation_agrees'),
        ),
        migrations.AddConstraint(
            model_name='periodpay',
            constraint=models.CheckConstraint(condition=models.Q(('after_weekly__gt', 0), ('after_yen__gt', 0), ('before_weekly__gt', 0), ('before_yen__gt', 0)), name='period_pay_is_positive'),
        ),
        HELD,
        BOUND,
    ]
