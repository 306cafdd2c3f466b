"""What no row of sessions may say, whoever writes it: each constraint broken once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from mentors.models import (
    BankAccount,
    LogAttendance,
    LogRuling,
    SessionLog,
    Statement,
    StatementCarry,
    StatementFacts,
    StatementLine,
)
from tests.mentors.certifying.test_constraints import breaks
from tests.mentors.makers import log
from tests.mentors.sessions.test_paying import ACCOUNT, PAY_ON


def copy_of(first, **fields):
    kept = {f.name: getattr(first, f.name) for f in SessionLog._meta.fields if f.name not in ("id", *fields)}
    return SessionLog.objects.create(**kept, **fields)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("log_number_once", lambda one: {"number": 1}),
        ("log_correction_with_a_reason", lambda one: {"number": 2, "corrects": one}),
        ("log_ends_after_start", lambda one: {"number": 2, "corrects": one, "because": "x", "ends_at": one.starts_at}),
        (
            "log_arrives_after_typing",
            lambda one: {"number": 2, "corrects": one, "because": "x", "typed_at": one.arrived_at + timedelta(hours=1)},
        ),
        (
            "log_says_safety",
            lambda one: {"number": 2, "corrects": one, "because": "x", "safety": "", "briefing_edition": ""},
        ),
        ("log_method_known", lambda one: {"number": 2, "corrects": one, "because": "x", "method": "magic"}),
    ],
)
def test_log_cannot_be(name, change, session):
    first = log(session)
    breaks(name, lambda: copy_of(first, **change(first)))


@pytest.mark.parametrize(("name", "fields"), [("log_learner_once", {}), ("log_level_known", {"after": 9})])
def test_attendance_cannot_be(name, fields, session):
    one = log(session).attendances.first()
    told = {"log": one.log, "learner": one.learner, "minutes": 1, "before": 0, "after": 0, **fields}
    breaks(name, lambda: LogAttendance.objects.create(**told))


@pytest.mark.parametrize(
    ("name", "fields"),
    [("account_of_a_person_or_a_ward", {}), ("account_kind_known", {"account_kind": "gold"})],
)
def test_account_cannot_be(name, fields, master):
    owner = {"person": master.person} if fields else {}
    breaks(name, lambda: BankAccount.objects.create(**{**ACCOUNT, **fields}, **owner))


def statement(session, **fields):
    account = BankAccount.objects.create(person=session.mentor, **ACCOUNT)
    told = {"fee_yen": 14_000, "travel_yen": 640, "withheld_yen": 1_494, "paid_yen": 13_146, "because": "x"}
    whose = {"mentor": session.mentor, "ward": session.request.ward, "closed_by": session.mentor, "account": account}
    return Statement.objects.create(**{"month": date(2027, 1, 1), "pay_on": PAY_ON, **told, **whose, **fields})


@pytest.mark.parametrize(
    ("name", "fields"),
    [("statement_adds_up", {"paid_yen": 14_640}), ("statement_month_by_its_first_day", {"month": date(2027, 1, 2)})],
)
def test_statement_cannot_be(name, fields, session):
    breaks(name, lambda: statement(session, **fields))


def test_statement_month_once(session):
    statement(session)
    breaks("statement_month_once", lambda: statement(session))


def test_logs_and_money_are_append_only(session):
    made, one = log(session), statement(session)
    line = StatementLine.objects.create(statement=one, log=made, fee_yen=1, travel_yen=0, because="x")
    for row, change in [
        (made, {"topic": "別の内容"}),
        (made.attendances.first(), {"minutes": 0}),
        (one, {"paid_yen": 0}),
        (line, {"fee_yen": 2}),
        (one.account, {"account": "9999999"}),
    ]:
        breaks("append-only", lambda row=row, change=change: type(row).objects.filter(pk=row.pk).update(**change))
        breaks("append-only", lambda row=row: type(row).objects.filter(pk=row.pk)._raw_delete("default"))


def test_one_telling_is_paid_once(session):
    told = {"statement": statement(session), "log": log(session), "fee_yen": 1, "travel_yen": 0, "because": "x"}
    StatementLine.objects.create(**told)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementLine.objects.create(**told)


@pytest.mark.parametrize(
    ("name", "fields"), [("ruling_choice_known", {"choice": "magic"}), ("ruling_says_why", {"because": ""})]
)
def test_ruling_cannot_be(name, fields, session):
    told = {"log": log(session), "choice": "released", "because": "x", "ruled_by": session.mentor, **fields}
    breaks(name, lambda: LogRuling.objects.create(**told))


def test_what_is_put_over_is_a_debt_and_what_takes_it_its_opposite(session):
    one, told = statement(session), {"travel_yen": 0, "because": "x"}
    breaks("carry_put_over_is_a_debt", lambda: StatementCarry.objects.create(statement=one, fee_yen=-1, **told))
    put = StatementCarry.objects.create(statement=one, fee_yen=1, **told)
    breaks("carry_taken_is_a_debt", lambda: StatementCarry.objects.create(statement=one, takes=put, fee_yen=1, **told))


def test_rulings_carries_and_frozen_facts_are_append_only(session):
    made, one = log(session), statement(session)
    ruling = LogRuling.objects.create(log=made, choice="released", because="x", ruled_by=session.mentor)
    put = StatementCarry.objects.create(statement=one, fee_yen=1, travel_yen=0, because="x")
    kept = StatementFacts.objects.create(statement=one, facts={})
    for row, change in [
        (ruling, {"choice": "refused"}),
        (put, {"fee_yen": 2}),
        (kept, {"facts": {"a": 1}}),
        (made.frozen, {"facts": {}}),
    ]:
        breaks("append-only", lambda row=row, change=change: type(row).objects.filter(pk=row.pk).update(**change))
