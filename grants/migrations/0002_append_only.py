"""Answers, costs, excuses, plans, claims, filings, decisions and payments are append-only."""

from django.db import migrations

from firms.ledgers.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("grants", "0001_initial"), ("firms", "0002_append_only")]

    operations = [
        append_only(
            "grants_answer",
            "grants_cost",
            "grants_excuse",
            "grants_planversion",
            "grants_planfiling",
            "grants_claim",
            "grants_claimfiling",
            "grants_decision",
            "grants_payment",
        ),
    ]
