"""What people applied under is frozen with their row: those already in keep what their course says today."""

from typing import Any

from django.db import migrations, models

OF_THE_COURSE = (
    *("textbook", "textbook_yen", "tax_percent", "cancel_rule"),
    *("needed_percent", "needs_units", "needs_quiz", "needs_word", "completion_rule"),
)


def keep_terms(apps: Any, schema_editor: Any) -> None:
    for name in ("Enrolment", "SeatQuota"):
        rows = apps.get_model("courses", name).objects.select_related("run__course").order_by("pk")
        for row in rows.iterator():
            course = row.run.course
            facts = {field: getattr(course, field) for field in OF_THE_COURSE}
            row.terms_kept = {**facts, "fee_yen": row.run.fee_yen, "hours": str(course.hours)}
            row.save(update_fields=["terms_kept"])


class Migration(migrations.Migration):
    dependencies = [("courses", "0002_append_only")]

    operations = [
        migrations.AddField(
            "enrolment", "terms_kept", models.JSONField(default=dict, verbose_name="申込みの条件"), preserve_default=False
        ),
        migrations.AddField(
            "seatquota", "terms_kept", models.JSONField(default=dict, verbose_name="確保の条件"), preserve_default=False
        ),
        migrations.RunPython(keep_terms, migrations.RunPython.noop),
    ]
