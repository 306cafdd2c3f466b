"""An agency's advisers are a role of their own."""

from django.db import migrations, models
from django.db.models import Q

ROLES = [
    ("manager", "管理者"),
    ("employee", "従業員"),
    ("coordinator", "事務担当"),
    ("instructor", "講師"),
    ("advisor", "社会保険労務士"),
    ("clerk", "事務員"),
    ("officer", "区職員"),
    ("career", "キャリアアドバイザー"),
]


class Migration(migrations.Migration):
    dependencies = [("firms", "0015_evidence_guest")]

    operations = [
        migrations.RemoveConstraint("membership", "membership_role_known"),
        migrations.AlterField(
            "membership", "role", models.CharField(choices=ROLES, max_length=12, verbose_name="役割")
        ),
        migrations.AlterField(
            "invitation", "role", models.CharField(choices=ROLES, max_length=12, verbose_name="役割")
        ),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(condition=Q(role__in=[role for role, _label in ROLES]), name="membership_role_known"),
        ),
    ]
