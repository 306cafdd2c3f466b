"""The draw: repeatable from its seed, logged, once."""

import hashlib
from datetime import date
from html import unescape

import pytest
from django.db import Error, IntegrityError, transaction
from django.urls import reverse

from courses.actions.catalogue.runs import edit_run
from courses.actions.seats.enrolments import enrol
from courses.actions.seats.lottery import draw_lottery, ranked
from courses.actions.seats.requests import approve_request, request_seat
from courses.models import Enrolment, LotteryDraw, Run
from courses.models.catalogue.runs import Selection
from courses.states import EnrolmentState
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.courses.catalogue.test_offering import RUN_FACTS
from tests.factories import EnrolmentFactory

AFTER = date(2027, 2, 1)
APPLIED, ACCEPTED, WAITLISTED = EnrolmentState.APPLIED, EnrolmentState.ACCEPTED, EnrolmentState.WAITLISTED


@pytest.fixture
def lottery(run):
    Run.objects.filter(pk=run.pk).update(selection=Selection.LOTTERY, seats=2)
    run.refresh_from_db()
    return run


def test_ranking_is_what_a_stranger_reckons_with_sha256sum():
    numbers = [7, 12, 3, 41]
    lots = {n: hashlib.sha256(f"立会い 2027:{n}".encode()).hexdigest() for n in numbers}

    assert ranked("立会い 2027", numbers) == sorted(numbers, key=lots.__getitem__)


def test_ranking_is_kept_for_good():
    """As `printf '%s' 'takumi:1' | sha256sum` gave it: another order would undo draws already made."""
    assert ranked("takumi", [1, 2, 3, 4, 5, 6]) == [4, 3, 2, 6, 1, 5]
    assert ranked("takumi", [6, 5, 4, 3, 2, 1]) == [4, 3, 2, 6, 1, 5]


def test_every_applicant_is_first_about_as_often():
    firsts = [ranked(str(seed), range(1, 5))[0] for seed in range(2000)]

    assert all(400 < firsts.count(n) < 600 for n in range(1, 5))


def test_applications_to_a_lottery_wait_for_the_draw(manager, trainee, lottery, people):
    enrol(lottery, people(3), by=manager.acting())
    wish = request_seat(lottery, by=trainee.acting())

    approve_request(wish, by=manager.acting())

    assert set(lottery.enrolments.values_list("state", flat=True)) == {APPLIED}
    assert Notification.objects.filter(subject__startswith="申込みを受け付けました").count() == 4


def test_draw_seats_the_first_and_ranks_the_others(coordinator, manager, lottery, people):
    numbers = [one.pk for one in enrol(lottery, people(5), by=manager.acting())]

    draw = draw_lottery(lottery, seed="a", by=coordinator.acting(AFTER))

    order = ranked("a", numbers)
    states = dict(lottery.enrolments.values_list("pk", "state"))
    assert (draw.seed, draw.applicants, draw.ranking) == ("a", sorted(numbers), order)
    assert [states[n] for n in order] == [ACCEPTED] * 2 + [WAITLISTED] * 3
    assert list(lottery.enrolments.order_by("queue_rank").values_list("pk", flat=True)) == order
    assert JournalEntry.objects.about(lottery).get(verb="run.draw").details == {"seed": "a", "applicants": 5}


def test_draw_tells_the_trainee_and_the_firm_the_rank(coordinator, manager, lottery, seated):
    (one,) = seated(lottery, state=APPLIED)

    draw_lottery(lottery, by=coordinator.acting(AFTER))

    told = Notification.objects.filter(subject__startswith="抽選で受講が決まりました")
    assert {letter.person for letter in told} == {one.person, manager.person}
    assert all("抽選の順位は1番" in letter.body for letter in told)


def test_draw_twice_is_once(coordinator, lottery, seated):
    seated(lottery, 4, state=APPLIED)
    first = draw_lottery(lottery, by=coordinator.acting(AFTER))

    assert draw_lottery(lottery, seed="もう一度", by=coordinator.acting(AFTER)) == first
    assert LotteryDraw.objects.get().seed == first.seed


def test_seed_of_the_machine_differs_from_run_to_run(coordinator, lottery, seated):
    seated(lottery, state=APPLIED)

    assert len(draw_lottery(lottery, by=coordinator.acting(AFTER)).seed) == 16


def test_draw_passes_over_who_leaves_before_the_last_lesson(coordinator, lottery, people, seated):
    Run.objects.filter(pk=lottery.pk).update(seats=1)
    (gone,) = people(1, ended_on=date(2027, 2, 9))
    leaving = EnrolmentFactory(run=lottery, employment=gone, state=APPLIED)
    (staying,) = seated(lottery, state=APPLIED)

    draw_lottery(lottery, by=coordinator.acting(AFTER))

    assert dict(lottery.enrolments.values_list("pk", "state")) == {leaving.pk: WAITLISTED, staying.pk: ACCEPTED}


@pytest.mark.parametrize(
    ("today", "selection", "sentence"),
    [
        (date(2027, 1, 31), "lottery", "抽選は申込締切日（2027年1月31日）の翌日から"),
        (date(2027, 2, 3), "lottery", "まだ始まっていない開講で"),
        (AFTER, "first_come", "抽選で受講者を決める開講ではありません"),
    ],
    ids=["applications still open", "already begun", "first come"],
)
def test_draw_is_refused(today, selection, sentence, coordinator, lottery, seated):
    seated(lottery, state=APPLIED)
    Run.objects.filter(pk=lottery.pk).update(selection=selection)

    with pytest.raises(Refused, match=sentence):
        draw_lottery(lottery, by=coordinator.acting(today))


def test_draw_needs_somebody(coordinator, lottery):
    with pytest.raises(Refused, match="抽選する申込みがありません"):
        draw_lottery(lottery, by=coordinator.acting(AFTER))


def test_who_is_approved_after_the_draw_stands_at_its_end(coordinator, manager, trainee, lottery, seated):
    wish = request_seat(lottery, by=trainee.acting())
    seated(lottery, 3, state=APPLIED)
    draw_lottery(lottery, by=coordinator.acting(AFTER))

    approve_request(wish, by=manager.acting(AFTER))

    wish.refresh_from_db()
    assert (wish.state, wish.queue_rank) == (WAITLISTED, 4)


def test_application_day_of_a_drawn_run_stays(coordinator, lottery, seated):
    seated(lottery, state=APPLIED)
    draw_lottery(lottery, by=coordinator.acting(AFTER))

    with pytest.raises(Refused, match="抽選を終えた開講の申込締切日") as refused:
        edit_run(lottery, RUN_FACTS | {"apply_until": date(2027, 1, 30)}, by=coordinator.acting(AFTER))

    assert refused.value.field == "apply_until"


@pytest.mark.parametrize("write", ["update", "delete"])
def test_draws_are_append_only(write, coordinator, lottery, seated):
    seated(lottery, state=APPLIED)
    draw_lottery(lottery, by=coordinator.acting(AFTER))

    with pytest.raises(Error, match="append-only"), transaction.atomic():
        LotteryDraw.objects.update(seed="b") if write == "update" else LotteryDraw.objects.all()._raw_delete("default")


def test_a_run_is_drawn_once_in_the_database(coordinator, lottery):
    fields = {"run": lottery, "seed": "a", "applicants": [], "ranking": [], "drawn_by": coordinator.person}
    LotteryDraw.objects.create(**fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        LotteryDraw.objects.create(**fields)


# --- its page ---


@pytest.fixture
def closed(lottery, seated):
    """Applications ended long ago by the real clock, the lessons are far ahead."""
    Run.objects.filter(pk=lottery.pk).update(apply_until=date(2026, 1, 31))
    lottery.lessons.filter(number=1).update(starts_at="2099-02-03T10:00+09:00", ends_at="2099-02-03T17:00+09:00")
    lottery.lessons.filter(number=2).update(starts_at="2099-02-10T10:00+09:00", ends_at="2099-02-10T17:00+09:00")
    return seated(lottery, 3, state=APPLIED)


def test_draw_page_draws_and_shows_how_to_reckon_it_again(coordinator, lottery, closed):
    url = reverse("courses:run_draw", args=[lottery.pk])
    client = coordinator.client()

    client.post(url, {"seed": "立会い"})

    html = unescape(client.get(url).content.decode())
    first = LotteryDraw.objects.get().ranking[0]
    assert f"printf '%s' '立会い:{first}' | sha256sum" in html
    assert closed[0].person.full_name in html


def test_draw_page_shows_strangers_numbers_without_names(coordinator, stranger, lottery, closed):
    draw_lottery(lottery, seed="a", by=coordinator.acting(AFTER))

    html = stranger.client().get(reverse("courses:run_draw", args=[lottery.pk])).content.decode()

    assert str(closed[0].pk) in html
    assert closed[0].person.full_name not in html


def test_draw_page_is_the_colleges_to_draw(manager, instructor, lottery, closed):
    url = reverse("courses:run_draw", args=[lottery.pk])

    assert manager.client().post(url, {"seed": ""}).status_code == 403
    assert instructor.client().post(url, {"seed": ""}).status_code == 403
    assert not LotteryDraw.objects.exists()


def test_run_page_leads_the_coordinator_to_the_draw(coordinator, lottery, closed):
    html = coordinator.client().get(reverse("courses:run", args=[lottery.pk])).content.decode()

    assert "次にすること: 抽選する" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_draw_page_takes_the_same_queries(rows, coordinator, lottery, seated, django_assert_num_queries):
    seated(lottery, rows, state=APPLIED)
    draw_lottery(lottery, by=coordinator.acting(AFTER))
    url, client = reverse("courses:run_draw", args=[lottery.pk]), coordinator.client()
    client.get(url)

    with django_assert_num_queries(8):
        response = client.get(url)

    assert len(response.context["rows"]) == rows
    assert Enrolment.objects.count() == rows
