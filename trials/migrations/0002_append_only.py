"""What somebody agreed to, answered or ended is append-only; no two trials of a person share a day (PostgreSQL)."""

from django.db import migrations

from firms.ledgers.append_only import append_only, postgres_only


class Migration(migrations.Migration):
    dependencies = [("trials", "0001_initial"), ("firms", "0002_append_only")]

    operations = [
        append_only(
            "trials_answer",
            "trials_consent",
            "trials_consentend",
            "trials_intent",
            "trials_privatewords",
            "trials_termination",
            "trials_trialterms",
            "trials_viewing",
        ),
        postgres_only(
            """ALTER TABLE trials_placement ADD CONSTRAINT placement_no_overlap EXCLUDE USING gist (
                person_id WITH =, daterange(starts_on, last_on, '[]') WITH &&) WHERE (starts_on IS NOT NULL)""",
            reverse=["ALTER TABLE trials_placement DROP CONSTRAINT placement_no_overlap"],
        ),
    ]
