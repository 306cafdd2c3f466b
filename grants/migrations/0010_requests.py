"""What an office asks its client firms for, and what came back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from firms.ledgers.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('firms', '0015_evidence_guest'),
        ('grants', '0009_desk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EvidenceRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='いつまでに')),
                ('note', models.TextField(blank=True, verbose_name='ひとこと')),
                ('state', models.CharField(choices=[('open', '返事待ち'), ('answered', 'そろった'), ('withdrawn', '取りやめ')], default='open', max_length=10, verbose_name='状態')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='お願いした日時')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='催促した日時')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='終わった日時')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='お願いした人')),
                ('firm', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence_requests', to='firms.organisation', verbose_name='企業')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='firms.organisation', verbose_name='社労士事務所')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='お願いする人')),
            ],
            options={
                'verbose_name': '書類のお願い',
                'verbose_name_plural': '書類のお願い',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RequestItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=120, verbose_name='書類')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='request_items', to='grants.grantcase', verbose_name='助成金案件')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='grants.evidencerequest', verbose_name='書類のお願い')),
            ],
            options={
                'verbose_name': 'お願いした書類',
                'verbose_name_plural': 'お願いした書類',
                'ordering': ['request', 'case', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RequestAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='ひとこと')),
                ('who', models.CharField(max_length=160, verbose_name='渡した人')),
                ('given_at', models.DateTimeField(auto_now_add=True, verbose_name='届いた日時')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='firms.evidence', verbose_name='届いたファイル')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given', to='grants.requestitem', verbose_name='お願いした書類')),
            ],
            options={
                'verbose_name': 'お願いへの返事',
                'verbose_name_plural': 'お願いへの返事',
                'ordering': ['item', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='evidencerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='request_closed_with_moment'),
        ),
        migrations.AddConstraint(
            model_name='requestitem',
            constraint=models.UniqueConstraint(fields=('request', 'case', 'label'), name='request_item_once'),
        ),
        migrations.AddConstraint(
            model_name='requestitem',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='request_item_named'),
        ),
        migrations.AddConstraint(
            model_name='requestanswer',
            constraint=models.CheckConstraint(condition=models.Q(('evidence__isnull', False), models.Q(('note', ''), _negated=True), _connector='OR'), name='request_answer_says_something'),
        ),
        migrations.AddConstraint(
            model_name='requestanswer',
            constraint=models.CheckConstraint(condition=models.Q(('who', ''), _negated=True), name='request_answer_by_somebody'),
        ),
        append_only("grants_requestanswer"),
    ]
