"""What proves hours, draws and completion is append-only; lessons of a run do not overlap (PostgreSQL)."""

from django.db import migrations

from firms.ledgers.append_only import append_only, postgres_only, written_once


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial"), ("firms", "0002_append_only")]

    operations = [
        append_only(
            "courses_attendancemark",
            "courses_certificate",
            "courses_certificaterevocation",
            "courses_checkin",
            "courses_instructorword",
            "courses_learningevent",
            "courses_lotterydraw",
            "courses_markconfirmation",
            "courses_runmessage",
            "courses_sandboxevent",
            "courses_surveyanswer",
        ),
        postgres_only(
            """ALTER TABLE courses_lesson ADD CONSTRAINT lesson_no_overlap EXCLUDE USING gist (
                run_id WITH =, tstzrange(starts_at, ends_at) WITH &&)""",
            reverse=["ALTER TABLE courses_lesson DROP CONSTRAINT lesson_no_overlap"],
        ),
        written_once("terms_kept", "courses_enrolment", "courses_seatquota"),
    ]
