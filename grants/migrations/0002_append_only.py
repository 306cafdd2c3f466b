"""What was filed, claimed, decided and paid is append-only; a day is put right by a correction beside it."""

from django.db import migrations

from firms.ledgers.append_only import append_only, bound, correctable

CASE_OF = """
SELECT COALESCE((
    SELECT place.organisation_id FROM grants_grantcase AS held
    JOIN firms_establishment AS place ON place.id = held.establishment_id WHERE held.id = NEW.case_id
), NEW.firm_id)
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0001_initial"), ("firms", "0002_append_only")]

    operations = [
        append_only(
            "grants_answer",
            "grants_chancewish",
            "grants_channel",
            "grants_claim",
            "grants_claimfiling",
            "grants_cost",
            "grants_decision",
            "grants_destruction",
            "grants_excuse",
            "grants_exemption",
            "grants_officestep",
            "grants_outsidegrant",
            "grants_payment",
            "grants_planfiling",
            "grants_planversion",
            "grants_reminder",
            "grants_requestanswer",
            "grants_statement",
            "grants_workbook",
        ),
        correctable("grants.channel", "grants.claimfiling", "grants.decision", "grants.payment", "grants.planfiling"),
        bound("grants_statement", "firm_id", to=CASE_OF),
    ]
