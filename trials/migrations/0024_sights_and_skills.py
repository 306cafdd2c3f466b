"""What a place looks like, what somebody can do, and where they live."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('firms', '0020_career_role'),
        ('trials', '0023_direct_trials'),
    ]

    operations = [
        migrations.AddField(
            model_name='jobseeker',
            name='home_area',
            field=models.CharField(blank=True, max_length=40, verbose_name='住んでいる地域'),
        ),
        migrations.AddField(
            model_name='jobseeker',
            name='skills',
            field=models.CharField(blank=True, max_length=200, verbose_name='できること'),
        ),
        migrations.AddField(
            model_name='posting',
            name='wanted_skills',
            field=models.CharField(blank=True, max_length=200, verbose_name='生かせる技能'),
        ),
        migrations.CreateModel(
            name='Sight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('picture', '写真'), ('film', '動画')], max_length=7, verbose_name='種類')),
                ('words', models.CharField(max_length=200, verbose_name='写っているもの')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='外した日時')),
                ('captions', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='firms.storedfile', verbose_name='字幕')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='firms.storedfile', verbose_name='ファイル')),
                ('posting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sights', to='trials.posting', verbose_name='求人')),
            ],
            options={
                'verbose_name': '職場の写真・動画',
                'verbose_name_plural': '職場の写真・動画',
                'ordering': ['posting', 'kind', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'film'), ('removed_at', None)), fields=('posting',), name='sight_one_film'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='sight_with_words'), models.CheckConstraint(condition=models.Q(models.Q(('captions__isnull', False), ('kind', 'film')), models.Q(('captions', None), ('kind', 'picture')), _connector='OR'), name='sight_film_with_captions')],
            },
        ),
    ]
