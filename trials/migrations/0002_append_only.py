"""What was said, agreed and told of days at work is append-only; a closed month takes no further row."""

from django.db import migrations

from firms.ledgers.append_only import append_only, bound, postgres_only, shut

OF_MONTH = "SELECT 1 FROM trials_workmonth WHERE id = NEW.month_id AND state = 'closed'"
OF_ENTRY = """SELECT 1 FROM trials_dayentry JOIN trials_workmonth ON trials_workmonth.id = trials_dayentry.month_id
    WHERE trials_dayentry.id = NEW.entry_id AND trials_workmonth.state = 'closed'"""


class Migration(migrations.Migration):
    dependencies = [("trials", "0001_initial"), ("firms", "0002_append_only")]

    operations = [
        append_only(
            "trials_absencewords",
            "trials_accident",
            "trials_accidentdetail",
            "trials_accidentstep",
            "trials_answer",
            "trials_assignment",
            "trials_backout",
            "trials_complaint",
            "trials_complaintanswer",
            "trials_consent",
            "trials_consentend",
            "trials_dayentry",
            "trials_dayword",
            "trials_endnotice",
            "trials_evaluation",
            "trials_evaluationnotice",
            "trials_handover",
            "trials_hostcall",
            "trials_intent",
            "trials_lapsenotice",
            "trials_ledgernote",
            "trials_monthclosing",
            "trials_monthreopening",
            "trials_overtimeagreement",
            "trials_paperreceipt",
            "trials_payinformation",
            "trials_privatewords",
            "trials_resultreport",
            "trials_safetyteaching",
            "trials_termination",
            "trials_trialpaper",
            "trials_trialterms",
            "trials_viewing",
        ),
        postgres_only(
            """ALTER TABLE trials_placement ADD CONSTRAINT placement_no_overlap EXCLUDE USING gist (
                person_id WITH =, daterange(starts_on, last_on, '[]') WITH &&) WHERE (starts_on IS NOT NULL)""",
            reverse=["ALTER TABLE trials_placement DROP CONSTRAINT placement_no_overlap"],
        ),
        bound(
            "trials_dayentry",
            "placement_id",
            to='SELECT placement_id FROM trials_workmonth WHERE id = NEW.month_id AND first <= NEW."on"',
        ),
        shut("trials_dayentry", "month_closed", when=OF_MONTH),
        shut("trials_dayword", "month_closed", when=OF_ENTRY),
    ]
