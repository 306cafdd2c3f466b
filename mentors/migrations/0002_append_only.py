"""What others said of an applicant, logs and money are append-only; what stands on a certificate is written once."""

from django.db import migrations

from firms.ledgers.append_only import append_only, written_once


class Migration(migrations.Migration):
    dependencies = [("mentors", "0001_initial"), ("firms", "0002_append_only")]

    operations = [
        append_only(
            "mentors_recommendation",
            "mentors_vote",
            "mentors_sessionlog",
            "mentors_logattendance",
            "mentors_bankaccount",
            "mentors_statement",
            "mentors_statementline",
        ),
        *(
            written_once(column, "mentors_certification")
            for column in ("number", "check_code", "facts", "certified_on", "last_on", "occupation")
        ),
    ]
