"""What was reported stands."""

from django.db import migrations

from firms.ledgers.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("lms", "0001_initial")]

    operations = [append_only("lms_indicatorreport")]
