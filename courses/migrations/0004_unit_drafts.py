"""Units are drafted and published, and a run keeps those it was opened with: what stands today is published and kept."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone


def publish(apps: Any, schema_editor: Any) -> None:
    units = apps.get_model("courses", "Unit").objects
    units.update(published_at=timezone.now())
    for run in apps.get_model("courses", "Run").objects.exclude(state="preparing").iterator():
        offered = units.filter(course=run.course_id, retired_at=None).order_by("number", "pk")
        run.kept_units = list(offered.values_list("pk", flat=True))
        run.save(update_fields=["kept_units"])


class Migration(migrations.Migration):
    dependencies = [("courses", "0003_terms_kept")]

    operations = [
        migrations.AddField(
            "unit", "published_at", models.DateTimeField(blank=True, null=True, verbose_name="公開した日時")
        ),
        migrations.AddField(
            "run", "kept_units", models.JSONField(blank=True, null=True, verbose_name="募集を始めたときの教材")
        ),
        migrations.RunPython(publish, migrations.RunPython.noop),
        migrations.RemoveConstraint("unit", "unit_number_once"),
        migrations.AddConstraint(
            "unit",
            models.UniqueConstraint(
                condition=Q(published_at__isnull=False, retired_at=None),
                fields=("course", "number"),
                name="unit_number_once",
            ),
        ),
    ]
