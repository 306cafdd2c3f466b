"""What somebody was promised is written once: the database refuses other terms for the same row."""

from django.db import migrations

from firms.ledgers.append_only import written_once


class Migration(migrations.Migration):
    dependencies = [("courses", "0004_unit_drafts"), ("firms", "0002_append_only")]

    operations = [written_once("terms_kept", "courses_enrolment", "courses_seatquota")]
