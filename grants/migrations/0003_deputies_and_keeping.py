"""A colleague who stands in is a Deputy, as at an agency."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("grants", "0002_append_only")]

    operations = [
        migrations.RemoveConstraint("absence", "absence_days_in_order"),
        migrations.RemoveConstraint("absence", "absence_deputy_is_another"),
        migrations.RenameModel("Absence", "Deputy"),
        migrations.RenameField("deputy", "from_on", "starts_on"),
        migrations.RenameField("deputy", "to_on", "last_on"),
        migrations.RenameField("deputy", "cancelled_at", "ended_at"),
        migrations.AlterModelOptions(
            name="deputy",
            options={
                "ordering": ["starts_on", "pk"],
                "verbose_name": "担当の代理",
                "verbose_name_plural": "担当の代理",
            },
        ),
        migrations.AlterField("deputy", "starts_on", models.DateField(verbose_name="最初の日")),
        migrations.AlterField("deputy", "last_on", models.DateField(verbose_name="最後の日")),
        migrations.AlterField("deputy", "ended_at", models.DateTimeField(null=True, verbose_name="取りやめた日時")),
        migrations.AddConstraint(
            "deputy", models.CheckConstraint(condition=Q(last_on__gte=F("starts_on")), name="office_deputy_days_in_order")
        ),
        migrations.AddConstraint(
            "deputy", models.CheckConstraint(condition=~Q(person=F("deputy")), name="office_deputy_is_another")
        ),
    ]
