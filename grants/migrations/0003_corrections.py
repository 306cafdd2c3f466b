"""Filings, decisions and payments may be put right, each value behind a correction that keeps what stood before."""

from django.db import migrations

from firms.ledgers.append_only import correctable


class Migration(migrations.Migration):
    dependencies = [("grants", "0002_append_only"), ("firms", "0003_corrections")]

    operations = [
        correctable("grants.planfiling", "grants.claimfiling", "grants.decision", "grants.payment"),
    ]
