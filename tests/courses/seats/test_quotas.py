"""Seats a firm reserves: named later, given back, released when the day has passed; never more than there are."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from courses.actions.catalogue.lessons import change_lesson
from courses.actions.catalogue.runs import cancel_run
from courses.actions.catalogue.timetable import LessonWish
from courses.actions.seats.enrolments import enrol
from courses.actions.seats.quotas import give_back, name_people, release_unnamed, reserve_seats
from courses.models import Run, SeatQuota
from courses.states import EnrolmentState
from courses.tasks import sweep_seats
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.courses.test_models import breaks
from tests.factories import EnrolmentFactory, at

ACCEPTED, OFFERED, WAITLISTED = EnrolmentState.ACCEPTED, EnrolmentState.OFFERED, EnrolmentState.WAITLISTED
UNTIL = date(2027, 1, 20)


def states(run):
    return list(run.enrolments.order_by("pk").values_list("state", flat=True))


def taken(run):
    return Run.objects.with_seats().get(pk=run.pk).taken


@pytest.fixture
def quota(run, manager):
    """Three of four seats."""
    Run.objects.filter(pk=run.pk).update(seats=4)
    return reserve_seats(run, 3, name_until=UNTIL, by=manager.acting())


def test_reserved_seats_are_nobody_elses(manager, coordinator, run, quota, people):
    enrol(run, people(2), by=manager.acting())

    assert (taken(run), states(run)) == (4, [ACCEPTED, WAITLISTED])
    assert (
        "3席を確保しました" in Notification.objects.get(subject__startswith="席の確保", person=coordinator.person).body
    )


def test_reserving_the_same_twice_is_once(manager, run, quota):
    assert reserve_seats(run, 3, name_until=UNTIL, by=manager.acting()) == quota
    assert SeatQuota.objects.count() == 1


@pytest.mark.parametrize(
    ("seats", "until", "fields", "sentence", "field"),
    [
        (13, UNTIL, {}, "空いている席は12席です", "seats"),
        (1, date(2027, 2, 2), {}, "最初のコマの2日前までの日", "name_until"),
        (1, date(2026, 11, 19), {}, "今日から", "name_until"),
        (1, UNTIL, {"selection": "lottery"}, "抽選や選考で受講者を決める開講では", None),
        (1, UNTIL, {"selection": "choice"}, "抽選や選考で受講者を決める開講では", None),
        (1, UNTIL, {"apply_until": date(2026, 11, 19)}, "申込締切日を過ぎています", None),
    ],
    ids=["too many", "after the run began", "in the past", "lottery", "choice", "too late"],
)
def test_reserving_is_refused(seats, until, fields, sentence, field, manager, run):
    if fields:
        Run.objects.filter(pk=run.pk).update(**fields)

    with pytest.raises(Refused, match=sentence) as refused:
        reserve_seats(run, seats, name_until=until, by=manager.acting())

    assert refused.value.field == field
    assert not SeatQuota.objects.exists()


def test_a_second_reservation_waits_until_the_first_is_used(manager, run, quota):
    with pytest.raises(Refused, match="すでに席を確保しています（氏名が未定 3席）"):
        reserve_seats(run, 1, name_until=UNTIL, by=manager.acting())


def test_naming_turns_reserved_seats_into_enrolments(manager, run, quota, people):
    one, two = name_people(quota, people(2), by=manager.acting())

    quota.refresh_from_db()
    assert (quota.unnamed, quota.released_at, taken(run)) == (1, None, 3)
    assert states(run) == [ACCEPTED, ACCEPTED]
    assert {one.quota, two.quota} == {quota}
    assert Notification.objects.filter(person=one.person, subject__startswith="受講が決まりました").count() == 1


def test_naming_the_last_ends_the_reservation(manager, run, quota, people):
    name_people(quota, people(3), by=manager.acting())

    quota.refresh_from_db()
    assert quota.unnamed == 0
    assert quota.released_at is not None


def test_naming_twice_is_once(manager, run, quota, people):
    three = people(3)
    name_people(quota, three, by=manager.acting())

    name_people(quota, three, by=manager.acting())

    assert states(run) == [ACCEPTED] * 3
    assert taken(run) == 3


def test_naming_more_than_reserved_names_nobody(manager, run, quota, people):
    with pytest.raises(Refused, match="確保した席の残りは3席です") as refused:
        name_people(quota, people(4), by=manager.acting())

    assert refused.value.field == "employments"
    assert states(run) == []


@pytest.mark.parametrize("state", [EnrolmentState.REQUESTED, WAITLISTED])
def test_naming_who_waits_already_takes_them_in(state, manager, run, quota, seated):
    (waiting,) = seated(run, state=state)

    name_people(quota, [waiting.employment], by=manager.acting())

    assert (states(run), taken(run)) == ([ACCEPTED], 3)


def test_naming_who_has_a_seat_is_refused(manager, run, quota, seated):
    (sitting,) = seated(run)

    with pytest.raises(Refused, match="すでに席のある人"):
        name_people(quota, [sitting.employment], by=manager.acting())


def test_naming_is_possible_after_applications_closed(manager, run, quota, people):
    Run.objects.filter(pk=run.pk).update(apply_until=date(2027, 1, 10))

    name_people(quota, people(1), by=manager.acting(today=UNTIL))

    assert states(run) == [ACCEPTED]


@pytest.mark.parametrize(
    ("today", "sentence"),
    [(date(2027, 1, 21), "氏名を届ける期限を過ぎています"), (date(2027, 2, 3), "もう申し込めません")],
    ids=["too late", "begun"],
)
def test_naming_is_too_late(today, sentence, manager, run, quota, people):
    with pytest.raises(Refused, match=sentence):
        name_people(quota, people(1), by=manager.acting(today=today))


def test_naming_after_the_sweep_says_the_seats_are_gone(manager, run, quota, people):
    release_unnamed(quota, on=date(2027, 1, 21))

    with pytest.raises(Refused, match="席は返されました"):
        name_people(quota, people(1), by=manager.acting(today=date(2027, 1, 21)))


def test_seats_given_back_go_to_the_queue(manager, run, quota, seated):
    seated(run)
    seated(run, 2, state=WAITLISTED)

    give_back(quota, 1, by=manager.acting())

    quota.refresh_from_db()
    assert (quota.unnamed, states(run), taken(run)) == (2, [ACCEPTED, OFFERED, WAITLISTED], 4)


@pytest.mark.parametrize("seats", [0, 4])
def test_only_what_is_reserved_is_given_back(seats, manager, quota):
    with pytest.raises(Refused, match="返せるのは氏名が未定の3席まで"):
        give_back(quota, seats, by=manager.acting())


def test_seats_without_a_name_are_released_after_the_day_and_the_firm_hears(manager, run, quota, people, seated):
    name_people(quota, people(1), by=manager.acting())
    seated(run, 1)
    seated(run, 3, state=WAITLISTED)

    assert release_unnamed(quota, on=UNTIL) == 0
    assert release_unnamed(quota, on=date(2027, 1, 21)) == 2

    quota.refresh_from_db()
    assert (quota.unnamed, taken(run)) == (0, 4)
    assert states(run) == [ACCEPTED, ACCEPTED, OFFERED, OFFERED, WAITLISTED]
    assert Notification.objects.filter(person=manager.person, subject__startswith="確保した席を返しました").count() == 1
    assert JournalEntry.objects.about(quota).filter(verb="quota.release").get().person is None
    assert release_unnamed(quota, on=date(2027, 1, 22)) == 0


def test_the_sweep_releases(manager, coming):
    by = manager.acting(localdate())
    quota = reserve_seats(coming, 2, name_until=localdate() + timedelta(days=3), by=by)
    SeatQuota.objects.update(name_until=localdate() - timedelta(days=1))

    sweep_seats()

    quota.refresh_from_db()
    assert (quota.unnamed, taken(coming)) == (0, 0)


def test_cancelling_the_run_ends_reservations_and_tells_the_firm(coordinator, manager, run, quota):
    cancel_run(run, reason="講師の都合", by=coordinator.acting())

    quota.refresh_from_db()
    assert (quota.unnamed, taken(run)) == (0, 0)
    assert Notification.objects.filter(person=manager.person, body="講師の都合").count() == 1


# --- its pages ---


@pytest.fixture
def reserved(coming, manager):
    return reserve_seats(coming, 2, name_until=localdate() + timedelta(days=5), by=manager.acting(localdate()))


def test_enrol_page_offers_to_reserve(manager, coming, people):
    people(1)

    html = manager.client().get(reverse("courses:enrol", args=[coming.pk])).content.decode()

    assert reverse("courses:quota_new", args=[coming.pk]) in html


def test_reserve_page_reserves(manager, coming):
    url = reverse("courses:quota_new", args=[coming.pk])

    response = manager.client().post(url, {"seats": 2, "name_until": localdate() + timedelta(days=5)})

    assert response.url == reverse("courses:quota", args=[SeatQuota.objects.get().pk])


def test_reserve_page_says_what_is_wrong_at_the_field(manager, coming):
    url = reverse("courses:quota_new", args=[coming.pk])

    response = manager.client().post(url, {"seats": 99, "name_until": localdate() + timedelta(days=5)})

    assert "空いている席は12席です" in response.context["form"].errors["seats"][0]


def test_quota_page_names_and_gives_back(manager, coming, reserved, people, establishment):
    client, url = manager.client(), reverse("courses:quota", args=[reserved.pk])
    (employment,) = people(1)

    client.post(url, {"establishment": establishment.pk, "employments": [employment.pk]})
    client.post(reverse("courses:quota_return", args=[reserved.pk]), {"seats": 1})

    reserved.refresh_from_db()
    assert (states(coming), reserved.unnamed) == ([ACCEPTED], 0)
    assert employment.person.full_name in client.get(url).content.decode()


def test_quota_page_naming_nobody_says_so_at_the_people(manager, reserved, people):
    people(1)

    html = manager.client().post(reverse("courses:quota", args=[reserved.pk]), {}).content.decode()

    assert html.count("受講する人を1人以上選んでください。") == 2


def test_giving_back_no_number_is_said(manager, reserved):
    url = reverse("courses:quota_return", args=[reserved.pk])

    html = manager.client().post(url, {"seats": "全部"}, follow=True).content.decode()

    assert "返す席の数を1以上で入力してください。" in html


def test_quota_pages_are_the_firms_alone(coordinator, trainee, stranger, coming, reserved):
    for name in ("quota", "quota_return"):
        url = reverse(f"courses:{name}", args=[reserved.pk])
        assert stranger.client().post(url, {"seats": 1}).status_code == 404
        assert trainee.client().post(url, {"seats": 1}).status_code == 404
        assert coordinator.client().post(url, {"seats": 1}).status_code == 403
    assert trainee.client().get(reverse("courses:quota_new", args=[coming.pk])).status_code == 403


def test_run_page_shows_the_firm_its_reserved_seats(manager, stranger, coming, reserved):
    url = reverse("courses:run", args=[coming.pk])

    assert "氏名が未定 2席" in manager.client().get(url).content.decode()
    assert "氏名が未定" not in stranger.client().get(url).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_quota_page_takes_the_same_queries(rows, manager, reserved, people, django_assert_num_queries):
    people(rows)
    url, client = reverse("courses:quota", args=[reserved.pk]), manager.client()
    client.get(url)

    with django_assert_num_queries(13):
        response = client.get(url)

    assert len(response.context["candidates"]) == rows


# --- the database says it too ---


def row(run, manager, **fields):
    given = {"seats": 2, "unnamed": 2, "name_until": UNTIL, "reserved_by": manager.person, "firm": manager.organisation}
    return SeatQuota.objects.create(run=run, **(given | fields))


def test_quota_open_once(run, manager):
    row(run, manager)

    breaks("quota_open_once", lambda: row(run, manager))


def test_quota_has_seats(run, manager):
    breaks("quota_has_seats", lambda: row(run, manager, seats=0, unnamed=0))


def test_quota_unnamed_within_seats(run, manager):
    breaks("quota_unnamed_within_seats", lambda: row(run, manager, unnamed=3))


def test_quota_released_holds_nothing(run, manager):
    breaks("quota_released_holds_nothing", lambda: row(run, manager, released_at=timezone.now()))


def test_enrolments_of_other_firms_keep_their_seats(run, manager, quota):
    EnrolmentFactory(run=run)

    assert taken(run) == 4


def test_seats_without_a_name_reach_the_queue_before_the_run_begins(manager, run, seated):
    """Named until the last day there is, they are given the day after, without time to ask."""
    Run.objects.filter(pk=run.pk).update(seats=2)
    quota = reserve_seats(run, 2, name_until=date(2027, 2, 1), by=manager.acting())
    seated(run, state=WAITLISTED)

    release_unnamed(quota, on=date(2027, 2, 2))

    assert states(run) == [ACCEPTED]


def test_a_run_that_begins_earlier_asks_for_the_names_sooner(coordinator, manager, run):
    Run.objects.filter(pk=run.pk).update(apply_until=date(2027, 1, 25))
    quota = reserve_seats(run, 2, name_until=date(2027, 2, 1), by=manager.acting())
    day = date(2027, 1, 28)
    sooner = LessonWish(topic="計画", starts_at=at(day, "10:00"), ends_at=at(day, "17:00"))

    change_lesson(run.lessons.order_by("starts_at")[0], sooner, by=coordinator.acting(date(2027, 1, 20)))

    quota.refresh_from_db()
    told = Notification.objects.filter(subject__startswith="氏名を届ける期限が早まりました")
    assert (quota.name_until, [one.person for one in told]) == (date(2027, 1, 26), [manager.person])
    assert JournalEntry.objects.get(verb="quota.shorten").subject_id == quota.pk
