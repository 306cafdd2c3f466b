"""Evidence handed in by a link, without an account."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('firms', '0014_signatures_links_arrivals'),
    ]

    operations = [
        migrations.AddField(
            model_name='evidence',
            name='guest',
            field=models.CharField(blank=True, max_length=160, verbose_name='リンクから渡した人'),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='uploaded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登録した人'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('guest', ''), ('uploaded_by__isnull', False)), models.Q(('uploaded_by', None), models.Q(('guest', ''), _negated=True)), _connector='OR'), name='evidence_by_a_person_or_a_guest'),
        ),
    ]
