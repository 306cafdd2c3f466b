"""Append-only tables of databases made before refuse TRUNCATE as well (PostgreSQL)."""

from django.db import migrations

from firms.ledgers.append_only import no_truncate


class Migration(migrations.Migration):
    dependencies = [("firms", "0003_submission")]

    operations = [no_truncate()]
