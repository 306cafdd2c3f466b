"""A licence of the agency ends while somebody is at work: told ahead and on the day, on the page, with what the law asks."""

from datetime import date, timedelta

import pytest
import time_machine

from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.factories import at
from tests.trials.factories import LicenceFactory
from tests.trials.playing import FIRST, LAST
from trials.actions.agreement.starting import start
from trials.actions.matching.rounds import end_licence
from trials.models import LapseNotice, Licence
from trials.rules import licence_lapse

pytestmark = pytest.mark.django_db

# The last day the licence is valid, in the middle of the trial.
UNTIL = date(2027, 1, 10)
ON_ITS_DAY = UNTIL + timedelta(days=1)


def revoked(trial, officer, kind="dispatch", last_on=UNTIL):
    licence = Licence.objects.get(agency=trial.adviser.organisation, kind=kind)
    end_licence(licence, last_on=last_on, reason="許可の取消し", by=officer.acting(FIRST))
    return licence


def heard(words):
    return sorted(one.person.family_name for one in Notification.objects.filter(subject__contains=words))


def test_all_concerned_are_told_thirty_days_before_and_on_the_day_each_once(trial, officer):
    trial.active()
    revoked(trial, officer)

    trial.sweep(UNTIL - timedelta(days=31))
    assert heard("許可が") == []
    for _night in range(2):
        trial.sweep(UNTIL - timedelta(days=30))
    assert heard("許可が2027年1月10日で切れます") == ["区役", "大森", "志望", "相談"]
    trial.sweep(UNTIL)
    assert heard("許可が切れました") == []
    for _night in range(2):
        trial.sweep(ON_ITS_DAY)
    assert heard("許可が切れました") == ["区役", "大森", "志望", "相談"]
    assert list(LapseNotice.objects.values_list("moment", flat=True)) == ["ahead", "gone"]


def test_a_night_that_was_missed_loses_nothing(trial, officer):
    trial.active()
    revoked(trial, officer)

    trial.sweep(ON_ITS_DAY + timedelta(days=3))

    assert heard("許可が切れました") == ["区役", "大森", "志望", "相談"]


def test_ward_hears_no_name(trial, officer):
    trial.active()
    revoked(trial, officer)
    trial.sweep(ON_ITS_DAY)

    body = Notification.objects.get(person=officer.person, subject__contains="許可が切れました").body

    assert trial.placement.person.family_name not in body
    assert "労働者派遣法5条1項" in body


def test_each_is_told_what_to_do_and_by_what_law(trial, officer):
    trial.active()
    revoked(trial, officer)
    trial.sweep(ON_ITS_DAY)

    bodies = {
        one.person.family_name: one.body for one in Notification.objects.filter(subject__contains="許可が切れました")
    }
    assert "休業手当を受け取れます" in bodies["志望"]
    assert "直接雇用を申し込んだものとみなされます" in bodies["大森"]
    assert "更新の申請は2026年10月10日まで" in bodies["相談"]
    for name in ("志望", "大森", "相談"):
        assert "24条の2・40条の6第1項2号; 労働基準法26条; 労働者派遣法施行規則5条1項" in bodies[name]


@pytest.mark.parametrize("day", [UNTIL - timedelta(days=30), ON_ITS_DAY], ids=["ahead", "gone"])
@pytest.mark.parametrize("side", ["worker", "host", "agency"])
def test_page_says_what_to_do(trial, officer, day, side):
    trial.active()
    revoked(trial, officer)
    hand = {"worker": trial.trialist, "host": trial.manager, "agency": trial.adviser}[side]
    page = f"/trials/placements/{trial.placement.pk}/"

    with time_machine.travel(at(UNTIL - timedelta(days=31), "10:00"), tick=True):
        assert "許可は" not in hand.client().get(page).content.decode()
    with time_machine.travel(at(day, "10:00"), tick=True):
        seen = hand.client().get(page).content.decode()

    assert "派遣元の「労働者派遣事業」の許可は2027年1月10日（日）までです" in seen
    assert "労働者派遣法5条1項・10条・24条の2" in seen


def test_renewal_in_time_ends_it(trial, officer, agency):
    trial.active()
    revoked(trial, officer)
    LicenceFactory(agency=agency, kind="dispatch", valid_from=ON_ITS_DAY, valid_until=date(2032, 1, 10))

    trial.sweep(ON_ITS_DAY)

    assert heard("許可が切れました") == []


def test_licence_to_place_ends_what_is_temp_to_perm_and_says_so(trial, officer):
    trial.active()
    revoked(trial, officer, kind="placement")
    trial.sweep(ON_ITS_DAY)

    body = Notification.objects.get(person=trial.adviser.person, subject__contains="許可が切れました").body

    assert "紹介予定派遣として続けられません" in body
    assert "職業安定法30条1項" in body


def test_trial_that_is_over_before_the_licence_is_not_spoken_of(trial, officer):
    trial.active()
    revoked(trial, officer, last_on=LAST)

    trial.sweep(LAST - timedelta(days=1))
    trial.sweep(LAST + timedelta(days=1))

    assert heard("許可") == []


def test_nobody_begins_nor_is_extended_under_a_revoked_licence(trial, officer):
    trial.ready()
    revoked(trial, officer)

    with pytest.raises(Refused, match=r"「労働者派遣事業」の許可が.*全部の日には有効ではありません"):
        start(trial.placement, safety_trained_on=FIRST, by=trial.manager.acting(FIRST))


# --- the ward records it ---


def test_ward_ends_a_licence_once_with_its_reason(trial, officer):
    licence = revoked(trial, officer)
    end_licence(licence, last_on=FIRST, reason="別の理由", by=officer.acting(FIRST))

    licence.refresh_from_db()
    assert (licence.ended_on, licence.ended_because) == (UNTIL, "許可の取消し")
    assert JournalEntry.objects.filter(verb="licence.end").count() == 1


@pytest.mark.parametrize("last_on", [date(2024, 3, 31), date(2029, 3, 31)])
def test_licence_ends_within_its_term(trial, officer, last_on):
    with pytest.raises(Refused, match="2024年4月1日から2029年3月31日の前日まで"):
        revoked(trial, officer, last_on=last_on)


def test_ward_alone_ends_a_licence_on_its_page(trial, officer):
    licence = Licence.objects.get(agency=trial.adviser.organisation, kind="dispatch")
    page, given = f"/trials/licences/{licence.pk}/end/", {"last_on": "2027-01-10", "reason": "許可の取消し"}

    assert trial.adviser.client().post(page, given).status_code == 403
    officer.client().post(page, given)

    licence.refresh_from_db()
    assert licence.ended_on == UNTIL
    seen = officer.client().get("/trials/licences/").content.decode()
    assert "許可の取消し" in seen


# --- the rule ---


@pytest.mark.parametrize(
    ("terms", "until"),
    [
        ([(date(2024, 4, 1), LAST)], None),
        ([(date(2024, 4, 1), LAST - timedelta(days=1))], LAST - timedelta(days=1)),
        ([(date(2024, 4, 1), UNTIL), (ON_ITS_DAY, LAST)], None),
        ([(date(2024, 4, 1), UNTIL), (ON_ITS_DAY + timedelta(days=1), LAST)], UNTIL),
        ([], FIRST - timedelta(days=1)),
    ],
    ids=["covers", "a day short", "renewed", "a day between", "none"],
)
def test_cover_is_unbroken_or_ends(terms, until):
    found = licence_lapse(terms, first=FIRST, last=LAST)

    assert (found and found.valid_until) == until
