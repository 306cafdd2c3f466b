"""Each constraint of what papers are made of, of going back, of lapses and of feeds refuses the row it was made for."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from firms.ledgers.append_only import held_tables
from tests.factories import PersonFactory
from tests.trials.test_constraints import FIRST, placed, twice
from tests.trials.test_working_constraints import accident, paper
from trials.models import (
    AccidentDetail,
    Assignment,
    BackOut,
    EndNotice,
    Evaluation,
    EvaluationNotice,
    HostCall,
    LapseNotice,
    PaperReceipt,
    PayInformation,
    ResultReport,
    SafetyTeaching,
)

pytestmark = pytest.mark.django_db

COMPARED = dict.fromkeys(
    ("comparator", "chosen_because", "pay", "purpose", "considered", "training", "facilities"), "なし"
)


def row(model, plain, **given):
    return model.objects.create(**{"placement": given.pop("placement", None) or placed(), **plain, **given})


def back(**given):
    return row(BackOut, {"side": "host", "reason": "破産"}, **given)


def taken(**given):
    plain = {"side": "worker", "taken_by": PersonFactory()}
    return PaperReceipt.objects.create(**{"paper": given.pop("paper", None) or paper(), **plain, **given})


def pay(**given):
    agreed = {"kind": "agreement", "number": 1, "training": "なし", "facilities": "なし", "told_by": PersonFactory()}
    return row(PayInformation, agreed, **given)


def teaching(**given):
    plain = {"side": "host", "kind": "hired", "held_on": FIRST, "minutes": 60, "content": "旋盤", "teacher": "班長"}
    return row(SafetyTeaching, {**plain, "written_by": PersonFactory()}, **given)


def evaluation(**given):
    grades = dict.fromkeys(("safety", "work", "understanding", "teamwork", "attitude"), 3)
    plain = {"side": "host", "point": "middle", "number": 1, "words": "よい", "written_by": PersonFactory()}
    return row(Evaluation, {**plain, **grades}, **given)


def call(**given):
    told = dict.fromkeys(("met", "seen", "said", "follows"), "班長")
    return row(HostCall, {**told, "called_on": FIRST, "written_by": PersonFactory()}, **given)


def report(**given):
    about = given.pop("about", None) or placed().seeker
    plain = {"round": about.round, "agency": about.agency, "until": FIRST, "number": 1, "facts": {}, "sha256": "0"}
    return ResultReport.objects.create(**{**plain, "made_by": PersonFactory(), **given})


def asked(**given):
    return row(EvaluationNotice, {"side": "host", "point": "middle", "due_on": FIRST}, **given)


def end_notice(**given):
    plain = {"kind": "dismissal", "number": 1, "noticed_on": FIRST, "last_on": FIRST, "reason": "破産"}
    return row(EndNotice, {**plain, "because": "", "source": "", "written_by": PersonFactory()}, **given)


def detail(**given):
    told = dict.fromkeys(("trade", "occupation", "doing", "thing", "danger", "result"), "旋盤")
    plain = {"side": "host", "number": 1, "employees": 1, "months_of_practice": 0, "written_by": PersonFactory()}
    return AccidentDetail.objects.create(
        **{"accident": given.pop("accident", None) or accident(), **plain, **told, **given}
    )


def lapse(**given):
    return row(LapseNotice, {"kind": "dispatch", "valid_until": FIRST, "moment": "ahead"}, **given)


def assignment(**given):
    return row(Assignment, {"key": "run-1", "title": "安全", "assigned_by": PersonFactory()}, **given)


PLAIN = [back, taken, pay, teaching, evaluation, call, report, asked, end_notice, detail, lapse, assignment]
BROKEN = [
    ("back_out_with_reason", lambda: back(reason="")),
    ("back_out_of_a_party", lambda: back(side="system")),
    ("paper_taken_once_a_side", lambda: twice(taken, paper=paper())),
    ("paper_taken_by_a_party", lambda: taken(side="system")),
    ("pay_information_number_once", lambda: twice(pay, placement=placed())),
    ("pay_information_with_every_item", lambda: pay(training="")),
    ("pay_information_with_every_item", lambda: pay(kind="other")),
    *[
        ("pay_information_with_every_item", lambda name=name: pay(kind="compared", **{**COMPARED, name: ""}))
        for name in COMPARED
    ],
    ("safety_teaching_takes_time", lambda: teaching(minutes=0)),
    ("safety_teaching_says_what_and_who", lambda: teaching(content="")),
    ("safety_teaching_says_what_and_who", lambda: teaching(teacher="")),
    ("safety_teaching_by_host_or_agency", lambda: teaching(side="worker")),
    ("evaluation_number_once", lambda: twice(evaluation, placement=placed())),
    ("evaluation_says_something", lambda: evaluation(words="")),
    ("evaluation_of_a_party", lambda: evaluation(side="system")),
    ("evaluation_graded", lambda: evaluation(work=5)),
    *[
        ("host_call_says_whom_what_and_then", lambda name=name: call(**{name: ""}))
        for name in ("met", "seen", "said", "follows")
    ],
    ("result_report_number_once", lambda: twice(report, about=placed().seeker)),
    ("result_report_numbered_from_one", lambda: report(number=0)),
    ("evaluation_asked_once_a_side_and_day", lambda: twice(asked, placement=placed())),
    ("evaluation_asked_of_a_party", lambda: asked(side="system")),
    ("end_notice_number_once", lambda: twice(end_notice, placement=placed())),
    ("end_notice_before_the_end", lambda: end_notice(noticed_on=date(2026, 10, 2))),
    ("end_notice_with_reason", lambda: end_notice(reason="")),
    ("end_notice_in_time_or_paid", lambda: end_notice(missing_days=1)),
    ("accident_detail_number_once", lambda: twice(detail, accident=accident())),
    ("accident_detail_of_host_or_agency", lambda: detail(side="worker")),
    ("accident_detail_counts_the_injured", lambda: detail(employees=0)),
    ("accident_detail_says_how", lambda: detail(danger="")),
    ("lapse_told_once", lambda: twice(lapse, placement=placed())),
    ("lapse_moment_known", lambda: lapse(moment="later")),
    ("assignment_once", lambda: twice(assignment, placement=placed())),
    ("assignment_names_what", lambda: assignment(title="")),
]


@pytest.mark.parametrize(("name", "make"), BROKEN, ids=[name for name, _make in BROKEN])
def test_constraint_refuses_the_row_it_was_made_for(name, make):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make()

    assert name in str(refused.value) or "UNIQUE constraint failed" in str(refused.value)


@pytest.mark.parametrize("make", PLAIN, ids=lambda make: make.__name__)
def test_plain_row_is_taken_and_stands_for_good(make):
    kept = make()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        type(kept).objects.filter(pk=kept.pk).delete()


def test_pay_by_comparison_with_every_item_is_taken():
    pay(kind="compared", **COMPARED)


def test_what_papers_are_made_of_only_grows():
    wanted = {model._meta.db_table for model in (type(make()) for make in PLAIN)}
    assert wanted <= set(held_tables(connection))
