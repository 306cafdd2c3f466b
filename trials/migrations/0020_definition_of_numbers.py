"""How a round's numbers are counted is frozen with it; a round opened before counts as the file said on its first day."""

from dataclasses import asdict

from django.db import migrations, models

from trials.rules import definition_on


def freeze(apps, _editor):
    for round in apps.get_model("trials", "Round").objects.all():
        round.definition = asdict(definition_on(round.programme, round.opens_on))
        round.save(update_fields=["definition"])


class Migration(migrations.Migration):
    dependencies = [("trials", '0004_days_append_only')]

    operations = [
        migrations.AddField("round", "definition", models.JSONField(default=dict), preserve_default=False),
        migrations.RunPython(freeze, migrations.RunPython.noop),
    ]
