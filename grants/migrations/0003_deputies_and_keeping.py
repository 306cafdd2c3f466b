"""A colleague who stands in is a Deputy, as at an agency; what is done away with after its years is confirmed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from firms.ledgers.append_only import append_only, correctable

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("grants", "0002_append_only"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

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
        migrations.CreateModel(
            name="Destruction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kept_until", models.DateField(verbose_name="保存の最終日")),
                ("destroyed_on", models.DateField(verbose_name="廃棄した日")),
                ("how", models.CharField(max_length=200, verbose_name="廃棄の方法")),
                ("documents", models.JSONField(verbose_name="廃棄した書類")),
                ("why", models.CharField(blank=True, max_length=400, verbose_name="取消しの理由")),
                ("confirmed_at", models.DateTimeField(auto_now_add=True, verbose_name="確認日時")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=PROTECT,
                        related_name="destructions",
                        to="grants.grantcase",
                        verbose_name="助成金案件",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="確認した人",
                    ),
                ),
                (
                    "voids",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=PROTECT,
                        related_name="voided_by",
                        to="grants.destruction",
                        verbose_name="取り消す記録",
                    ),
                ),
            ],
            options={
                "verbose_name": "書類の廃棄",
                "verbose_name_plural": "書類の廃棄",
                "ordering": ["case", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(destroyed_on__gt=F("kept_until")), name="destruction_after_its_last_day"
                    ),
                    models.CheckConstraint(condition=~Q(how=""), name="destruction_says_how"),
                    models.CheckConstraint(
                        condition=Q(voids=None, why="") | (Q(voids__isnull=False) & ~Q(why="")),
                        name="destruction_voided_with_a_reason",
                    ),
                ],
            },
        ),
        append_only("grants_destruction"),
        correctable("grants.channel"),
    ]
