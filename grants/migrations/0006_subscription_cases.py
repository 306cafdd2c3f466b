"""A case may be about a subscription; the contract, and who learns with it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations import RunPython

from firms.ledgers.append_only import bound

# SQLite makes the table of cases anew, and the trigger that reads it looks in vain for it: it steps aside meanwhile.
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


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0003_run_messages'),
        ('firms', '0002_append_only'),
        ('grants', '0005_chances'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        RunPython(BOUND.reverse_code, BOUND.code),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('service', models.CharField(max_length=100, verbose_name='サービスの名称')),
                ('contract_from', models.DateField(verbose_name='契約期間の初日')),
                ('contract_to', models.DateField(verbose_name='契約期間の最終日')),
                ('renews', models.BooleanField(default=False, verbose_name='自動更新')),
                ('provider', models.CharField(blank=True, max_length=100, verbose_name='教育訓練機関の名称')),
                ('provider_leader', models.CharField(blank=True, max_length=60, verbose_name='教育訓練機関の代表者')),
                ('provider_address', models.CharField(blank=True, max_length=200, verbose_name='教育訓練機関の所在地')),
                ('price_yen', models.PositiveIntegerField(blank=True, null=True, verbose_name='契約額（税込・円）')),
                ('accounts', models.PositiveIntegerField(blank=True, null=True, verbose_name='契約者数（使える人数）')),
                ('courses', models.PositiveIntegerField(blank=True, null=True, verbose_name='受けられる講座の数')),
                ('excluded_courses', models.PositiveIntegerField(blank=True, null=True, verbose_name='そのうち助成の対象にならない講座の数')),
                ('paid_on', models.DateField(blank=True, null=True, verbose_name='契約額を払い終えた日')),
                ('reached_on', models.DateField(blank=True, null=True, verbose_name='修了した時間の合計が要件に達した日')),
            ],
            options={
                'verbose_name': '定額制サービス',
                'verbose_name_plural': '定額制サービス',
                'ordering': ['-contract_from', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SubscriptionUser',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='修了した講座の標準学習時間の合計（分）')),
            ],
            options={
                'verbose_name': '定額制の対象労働者',
                'verbose_name_plural': '定額制の対象労働者',
                'ordering': ['subscription', 'person__family_kana', 'person__given_kana', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='grantcase',
            name='grant_case_has_its_subject',
        ),
        migrations.AddField(
            model_name='subscription',
            name='establishment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subscriptions', to='firms.establishment', verbose_name='事業所'),
        ),
        migrations.AddField(
            model_name='grantcase',
            name='subscription',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='grants.subscription', verbose_name='定額制サービス'),
        ),
        migrations.AddConstraint(
            model_name='grantcase',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'dropped'), _negated=True), fields=('subscription',), name='grant_case_subscription_once'),
        ),
        migrations.AddConstraint(
            model_name='grantcase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('conversion__isnull', True), ('run__isnull', False), ('subject', 'run'), ('subscription__isnull', True)), models.Q(('conversion__isnull', False), ('run__isnull', True), ('subject', 'conversion'), ('subscription__isnull', True)), models.Q(('conversion__isnull', True), ('run__isnull', True), ('subject', 'subscription'), ('subscription__isnull', False)), _connector='OR'), name='grant_case_has_its_subject'),
        ),
        migrations.AddField(
            model_name='subscriptionuser',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='対象労働者'),
        ),
        migrations.AddField(
            model_name='subscriptionuser',
            name='subscription',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='grants.subscription', verbose_name='定額制サービス'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(fields=('establishment', 'service', 'contract_from'), name='subscription_contract_once'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('contract_to__gte', models.F('contract_from'))), name='subscription_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('price_yen', None), ('price_yen__gt', 0), _connector='OR'), models.Q(('accounts', None), ('accounts__gt', 0), _connector='OR')), name='subscription_costs_and_serves'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('courses', None), ('excluded_courses', None)), models.Q(('courses__gt', 0), ('courses__isnull', False), ('excluded_courses__isnull', False), ('excluded_courses__lte', models.F('courses'))), _connector='OR'), name='subscription_excludes_of_its_courses'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('reached_on', None), models.Q(('reached_on__gte', models.F('contract_from')), ('reached_on__lte', models.F('contract_to'))), _connector='OR'), name='subscription_reached_inside_it'),
        ),
        migrations.AddConstraint(
            model_name='subscriptionuser',
            constraint=models.UniqueConstraint(fields=('subscription', 'person'), name='subscription_person_once'),
        ),
        BOUND,
    ]
