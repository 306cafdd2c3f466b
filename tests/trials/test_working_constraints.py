"""Each constraint of the days at work and of what is kept beside them refuses the row it was made for."""

from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from firms.files import store
from firms.models import ActionLink, Evidence
from tests.factories import TOKYO, OrganisationFactory, PersonFactory
from tests.trials.test_constraints import FIRST, placed, twice
from trials.models import (
    Accident,
    AccidentStep,
    Complaint,
    ComplaintAnswer,
    DayEntry,
    DayWord,
    LedgerNote,
    MonthClosing,
    MonthReopening,
    OvertimeAgreement,
    TrialPaper,
    WorkMonth,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 10, 5)


def moment(clock, day=ON):
    return datetime.combine(day, time.fromisoformat(clock), TOKYO)


def month(**given):
    return WorkMonth.objects.create(**{"placement": given.pop("placement", None) or placed(), "first": FIRST, **given})


def day(**given):
    of = given.pop("month", None) or month()
    told = {
        "month": of,
        "placement": of.placement,
        "on": ON,
        "number": 1,
        "step": "whole",
        "kind": "work",
        "starts_at": moment("08:30"),
        "ends_at": moment("17:30"),
        "break_minutes": 60,
        "minutes": 480,
        "source": "phone",
        "written_by": of.placement.person,
        "typed_at": moment("18:00"),
        "arrived_at": moment("18:00"),
        "approve_by": ON,
    }
    return DayEntry.objects.create(**{**told, **given})


def absent(**given):
    return day(kind="absent", starts_at=None, ends_at=None, break_minutes=0, minutes=0, **given)


def word(**given):
    entry = given.pop("entry", None) or day()
    told = {"entry": entry, "side": "host", "is_ok": True, "person": PersonFactory(), "name": "職長"}
    return DayWord.objects.create(**{**told, **given})


def closing(**given):
    told = {"number": 1, "facts": {}, "sha256": "a", "closed_by": PersonFactory()}
    return MonthClosing.objects.create(**{"month": given.pop("month", None) or month(), **told, **given})


def agreement(**given):
    told = {
        "filed_on": FIRST,
        "valid_from": FIRST,
        "valid_until": ON,
        "day_minutes": 60,
        "month_minutes": 60,
        "year_minutes": 60,
        "written_by": PersonFactory(),
    }
    return OvertimeAgreement.objects.create(
        **{"agency": given.pop("agency", None) or OrganisationFactory(kind="agency"), **told, **given}
    )


def note(**given):
    told = {"side": "host", "number": 1, "officer": "部長", "commander": "班長", "unit": "課", "duty": "なし"}
    return LedgerNote.objects.create(
        **{"placement": given.pop("placement", None) or placed(), "written_by": PersonFactory(), **told, **given}
    )


def paper(**given):
    told = {"kind": "host_ledger", "number": 1, "facts": {}, "sha256": "a", "made_by": PersonFactory()}
    return TrialPaper.objects.create(**{"placement": given.pop("placement", None) or placed(), **told, **given})


def complaint(**given):
    told = {"side": "host", "raised_on": ON, "content": "騒音", "written_by": PersonFactory()}
    return Complaint.objects.create(placement=placed(), **{**told, **given})


def complaint_answer(**given):
    told = {"side": "host", "answered_on": ON, "words": "耳栓", "written_by": PersonFactory()}
    return ComplaintAnswer.objects.create(complaint=complaint(), **{**told, **given})


def accident(**given):
    told = {
        "happened_at": moment("10:00"),
        "place": "工場",
        "injury": "指",
        "story": "はさんだ",
        "days_off": 1,
        "written_by": PersonFactory(),
    }
    return Accident.objects.create(placement=placed(), **{**told, **given})


def step(**given):
    told = {"side": "host", "what": "file", "done_on": ON, "written_by": PersonFactory()}
    return AccidentStep.objects.create(**{"accident": given.pop("accident", None) or accident(), **told, **given})


def scan():
    by = PersonFactory()
    owner = OrganisationFactory()
    kept = store.store(b"\x89PNG", media_type="image/png")
    return Evidence.objects.create(
        file=kept, owner=owner, kind="time_sheet", name="a.png", uploaded_by=by, uploaded_for=owner
    )


def link():
    now = moment("09:00")
    by = PersonFactory()
    told = {"purpose": "trials.approve", "subject_type": "a", "subject_id": 1, "subject_label": "a", "for_name": "あ"}
    return ActionLink.objects.create(
        **told, token_hash="a", expires_at=moment("10:00"), given_by=by, owner=OrganisationFactory(), given_at=now
    )


def reopening():
    return MonthReopening.objects.create(closing=closing(), because="", opened_by=PersonFactory())


BROKEN = [
    ("work_month_once", lambda: twice(month, placement=placed())),
    ("work_month_begins_on_its_first", lambda: month(first=ON)),
    ("work_month_state_known", lambda: month(state="lost")),
    ("day_number_once", lambda: twice(day, month=month())),
    ("day_follows_a_day", lambda: day(number=2)),
    ("day_correction_with_a_reason", lambda: day(step="correction")),
    ("day_kind_with_its_facts", lambda: absent(absence="")),
    ("day_kind_with_its_facts", lambda: day(absence="own")),
    ("day_ends_after_start", lambda: day(ends_at=moment("08:30"))),
    ("day_ends_after_start", lambda: day(ends_at=None)),
    ("day_ends_after_start", lambda: absent(absence="own") and day(approve_by=None)),
    ("day_paper_with_scan", lambda: day(source="paper")),
    ("day_paper_with_scan", lambda: day(scan=scan())),
    ("day_arrives_after_typing", lambda: day(arrived_at=moment("17:59"))),
    ("day_kind_and_step_known", lambda: day(step="lost")),
    ("day_word_once_a_side", lambda: twice(word, entry=day())),
    ("day_word_of_host_or_agency", lambda: word(side="worker", words="あ")),
    ("day_word_no_with_reason", lambda: word(is_ok=False)),
    ("day_word_no_with_reason", lambda: word(side="agency")),
    ("day_word_by_account_or_link", lambda: word(person=None)),
    ("day_word_by_account_or_link", lambda: word(link=link())),
    ("closing_number_once", lambda: twice(closing, month=month())),
    ("reopening_with_a_reason", reopening),
    ("overtime_agreement_once_a_day", lambda: twice(agreement, agency=OrganisationFactory(kind="agency"))),
    ("overtime_agreement_filed_before_it_holds", lambda: agreement(filed_on=ON)),
    ("ledger_note_number_once", lambda: twice(note, placement=placed())),
    ("ledger_note_of_host_or_agency", lambda: note(side="worker", agreement_kind="compared", term_kind="fixed")),
    ("ledger_note_names_the_officer", lambda: note(officer="")),
    ("ledger_note_of_host_with_unit_and_duty", lambda: note(unit="")),
    ("ledger_note_of_agency_with_kinds", lambda: note(side="agency")),
    ("trial_paper_number_once", lambda: twice(paper, placement=placed())),
    ("complaint_says_what", lambda: complaint(content="")),
    ("complaint_taken_by_host_or_agency", lambda: complaint(side="worker")),
    ("complaint_answer_says_what", lambda: complaint_answer(words="")),
    ("complaint_answered_by_host_or_agency", lambda: complaint_answer(side="worker")),
    ("accident_says_what_and_where", lambda: accident(story="")),
    ("accident_told_after_it_happened", lambda: accident(happened_at=datetime(2100, 1, 1, tzinfo=TOKYO))),
    ("accident_step_once_a_side", lambda: twice(step, accident=accident())),
    ("accident_days_off_with_number", lambda: step(what="days_off")),
    ("accident_step_by_host_or_agency", lambda: step(side="worker")),
]


@pytest.mark.parametrize(("name", "make"), BROKEN, ids=[name for name, _make in BROKEN])
def test_constraint_refuses_the_row_it_was_made_for(name, make):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make()

    told = str(refused.value)
    assert name in told or "UNIQUE constraint failed" in told


@pytest.mark.parametrize(
    "make",
    [month, day, word, closing, agreement, note, paper, complaint, complaint_answer, accident, step],
    ids=lambda make: make.__name__,
)
def test_plain_row_is_taken(make):
    make()
