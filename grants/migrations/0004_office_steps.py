"""What passes between the firm and the labour office after a claim was filed, and the states it leads to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from firms.ledgers.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('firms', '0003_corrections'),
        ('grants', '0003_corrections'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='deadline',
            name='code',
            field=models.CharField(choices=[('plan', '計画届の提出'), ('claim', '支給申請'), ('change_notice', '計画変更届の提出'), ('amend', '補正の提出'), ('repay', '返還')], max_length=16, verbose_name='種類'),
        ),
        migrations.AlterField(
            model_name='grantcase',
            name='state',
            field=models.CharField(choices=[('preparing', '計画を準備中'), ('planned', '計画を確定'), ('filed', '計画届を提出済み'), ('claim_ready', '支給申請を確定'), ('claimed', '支給申請済み'), ('amending', '補正を求められた'), ('withdrawn', '申請を取下げ'), ('approved', '支給決定'), ('refused', '不支給決定'), ('closed', '完了'), ('repaying', '返還を求められた'), ('repaid', '返還済み'), ('dropped', '取りやめ')], default='preparing', max_length=12, verbose_name='状態'),
        ),
        migrations.CreateModel(
            name='OfficeStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('amend_asked', '補正の求め'), ('amended', '補正の提出'), ('withdrawn', '支給申請の取下げ'), ('repay_asked', '返還の求め'), ('repaid', '返還')], max_length=12, verbose_name='種類')),
                ('on', models.DateField(verbose_name='日付')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='期限')),
                ('amount_yen', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='金額（円）')),
                ('note', models.CharField(max_length=400, verbose_name='内容')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='記録日時')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='office_steps', to='grants.grantcase', verbose_name='助成金案件')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='firms.evidence', verbose_name='書類')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録した人')),
                ('voids', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voided_by', to='grants.officestep', verbose_name='取り消す記録')),
            ],
            options={
                'verbose_name': '労働局とのやりとり',
                'verbose_name_plural': '労働局とのやりとり',
                'ordering': ['case', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('due_on', None), ('due_on__gte', models.F('on')), _connector='OR'), name='step_due_after_asked'), models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', False), ('kind__in', ['amend_asked', 'repay_asked'])), models.Q(models.Q(('kind__in', ['amend_asked', 'repay_asked']), _negated=True), ('due_on', None)), _connector='OR'), name='step_asked_has_a_due_day'), models.CheckConstraint(condition=models.Q(models.Q(('amount_yen__gt', 0), ('amount_yen__isnull', False), ('kind__in', ['repay_asked', 'repaid'])), models.Q(models.Q(('kind__in', ['repay_asked', 'repaid']), _negated=True), ('amount_yen', None)), _connector='OR'), name='step_repaying_has_an_amount')],
            },
        ),
        append_only("grants_officestep"),
    ]
