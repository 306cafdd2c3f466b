"""Consents, approvals, what was watched and answered, and issued papers are append-only."""

from django.db import migrations

from firms.ledgers.append_only import append_only, written_once


class Migration(migrations.Migration):
    dependencies = [("mentors", "0020_manuals_and_subsidies")]

    operations = [
        append_only(
            "mentors_pictureconsent",
            "mentors_pictureconsentend",
            "mentors_approval",
            "mentors_approvalword",
            "mentors_viewing",
            "mentors_manualanswer",
            "mentors_subsidypaper",
        ),
        written_once("code", "mentors_stepmark"),
    ]
