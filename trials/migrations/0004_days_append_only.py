"""Tellings of days are append-only; a day is of its month and its trial, and a closed month takes no further row."""

from django.db import migrations

from firms.ledgers.append_only import append_only, bound, shut

OF_MONTH = "SELECT 1 FROM trials_workmonth WHERE id = NEW.month_id AND state = 'closed'"
OF_ENTRY = """SELECT 1 FROM trials_dayentry JOIN trials_workmonth ON trials_workmonth.id = trials_dayentry.month_id
    WHERE trials_dayentry.id = NEW.entry_id AND trials_workmonth.state = 'closed'"""


class Migration(migrations.Migration):
    dependencies = [("trials", "0003_days_at_work"), ("firms", "0002_append_only")]

    operations = [
        append_only(
            "trials_absencewords",
            "trials_accident",
            "trials_accidentstep",
            "trials_complaint",
            "trials_complaintanswer",
            "trials_dayentry",
            "trials_dayword",
            "trials_ledgernote",
            "trials_monthclosing",
            "trials_monthreopening",
            "trials_overtimeagreement",
            "trials_trialpaper",
        ),
        bound(
            "trials_dayentry",
            "placement_id",
            to="SELECT placement_id FROM trials_workmonth WHERE id = NEW.month_id AND first <= NEW.\"on\"",
        ),
        shut("trials_dayentry", "month_closed", when=OF_MONTH),
        shut("trials_dayword", "month_closed", when=OF_ENTRY),
    ]
