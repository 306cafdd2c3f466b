"""What is written stands: append-only tables, corrections beside them, hires and leaves that do not overlap (PostgreSQL)."""

from django.db import migrations

from firms.ledgers.append_only import append_only, bound, correctable, postgres_only


class Migration(migrations.Migration):
    dependencies = [("firms", "0001_initial")]

    operations = [
        append_only(
            "firms_arrival",
            "firms_correction",
            "firms_documentversion",
            "firms_journalentry",
            "firms_leave",
            "firms_ledgerlink",
            "firms_signature",
            "firms_signaturerequest",
        ),
        postgres_only(
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            """ALTER TABLE firms_employment ADD CONSTRAINT employment_no_overlap EXCLUDE USING gist (
                person_id WITH =, establishment_id WITH =, daterange(started_on, ended_on, '[]') WITH &&)""",
            reverse=["ALTER TABLE firms_employment DROP CONSTRAINT employment_no_overlap"],
        ),
        correctable("firms.leave"),
        postgres_only(
            """ALTER TABLE firms_leave ADD CONSTRAINT leave_no_overlap EXCLUDE USING gist (
                person_id WITH =, establishment_id WITH =, daterange(started_on, ended_on, '[]') WITH &&)
                WHERE (NOT is_withdrawn)""",
            reverse=["ALTER TABLE firms_leave DROP CONSTRAINT leave_no_overlap"],
        ),
        bound(
            "firms_signature",
            "sha256",
            to="""SELECT v.sha256 FROM firms_signaturerequest r JOIN firms_documentversion v ON v.id = r.version_id
                WHERE r.id = NEW.request_id AND r.carried_id IS NULL""",
        ),
    ]
