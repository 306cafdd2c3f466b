"""Working patterns and the establishment's own calendar, as they are typed."""

from datetime import date, time

import pytest
from django.urls import reverse

from firms.actions.patterns import add_holiday, create_pattern
from firms.errors import Refused
from firms.models import Holiday, JournalEntry, WorkingPattern
from tests.factories import EstablishmentFactory


def week(**changes):
    """The form's seven rows: Monday to Friday 9–17, with a break; `d0_ends_at` is Monday's end."""
    data = {"week-TOTAL_FORMS": "7", "week-INITIAL_FORMS": "7", "week-MIN_NUM_FORMS": "7", "week-MAX_NUM_FORMS": "7"}
    for day in range(7):
        works = day < 5
        data |= {
            f"week-{day}-starts_at": "09:00" if works else "",
            f"week-{day}-ends_at": "17:00" if works else "",
            f"week-{day}-break_starts_at": "12:00" if works else "",
            f"week-{day}-break_ends_at": "13:00" if works else "",
        }
    return data | {f"week-{name[1]}-{name[3:]}": value for name, value in changes.items()}


def send(manager, establishment, **changes):
    data = {"establishment": establishment.pk, "name": "早番"} | week(**changes)
    return manager.client().post(reverse("firms:pattern_new"), data)


def test_a_pattern_is_kept_with_its_working_days(manager, establishment):
    send(manager, establishment)

    pattern = WorkingPattern.objects.get(name="早番")
    assert [(h.weekday, h.starts_at, h.break_ends_at) for h in pattern.hours.all()] == [
        (day, time(9), time(13)) for day in range(5)
    ]


@pytest.mark.parametrize(("ends", "is_taken"), [("06:00", True), ("14:00", True), ("14:01", False), ("22:00", False)])
def test_night_shift_ends_the_next_morning(manager, establishment, ends, is_taken):
    send(
        manager,
        establishment,
        d0_starts_at="22:00",
        d0_ends_at=ends,
        d0_break_starts_at="23:30",
        d0_break_ends_at="00:30",
    )

    found = WorkingPattern.objects.filter(name="早番").first()
    assert (found is not None) is is_taken
    if found:
        page = manager.client().get(reverse("firms:patterns")).content.decode()
        assert f"22:00–翌{ends}" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"d0_ends_at": "08:00"}, "終業は始業より後"),
        ({"d0_ends_at": ""}, "始業と終業を両方"),
        ({"d5_break_starts_at": "12:00"}, "始業と終業を両方"),
        ({"d0_break_ends_at": ""}, "休憩の開始と終了を両方"),
        ({"d0_break_ends_at": "18:00"}, "休憩は始業から終業まで"),
        ({"d0_break_starts_at": "13:00"}, "休憩は始業から終業まで"),
    ],
    ids=["backwards", "half", "break on a day off", "half a break", "break outside", "break of nothing"],
)
def test_hours_that_cannot_be_get_a_sentence_at_their_day(changes, sentence, manager, establishment):
    page = send(manager, establishment, **changes)

    assert sentence in page.content.decode()
    assert not WorkingPattern.objects.filter(name="早番").exists()


@pytest.mark.parametrize("clock", ["25:00", "朝", "9"])
def test_a_clock_that_is_none_is_refused(clock, manager, establishment):
    page = send(manager, establishment, d0_starts_at=clock)

    assert page.context["week"].forms[0].errors["starts_at"]
    assert not WorkingPattern.objects.filter(name="早番").exists()


def test_a_pattern_without_any_hours_is_refused(manager, establishment):
    empty = {
        f"d{day}_{name}": ""
        for day in range(5)
        for name in ("starts_at", "ends_at", "break_starts_at", "break_ends_at")
    }

    page = send(manager, establishment, **empty)

    assert "所定労働時間のある曜日がありません" in page.content.decode()
    assert not WorkingPattern.objects.filter(name="早番").exists()


def test_a_name_is_used_once_at_an_establishment(manager, establishment, pattern):
    with pytest.raises(Refused, match="同じ名称") as refused:
        create_pattern(establishment, by=manager.acting(), name=pattern.name, works_on_public_holidays=False, week=[])

    assert refused.value.field == "name"


def test_changing_a_pattern_keeps_the_week_before_in_the_journal(manager, establishment, pattern):
    data = {"name": "日勤", "works_on_public_holidays": "on"} | week(d0_starts_at="10:00")

    manager.client().post(reverse("firms:pattern_edit", args=[pattern.pk]), data)

    entry = JournalEntry.objects.get(verb="pattern.edit")
    pattern.refresh_from_db()
    assert pattern.works_on_public_holidays
    assert entry.details["before"][0].startswith("月 08:30–17:30")
    assert entry.details["after"][0].startswith("月 10:00–17:00")


def test_a_holiday_is_added_once_and_taken_out(manager, establishment):
    client = manager.client()
    address = reverse("firms:holidays", args=[establishment.pk])
    for _click in range(2):
        client.post(address, {"on": "2027-08-13", "name": "夏季休業"})
    assert [h.on for h in Holiday.objects.all()] == [date(2027, 8, 13)]

    for _click in range(2):
        client.post(address, {"remove": Holiday.objects.get().pk if Holiday.objects.exists() else 1})

    assert not Holiday.objects.exists()
    assert [e.verb for e in JournalEntry.objects.order_by("pk")] == ["holiday.add", "holiday.remove"]


def test_a_day_registered_otherwise_gets_a_sentence(manager, establishment):
    add_holiday(establishment, by=manager.acting(), on=date(2027, 8, 13), name="夏季休業", is_worked=False)

    with pytest.raises(Refused, match="すでに登録") as refused:
        add_holiday(establishment, by=manager.acting(), on=date(2027, 8, 13), name="出勤", is_worked=True)

    assert refused.value.field == "on"


def test_a_holiday_of_another_establishment_stays(manager, stranger, establishment):
    add_holiday(establishment, by=manager.acting(), on=date(2027, 8, 13), name="夏季休業", is_worked=False)

    foreign = EstablishmentFactory(organisation=stranger.organisation)
    stranger.client().post(reverse("firms:holidays", args=[foreign.pk]), {"remove": Holiday.objects.get().pk})

    assert Holiday.objects.exists()
