"""国のトライアル雇用: hired by the firm itself for a term."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('firms', '0020_career_role'),
        ('trials', '0022_intakes'),
    ]

    operations = [
        migrations.CreateModel(
            name='DirectTrial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('office', models.CharField(max_length=80, verbose_name='紹介した機関')),
                ('referred_on', models.DateField(verbose_name='紹介された日')),
                ('weekly_hours', models.PositiveSmallIntegerField(verbose_name='1週間の所定労働時間（時間）')),
                ('hired_on', models.DateField(verbose_name='雇入れの日')),
                ('last_on', models.DateField(verbose_name='最後の日')),
                ('terms', models.JSONField()),
                ('plan_until', models.DateField(verbose_name='実施計画書の期限')),
                ('state', models.CharField(choices=[('hired', '実施計画書を出す前'), ('planned', '実施計画書を提出済み'), ('ended', '支給申請の前'), ('claimed', '支給申請を提出済み'), ('paid', '支給済み'), ('denied', '不支給'), ('lapsed', '申請なし')], default='hired', max_length=8, verbose_name='状態')),
                ('reminded_at', models.DateTimeField(null=True)),
                ('plan_filed_on', models.DateField(null=True, verbose_name='実施計画書を出した日')),
                ('ended_on', models.DateField(null=True, verbose_name='終わった日')),
                ('ended_with', models.CharField(blank=True, choices=[('converted', '正社員に転換した'), ('finished', '期間が満了した'), ('quit', '本人の都合で辞めた'), ('dismissed', '会社の都合で終えた')], max_length=10, verbose_name='終わり方')),
                ('claim_from', models.DateField(null=True, verbose_name='支給申請の最初の日')),
                ('claim_until', models.DateField(null=True, verbose_name='支給申請の最後の日')),
                ('claimed_on', models.DateField(null=True, verbose_name='支給申請をした日')),
                ('decided_on', models.DateField(null=True, verbose_name='決定の日')),
                ('paid_yen', models.PositiveIntegerField(null=True, verbose_name='支給された額（円）')),
                ('closed_because', models.CharField(blank=True, max_length=200, verbose_name='申請しない理由')),
                ('employment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='direct_trial', to='firms.employment', verbose_name='雇用')),
            ],
            options={
                'verbose_name': '国のトライアル雇用',
                'verbose_name_plural': '国のトライアル雇用',
                'ordering': ['-hired_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['hired', 'planned', 'ended', 'claimed', 'paid', 'denied', 'lapsed'])), name='direct_state_known'), models.CheckConstraint(condition=models.Q(('hired_on__gte', models.F('referred_on')), ('last_on__gte', models.F('hired_on'))), name='direct_days_in_order'), models.CheckConstraint(condition=models.Q(('state', 'lapsed'), models.Q(('plan_filed_on', None), ('state', 'hired')), models.Q(('plan_filed_on__isnull', False), ('state__in', ('planned', 'ended', 'claimed', 'paid', 'denied'))), _connector='OR'), name='direct_planned_with_its_day'), models.CheckConstraint(condition=models.Q(models.Q(('claim_from', None), ('claim_until', None), ('ended_on', None), ('ended_with', '')), models.Q(('claim_from__isnull', False), ('claim_until__isnull', False), ('ended_on__lte', models.F('last_on')), models.Q(('ended_with', ''), _negated=True)), _connector='OR'), name='direct_ended_with_everything'), models.CheckConstraint(condition=models.Q(('state', 'lapsed'), models.Q(('ended_on__isnull', False), ('state__in', ('ended', 'claimed', 'paid', 'denied'))), models.Q(models.Q(('state__in', ('ended', 'claimed', 'paid', 'denied')), _negated=True), ('ended_on', None)), _connector='OR'), name='direct_after_with_its_end'), models.CheckConstraint(condition=models.Q(models.Q(('claimed_on__isnull', False), ('state__in', ('claimed', 'paid', 'denied'))), models.Q(models.Q(('state__in', ('claimed', 'paid', 'denied')), _negated=True), ('claimed_on', None)), _connector='OR'), name='direct_claimed_with_its_day'), models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', False), ('paid_yen__isnull', False), ('state', 'paid')), models.Q(('decided_on__isnull', False), ('paid_yen', None), ('state', 'denied')), models.Q(models.Q(('state__in', ['paid', 'denied']), _negated=True), ('decided_on', None), ('paid_yen', None)), _connector='OR'), name='direct_decided_with_day_and_money'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'lapsed'), models.Q(('closed_because', ''), _negated=True)), models.Q(models.Q(('state', 'lapsed'), _negated=True), ('closed_because', '')), _connector='OR'), name='direct_lapsed_with_reason')],
            },
        ),
    ]
