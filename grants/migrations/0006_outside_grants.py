"""What was drawn outside Takumi, told year by year and never overwritten."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from firms.ledgers.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('firms', '0010_site_texts'),
        ('grants', '0005_conversion_plan'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OutsideGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=30, verbose_name='制度')),
                ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('yen', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='受けた額（円）')),
                ('times', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='受けた回数')),
                ('e_learning_times', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='うちeラーニングの回数')),
                ('note', models.CharField(max_length=200, verbose_name='根拠')),
                ('told_by', models.CharField(max_length=60, verbose_name='確かめた相手')),
                ('why', models.CharField(blank=True, max_length=400, verbose_name='訂正の理由')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='記録日時')),
                ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outside_grants', to='firms.establishment', verbose_name='事業所')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='受講者')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録した人')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='grants.outsidegrant', verbose_name='訂正する記録')),
            ],
            options={
                'verbose_name': 'Takumiの外の受給',
                'verbose_name_plural': 'Takumiの外の受給',
                'ordering': ['establishment', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('scheme__in', ('hrd_support', 'invest_in_people', 'reskilling'))), name='outside_scheme_known'), models.CheckConstraint(condition=models.Q(models.Q(('e_learning_times', None), ('person', None), ('times', None)), models.Q(('person__isnull', False), ('yen', None)), _connector='OR'), name='outside_yen_of_the_place_times_of_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('e_learning_times', None), ('times', None)), models.Q(('e_learning_times__isnull', False), ('e_learning_times__lte', models.F('times')), ('times__isnull', False)), _connector='OR'), name='outside_e_learning_within_all'), models.CheckConstraint(condition=models.Q(models.Q(('replaces', None), ('why', ''), models.Q(('times', None), ('yen', None), _negated=True)), models.Q(('replaces__isnull', False), models.Q(('why', ''), _negated=True)), _connector='OR'), name='outside_correction_has_a_reason'), models.UniqueConstraint(condition=models.Q(('person', None), ('replaces', None)), fields=('establishment', 'scheme', 'fiscal_year'), name='outside_yen_once'), models.UniqueConstraint(condition=models.Q(('person__isnull', False), ('replaces', None)), fields=('establishment', 'scheme', 'fiscal_year', 'person'), name='outside_times_once')],
            },
        ),
        append_only("grants_outsidegrant"),
    ]
