"""Append-only is held against every statement, and what went round it is named by table and row."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from firms.checks import tables_belong_to_another_role
from firms.ledgers.append_only import held_tables
from firms.ledgers.chain import broken_ledgers, ledgers, seal_ledgers
from firms.models import JournalEntry, LedgerLink
from firms.tasks import nightly

JOURNAL = "firms_journalentry"
TRIGGER = {
    "sqlite": "DROP TRIGGER firms_journalentry_no_{verb}",
    "postgresql": "ALTER TABLE firms_journalentry DISABLE TRIGGER firms_journalentry_append_only",
}


def entry(label="（架空）大森機械製作所"):
    return JournalEntry.objects.create(verb="case.answer", subject_type="x", subject_id=1, subject_label=label)


def go_round(verb, statement):
    """What somebody does who owns the tables."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still waiting cannot be altered
        cursor.execute(TRIGGER[connection.vendor].format(verb=verb))
        cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE firms_journalentry ENABLE TRIGGER firms_journalentry_append_only")


def test_every_ledger_is_held_by_the_database(db):
    assert JOURNAL in held_tables(connection)
    assert "grants_payment" in held_tables(connection)
    assert [model._meta.db_table for model in ledgers()] == sorted(set(held_tables(connection)) - {"firms_ledgerlink"})


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone knows INSERT OR REPLACE")
def test_a_replacing_insert_is_refused(db):
    row = entry()
    copied = f"INSERT OR REPLACE INTO {JOURNAL} SELECT * FROM {JOURNAL} WHERE id = {row.pk}"

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copied)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL alone knows TRUNCATE")
def test_truncate_is_refused_on_every_ledger(db):
    for table in held_tables(connection):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")


def test_rows_are_sealed_once_and_read_back(db):
    entry(), entry()

    assert seal_ledgers() >= 2
    assert seal_ledgers() == 0
    assert broken_ledgers() == []
    entry()
    assert seal_ledgers() == 1
    assert broken_ledgers() == []


def test_a_changed_row_is_named(db):
    entry(), (changed := entry()), entry()
    seal_ledgers()

    go_round("UPDATE", f"UPDATE {JOURNAL} SET subject_label = 'x' WHERE id = {changed.pk}")

    assert f"{JOURNAL}：{changed.pk}番の行が、記録した時と違います。" in broken_ledgers()


def test_a_missing_row_is_named(db):
    entry(), (gone := entry())
    seal_ledgers()

    go_round("DELETE", f"DELETE FROM {JOURNAL} WHERE id = {gone.pk}")

    assert f"{JOURNAL}：{gone.pk}番の行が消えています。" in broken_ledgers()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="there a trigger is dropped, here switched off")
def test_a_missing_trigger_is_named(db):
    entry()
    seal_ledgers()

    go_round("DELETE", "SELECT 1")

    assert broken_ledgers() == [f"{JOURNAL}：追記だけを許すトリガーがありません。"]


def test_the_command_says_that_all_is_well(db):
    entry()
    said = StringIO()

    call_command("verify_ledgers", "--seal", stdout=said)

    assert said.getvalue().startswith(f"台帳の{LedgerLink.objects.count()}行は、記録した時のままです。")


def test_the_command_ends_badly_with_the_table_and_the_row(db):
    changed = entry()
    nightly()
    go_round("UPDATE", f"UPDATE {JOURNAL} SET verb = 'x' WHERE id = {changed.pk}")

    with pytest.raises(CommandError, match=f"{JOURNAL}：{changed.pk}番の行が") as raised:
        call_command("verify_ledgers")

    assert raised.value.returncode == 1


def test_a_row_is_sealed_once_in_the_database(db):
    link = {"table": JOURNAL, "row": 1, "columns": "id", "digest": "0" * 64}
    LedgerLink.objects.create(**link)

    with pytest.raises(IntegrityError, match=r"ledger_link_once|firms_ledgerlink\.table"), transaction.atomic():
        LedgerLink.objects.create(**link)


def test_the_check_is_silent_in_the_demo(db):
    assert tables_belong_to_another_role() == []


def test_the_check_names_an_owner_of_the_tables(db, settings):
    settings.DEMO = False

    found = [warning.id for warning in tables_belong_to_another_role()]

    assert found == (["firms.W001"] if connection.vendor == "postgresql" else [])
