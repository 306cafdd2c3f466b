"""The journal is append-only; employments of one person at one place do not overlap (PostgreSQL)."""

from django.db import migrations

from firms.ledgers.append_only import append_only, postgres_only


class Migration(migrations.Migration):
    dependencies = [("firms", "0001_initial")]

    operations = [
        append_only("firms_journalentry"),
        postgres_only(
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            """ALTER TABLE firms_employment ADD CONSTRAINT employment_no_overlap EXCLUDE USING gist (
                person_id WITH =, establishment_id WITH =, daterange(started_on, ended_on, '[]') WITH &&)""",
            reverse=["ALTER TABLE firms_employment DROP CONSTRAINT employment_no_overlap"],
        ),
    ]
