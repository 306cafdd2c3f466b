"""What was said, signed, logged and paid is append-only; what names a certificate is written once."""

from django.db import migrations

from firms.ledgers.append_only import append_only, written_once


class Migration(migrations.Migration):
    dependencies = [("mentors", "0001_initial"), ("firms", "0002_append_only")]

    operations = [
        append_only(
            "mentors_approval",
            "mentors_approvalword",
            "mentors_bankaccount",
            "mentors_connectioncheck",
            "mentors_logattendance",
            "mentors_logfacts",
            "mentors_logruling",
            "mentors_logtask",
            "mentors_manualanswer",
            "mentors_pictureconsent",
            "mentors_pictureconsentend",
            "mentors_recommendation",
            "mentors_remark",
            "mentors_sessionlog",
            "mentors_sessionmessage",
            "mentors_statement",
            "mentors_statementcarry",
            "mentors_statementfacts",
            "mentors_statementline",
            "mentors_subsidypaper",
            "mentors_trainingproof",
            "mentors_viewing",
            "mentors_vote",
        ),
        *(
            written_once(column, "mentors_certification")
            for column in ("number", "check_code", "facts", "certified_on", "last_on", "occupation")
        ),
        written_once("code", "mentors_stepmark"),
    ]
