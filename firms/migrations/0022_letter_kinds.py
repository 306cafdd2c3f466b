# What older notices are about, by the first word of the page they lead to.

from django.db import migrations

BY_PATH = ("courses", "grants", "trials", "mentors", "accounts")


def name_kinds(apps, schema_editor):
    Notification = apps.get_model("firms", "Notification")
    for kind in BY_PATH:
        Notification.objects.filter(path__startswith=f"/{kind}/").update(kind=kind)


class Migration(migrations.Migration):

    dependencies = [
        ('firms', '0021_letters'),
    ]

    operations = [
        migrations.RunPython(name_kinds, migrations.RunPython.noop),
    ]
