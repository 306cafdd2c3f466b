import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from firms.ledgers.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('firms', '0002_append_only'),
        ('trials', '0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccidentDetail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('worker', '本人'), ('host', '受入企業'), ('agency', '派遣元'), ('system', '期日')], max_length=6, verbose_name='立場')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版')),
                ('insurance_number', models.CharField(blank=True, max_length=20, verbose_name='労働保険番号')),
                ('trade', models.CharField(max_length=80, verbose_name='事業の種類')),
                ('employees', models.PositiveIntegerField(verbose_name='事業場の労働者数')),
                ('occupation', models.CharField(max_length=80, verbose_name='被災者の職種')),
                ('months_of_practice', models.PositiveSmallIntegerField(verbose_name='経験の期間（か月）')),
                ('doing', models.CharField(max_length=200, verbose_name='どのような作業をしているときに')),
                ('thing', models.CharField(max_length=200, verbose_name='どのような物や環境に')),
                ('danger', models.CharField(max_length=200, verbose_name='どのような不安全・有害な状態があって')),
                ('result', models.CharField(max_length=200, verbose_name='どのような災害が起きたか')),
                ('written_at', models.DateTimeField(auto_now_add=True, verbose_name='記入日時')),
            ],
            options={
                'verbose_name': '死傷病報告の記載事項',
                'verbose_name_plural': '死傷病報告の記載事項',
                'ordering': ['accident', 'side', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=200, verbose_name='講座')),
                ('assigned_at', models.DateTimeField(auto_now_add=True, verbose_name='割り当てた日時')),
            ],
            options={
                'verbose_name': '開始前のeラーニング',
                'verbose_name_plural': '開始前のeラーニング',
                'ordering': ['placement', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BackOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('worker', '本人'), ('host', '受入企業'), ('agency', '派遣元'), ('system', '期日')], max_length=6, verbose_name='取り下げた側')),
                ('reason', models.CharField(max_length=400, verbose_name='理由')),
                ('said_at', models.DateTimeField(auto_now_add=True, verbose_name='取り下げた日時')),
            ],
            options={
                'verbose_name': '取下げ',
                'verbose_name_plural': '取下げ',
            },
        ),
        migrations.CreateModel(
            name='EndNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版')),
                ('kind', models.CharField(choices=[('dismissal', '解雇予告'), ('not_renewed', '雇止め予告')], max_length=11, verbose_name='種類')),
                ('noticed_on', models.DateField(verbose_name='予告した日')),
                ('last_on', models.DateField(verbose_name='雇用の最後の日')),
                ('reason', models.TextField(max_length=400, verbose_name='理由')),
                ('missing_days', models.PositiveSmallIntegerField(default=0, verbose_name='予告に足りない日数')),
                ('pays', models.BooleanField(default=False, verbose_name='足りない日数の平均賃金を支払う')),
                ('because', models.CharField(max_length=400, verbose_name='計算')),
                ('source', models.CharField(max_length=200, verbose_name='根拠')),
                ('written_at', models.DateTimeField(auto_now_add=True, verbose_name='記入日時')),
            ],
            options={
                'verbose_name': '雇用の終了の予告',
                'verbose_name_plural': '雇用の終了の予告',
                'ordering': ['placement', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('worker', '本人'), ('host', '受入企業'), ('agency', '派遣元'), ('system', '期日')], max_length=6, verbose_name='評価した側')),
                ('point', models.CharField(choices=[('middle', '中間'), ('final', '最終')], max_length=6, verbose_name='時期')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版')),
                ('safety', models.PositiveSmallIntegerField(choices=[(4, '一人でできる'), (3, '少しの助けでできる'), (2, '助けがあればできる'), (1, 'これから覚える')], verbose_name='安全・衛生の決まり')),
                ('work', models.PositiveSmallIntegerField(choices=[(4, '一人でできる'), (3, '少しの助けでできる'), (2, '助けがあればできる'), (1, 'これから覚える')], verbose_name='作業の正確さと速さ')),
                ('understanding', models.PositiveSmallIntegerField(choices=[(4, '一人でできる'), (3, '少しの助けでできる'), (2, '助けがあればできる'), (1, 'これから覚える')], verbose_name='図面・手順の理解')),
                ('teamwork', models.PositiveSmallIntegerField(choices=[(4, '一人でできる'), (3, '少しの助けでできる'), (2, '助けがあればできる'), (1, 'これから覚える')], verbose_name='報告・連絡・相談')),
                ('attitude', models.PositiveSmallIntegerField(choices=[(4, '一人でできる'), (3, '少しの助けでできる'), (2, '助けがあればできる'), (1, 'これから覚える')], verbose_name='時間・約束の守り方')),
                ('words', models.TextField(max_length=1000, verbose_name='できるようになったことと、これからの課題')),
                ('written_at', models.DateTimeField(auto_now_add=True, verbose_name='評価日時')),
            ],
            options={
                'verbose_name': '評価',
                'verbose_name_plural': '評価',
                'ordering': ['placement', 'point', 'side', 'number'],
            },
        ),
        migrations.CreateModel(
            name='LapseNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('dispatch', '労働者派遣事業'), ('placement', '有料職業紹介事業')], max_length=10, verbose_name='許可の種類')),
                ('valid_until', models.DateField(verbose_name='有効期間の最後の日')),
                ('moment', models.CharField(choices=[('ahead', '失効の前'), ('gone', '失効した日')], max_length=5, verbose_name='時期')),
                ('told_at', models.DateTimeField(auto_now_add=True, verbose_name='知らせた日時')),
            ],
            options={
                'verbose_name': '許可の失効の知らせ',
                'verbose_name_plural': '許可の失効の知らせ',
                'ordering': ['placement', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('worker', '本人'), ('host', '受入企業'), ('agency', '派遣元'), ('system', '期日')], max_length=6, verbose_name='立場')),
                ('taken_at', models.DateTimeField(auto_now_add=True, verbose_name='受け取った日時')),
            ],
            options={
                'verbose_name': '帳票の受取り',
                'verbose_name_plural': '帳票の受取り',
                'ordering': ['paper', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PayInformation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版')),
                ('kind', models.CharField(choices=[('agreement', '協定対象派遣労働者'), ('compared', '協定対象でない（派遣先均等・均衡方式）')], max_length=9, verbose_name='待遇の決め方')),
                ('comparator', models.TextField(blank=True, max_length=1000, verbose_name='比較対象労働者の職務の内容、配置の変更の範囲、雇用の形態')),
                ('chosen_because', models.TextField(blank=True, max_length=400, verbose_name='比較対象労働者を選んだ理由')),
                ('pay', models.TextField(blank=True, max_length=2000, verbose_name='待遇の内容（昇給・賞与など。ないものは「なし」）')),
                ('purpose', models.TextField(blank=True, max_length=2000, verbose_name='待遇の性質と目的')),
                ('considered', models.TextField(blank=True, max_length=1000, verbose_name='待遇を決めるときに考慮した事項')),
                ('training', models.TextField(blank=True, max_length=1000, verbose_name='業務に必要な能力を付ける教育訓練')),
                ('facilities', models.TextField(blank=True, max_length=1000, verbose_name='給食施設・休憩室・更衣室')),
                ('told_at', models.DateTimeField(auto_now_add=True, verbose_name='提供日時')),
            ],
            options={
                'verbose_name': '待遇情報',
                'verbose_name_plural': '待遇情報',
                'ordering': ['placement', 'number'],
            },
        ),
        migrations.CreateModel(
            name='SafetyTeaching',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('worker', '本人'), ('host', '受入企業'), ('agency', '派遣元'), ('system', '期日')], max_length=6, verbose_name='行った側')),
                ('kind', models.CharField(choices=[('hired', '雇入れ時の教育'), ('changed', '作業内容を変えたときの教育'), ('special', '特別教育')], max_length=8, verbose_name='種類')),
                ('held_on', models.DateField(verbose_name='行った日')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='時間（分）')),
                ('content', models.TextField(max_length=1000, verbose_name='内容')),
                ('teacher', models.CharField(max_length=80, verbose_name='教えた人（役職・氏名）')),
                ('written_at', models.DateTimeField(auto_now_add=True, verbose_name='記録日時')),
            ],
            options={
                'verbose_name': '安全衛生教育',
                'verbose_name_plural': '安全衛生教育',
                'ordering': ['placement', 'held_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TrialFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'トライアルのカレンダー購読',
                'verbose_name_plural': 'トライアルのカレンダー購読',
            },
        ),
        migrations.RemoveConstraint(
            model_name='placement',
            name='placement_contracted_with_days',
        ),
        migrations.AddField(
            model_name='licence',
            name='ended_because',
            field=models.CharField(blank=True, max_length=200, verbose_name='取消し・廃止の理由'),
        ),
        migrations.AddField(
            model_name='licence',
            name='ended_on',
            field=models.DateField(null=True, verbose_name='取消し・廃止までの最後の日'),
        ),
        migrations.AddConstraint(
            model_name='licence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_because', ''), ('ended_on', None)), models.Q(('ended_on__gte', models.F('valid_from')), ('ended_on__isnull', False), ('ended_on__lt', models.F('valid_until')), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='licence_ended_within_its_term_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'closed'), models.Q(('started_on', None), ('state', 'terminated')), models.Q(('starts_on', None), ('state__in', ('registered', 'prepared', 'matching', 'terms_pending'))), models.Q(models.Q(('state__in', ('registered', 'prepared', 'matching', 'terms_pending')), _negated=True), ('starts_on__isnull', False)), _connector='OR'), name='placement_contracted_with_days'),
        ),
        migrations.AddField(
            model_name='accidentdetail',
            name='accident',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='details', to='trials.accident', verbose_name='災害'),
        ),
        migrations.AddField(
            model_name='accidentdetail',
            name='written_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記入した人'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='assigned_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='割り当てた人'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='placement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='trials.placement', verbose_name='トライアル就労'),
        ),
        migrations.AddField(
            model_name='backout',
            name='placement',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='back_out', to='trials.placement', verbose_name='トライアル就労'),
        ),
        migrations.AddField(
            model_name='endnotice',
            name='placement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='end_notices', to='trials.placement', verbose_name='トライアル就労'),
        ),
        migrations.AddField(
            model_name='endnotice',
            name='written_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記入した人'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='placement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='trials.placement', verbose_name='トライアル就労'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='written_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='評価した人'),
        ),
        migrations.AddField(
            model_name='lapsenotice',
            name='placement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lapse_notices', to='trials.placement', verbose_name='トライアル就労'),
        ),
        migrations.AddField(
            model_name='paperreceipt',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='trials.trialpaper', verbose_name='帳票'),
        ),
        migrations.AddField(
            model_name='paperreceipt',
            name='taken_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='受け取った人'),
        ),
        migrations.AddField(
            model_name='payinformation',
            name='placement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pay_information', to='trials.placement', verbose_name='トライアル就労'),
        ),
        migrations.AddField(
            model_name='payinformation',
            name='told_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提供した人'),
        ),
        migrations.AddField(
            model_name='safetyteaching',
            name='placement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='safety_teachings', to='trials.placement', verbose_name='トライアル就労'),
        ),
        migrations.AddField(
            model_name='safetyteaching',
            name='written_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録した人'),
        ),
        migrations.AddField(
            model_name='trialfeed',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trial_feeds', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='accidentdetail',
            constraint=models.UniqueConstraint(fields=('accident', 'side', 'number'), name='accident_detail_number_once'),
        ),
        migrations.AddConstraint(
            model_name='accidentdetail',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['host', 'agency'])), name='accident_detail_of_host_or_agency'),
        ),
        migrations.AddConstraint(
            model_name='accidentdetail',
            constraint=models.CheckConstraint(condition=models.Q(('employees__gte', 1)), name='accident_detail_counts_the_injured'),
        ),
        migrations.AddConstraint(
            model_name='accidentdetail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('doing', ''), _negated=True), models.Q(('thing', ''), _negated=True), models.Q(('danger', ''), _negated=True), models.Q(('result', ''), _negated=True), models.Q(('occupation', ''), _negated=True), models.Q(('trade', ''), _negated=True)), name='accident_detail_says_how'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('placement', 'key'), name='assignment_once'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='assignment_names_what'),
        ),
        migrations.AddConstraint(
            model_name='backout',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='back_out_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='backout',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ('worker', 'host', 'agency'))), name='back_out_of_a_party'),
        ),
        migrations.AddConstraint(
            model_name='endnotice',
            constraint=models.UniqueConstraint(fields=('placement', 'number'), name='end_notice_number_once'),
        ),
        migrations.AddConstraint(
            model_name='endnotice',
            constraint=models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('noticed_on'))), name='end_notice_before_the_end'),
        ),
        migrations.AddConstraint(
            model_name='endnotice',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='end_notice_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='endnotice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'dismissal'), _negated=True), ('missing_days', 0), ('pays', True), _connector='OR'), name='end_notice_in_time_or_paid'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.UniqueConstraint(fields=('placement', 'side', 'point', 'number'), name='evaluation_number_once'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='evaluation_says_something'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ('worker', 'host', 'agency'))), name='evaluation_of_a_party'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('attitude__in', [4, 3, 2, 1]), ('safety__in', [4, 3, 2, 1]), ('teamwork__in', [4, 3, 2, 1]), ('understanding__in', [4, 3, 2, 1]), ('work__in', [4, 3, 2, 1])), name='evaluation_graded'),
        ),
        migrations.AddConstraint(
            model_name='lapsenotice',
            constraint=models.UniqueConstraint(fields=('placement', 'kind', 'valid_until', 'moment'), name='lapse_told_once'),
        ),
        migrations.AddConstraint(
            model_name='lapsenotice',
            constraint=models.CheckConstraint(condition=models.Q(('moment__in', ['ahead', 'gone'])), name='lapse_moment_known'),
        ),
        migrations.AddConstraint(
            model_name='paperreceipt',
            constraint=models.UniqueConstraint(fields=('paper', 'side'), name='paper_taken_once_a_side'),
        ),
        migrations.AddConstraint(
            model_name='paperreceipt',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ('worker', 'host', 'agency'))), name='paper_taken_by_a_party'),
        ),
        migrations.AddConstraint(
            model_name='payinformation',
            constraint=models.UniqueConstraint(fields=('placement', 'number'), name='pay_information_number_once'),
        ),
        migrations.AddConstraint(
            model_name='payinformation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'agreement'), models.Q(('training', ''), _negated=True), models.Q(('facilities', ''), _negated=True)), models.Q(('kind', 'compared'), models.Q(('comparator', ''), _negated=True), models.Q(('chosen_because', ''), _negated=True), models.Q(('pay', ''), _negated=True), models.Q(('purpose', ''), _negated=True), models.Q(('considered', ''), _negated=True), models.Q(('training', ''), _negated=True), models.Q(('facilities', ''), _negated=True)), _connector='OR'), name='pay_information_with_every_item'),
        ),
        migrations.AddConstraint(
            model_name='safetyteaching',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 1)), name='safety_teaching_takes_time'),
        ),
        migrations.AddConstraint(
            model_name='safetyteaching',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content', ''), _negated=True), models.Q(('teacher', ''), _negated=True)), name='safety_teaching_says_what_and_who'),
        ),
        migrations.AddConstraint(
            model_name='safetyteaching',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['host', 'agency'])), name='safety_teaching_by_host_or_agency'),
        ),
        migrations.AddConstraint(
            model_name='trialfeed',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('person',), name='trial_feed_open_once'),
        ),
        append_only(
            "trials_accidentdetail",
            "trials_assignment",
            "trials_backout",
            "trials_endnotice",
            "trials_evaluation",
            "trials_lapsenotice",
            "trials_paperreceipt",
            "trials_payinformation",
            "trials_safetyteaching",
        ),
    ]
