"""What was recorded is put right by a further row; what stood before stays, and nothing changes without one."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from firms.actions.corrections import correct
from firms.errors import Refused
from firms.models import Correction, JournalEntry
from tests.factories import EmploymentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def employment(establishment, pattern):
    return EmploymentFactory(establishment=establishment, pattern=pattern, started_on=date(2020, 4, 1))


def kept(row):
    return list(Correction.objects.of(row).order_by("pk").values_list("field", "before", "after", "reason"))


def test_correction_keeps_what_stood_before_and_tells_the_journal(employment, manager, firm):
    correct(
        employment, {"started_on": date(2021, 4, 1)}, reason="雇用契約書の日付", by=manager.acting(), concerns=firm.pk
    )

    employment.refresh_from_db()
    assert employment.started_on == date(2021, 4, 1)
    assert kept(employment) == [("started_on", "2020-04-01", "2021-04-01", "雇用契約書の日付")]
    entry = JournalEntry.objects.about(employment).get(verb="correction.make")
    assert entry.told == [
        ("訂正", f"{Correction.objects.get().label}：2020年4月1日 → 2021年4月1日"),
        ("理由", "雇用契約書の日付"),
    ]
    assert (entry.person, entry.concerns) == (manager.person, firm)


def test_correction_of_nothing_leaves_no_row(employment, manager):
    for _click in range(2):
        correct(employment, {"started_on": date(2021, 4, 1)}, reason="契約書", by=manager.acting())

    assert Correction.objects.count() == 1
    assert JournalEntry.objects.filter(verb="correction.make").count() == 1


@pytest.mark.parametrize("reason", ["", "　 "], ids=["nothing", "blanks"])
def test_correction_without_a_reason_is_refused(employment, manager, reason):
    with pytest.raises(Refused, match="訂正の理由を入力してください") as refused:
        correct(employment, {"started_on": date(2021, 4, 1)}, reason=reason, by=manager.acting())

    assert refused.value.field == "reason"
    employment.refresh_from_db()
    assert employment.started_on == date(2020, 4, 1)


def test_a_value_taken_back_is_two_rows(employment, manager):
    for day in (date(2021, 4, 1), date(2020, 4, 1)):
        correct(employment, {"started_on": day}, reason="書き間違い", by=manager.acting())

    assert [row[1:3] for row in kept(employment)] == [("2020-04-01", "2021-04-01"), ("2021-04-01", "2020-04-01")]


def correction(**given):
    values = {"subject_type": "firms.person", "subject_id": 1, "field": "email", "reason": "誤記"} | given
    return lambda person: Correction.objects.create(corrected_by=person, **values)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (correction(before="a", after="b", reason=""), "correction_has_a_reason"),
        (correction(before="a", after="a"), "correction_changes_something"),
        (correction(before=None, after=None), "correction_changes_something"),
    ],
    ids=["no reason", "the same", "nothing to nothing"],
)
def test_constraints(make, name, manager):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(manager.person)


def test_corrections_are_append_only(employment, manager):
    correct(employment, {"started_on": date(2021, 4, 1)}, reason="契約書", by=manager.acting())

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Correction.objects.update(reason="別の理由")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Correction.objects.all().delete()
