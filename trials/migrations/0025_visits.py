"""Factory tours and paid internships, and who asks for them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('firms', '0020_career_role'),
        ('trials', '0024_sights_and_skills'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('tour', '工場見学'), ('internship', '有給インターンシップ')], max_length=10, verbose_name='種類')),
                ('theme', models.CharField(max_length=80, verbose_name='テーマ')),
                ('words', models.TextField(max_length=1000, verbose_name='見られること・すること')),
                ('day', models.DateField(verbose_name='日付')),
                ('starts_at', models.TimeField(verbose_name='始まり')),
                ('ends_at', models.TimeField(verbose_name='終わり')),
                ('places', models.PositiveSmallIntegerField(verbose_name='定員（人）')),
                ('hourly_yen', models.PositiveIntegerField(null=True, verbose_name='時給（円）')),
                ('state', models.CharField(choices=[('draft', '下書き'), ('open', '募集中'), ('closed', '募集終了')], default='draft', max_length=8, verbose_name='状態')),
                ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='firms.establishment', verbose_name='事業所')),
            ],
            options={
                'verbose_name': '見学・インターンシップ',
                'verbose_name_plural': '見学・インターンシップ',
                'ordering': ['day', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='VisitRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('people', models.PositiveSmallIntegerField(verbose_name='人数')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='伝えること')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='申込み日時')),
                ('answer_by', models.DateField(verbose_name='回答期限')),
                ('is_yes', models.BooleanField(null=True, verbose_name='受け入れる')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='断る理由')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='回答日時')),
                ('reminded_at', models.DateTimeField(null=True)),
                ('escalated_at', models.DateTimeField(null=True)),
                ('attended', models.PositiveSmallIntegerField(null=True, verbose_name='来た人数')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申し込んだ人')),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='firms.organisation', verbose_name='申し込んだ組織')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='trials.visit', verbose_name='見学・インターンシップ')),
            ],
            options={
                'verbose_name': '見学・インターンシップの申込み',
                'verbose_name_plural': '見学・インターンシップの申込み',
                'ordering': ['visit', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='visit_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('places__gte', 1)), name='visit_has_places'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hourly_yen__isnull', False), ('kind', 'internship')), models.Q(('hourly_yen', None), ('kind', 'tour')), _connector='OR'), name='visit_internship_is_paid'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'open', 'closed'])), name='visit_state_known'),
        ),
        migrations.AddConstraint(
            model_name='visitrequest',
            constraint=models.UniqueConstraint(fields=('visit', 'asker'), name='visit_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='visitrequest',
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='visit_request_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='visitrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('is_yes', None)), models.Q(('answered_at__isnull', False), ('is_yes__isnull', False)), _connector='OR'), name='visit_answered_with_moment'),
        ),
        migrations.AddConstraint(
            model_name='visitrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_yes', False), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='visit_no_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='visitrequest',
            constraint=models.CheckConstraint(condition=models.Q(('attended', None), models.Q(('attended__lte', models.F('people')), ('is_yes', True), ('is_yes__isnull', False)), _connector='OR'), name='visit_attended_by_guests'),
        ),
    ]
