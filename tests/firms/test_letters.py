"""Letters: two forms of the same words, a way for each kind, quiet hours, the morning's letter, and the count of a week."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from firms.actions.letters import tell_unusual_volumes, write_wishes
from firms.errors import Refused
from firms.models import Job, JournalEntry, LetterWishes, Notification
from firms.models.letters import LetterKind, LetterWay
from firms.policies import may_see_letter_volumes
from firms.post import jobs
from firms.post.notify import kind_of, notify
from firms.post.quiet import after_quiet, is_within, leaves_at
from firms.post.volume import verdict_of, volumes
from firms.tasks import run_job, sweep_jobs
from tests.conftest import TODAY
from tests.factories import PersonFactory, at

PATH = "/courses/mine/"


def told(person, **changes):
    given = {"subject": "日程が変わりました", "body": "第2回は10月3日です。", "path": PATH} | changes
    return notify(person, **given)


def run_due():
    sweep_jobs()
    for job in Job.objects.due():
        run_job(job.pk)


# --- two forms ---


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_plain_and_html_with_a_link_to_the_act(manager, settings):
    told(manager.person)

    (letter,) = mail.outbox
    (html,) = [part.content for part in letter.alternatives]
    link = f"{settings.SITE_URL}{PATH}"
    assert link in letter.body
    assert f'<a href="{link}">日程が変わりました</a>' in html
    assert "第2回は10月3日です。" in letter.body
    assert "第2回は10月3日です。" in html
    assert '<html lang="ja">' in html


@pytest.mark.django_db(transaction=True)
def test_markup_in_a_letter_is_words(manager):
    told(manager.person, body="<script>alert(1)</script>", subject="<b>x</b>")

    assert "<script>" not in mail.outbox[0].alternatives[0].content
    assert "<b>" not in mail.outbox[0].alternatives[0].content


def test_letters_of_accounts_have_both_forms_too(manager, client):
    client.post(reverse("account_reset_password"), {"email": manager.person.email})

    (letter,) = mail.outbox
    assert "password/reset/key/" in letter.alternatives[0].content
    assert 'href="http' in letter.alternatives[0].content
    assert "password/reset/key/" in letter.body


# --- ways ---


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/courses/mine/", "courses"),
        ("/grants/cases/1/", "grants"),
        ("/accounts/2fa/", "accounts"),
        ("/organisations/mandates/", "organisations"),
        ("/deadline", "deadline"),
        ("", "organisations"),
        ("//evil.example", "organisations"),
    ],
)
def test_a_notice_is_about_what_its_page_is_about(path, kind):
    assert kind_of(path) == kind


@pytest.mark.django_db(transaction=True)
def test_without_wishes_a_letter_leaves_at_once(manager):
    told(manager.person)

    assert len(mail.outbox) == 1
    assert Notification.objects.get().mailed_at


@pytest.mark.django_db(transaction=True)
def test_a_kind_for_the_page_alone_sends_no_letter(manager):
    write_wishes({"courses": "page"}, quiet_from=None, quiet_until=None, by=manager.acting())

    told(manager.person)
    told(manager.person, path="/grants/cases/1/")

    assert [letter.body.count("/grants/") for letter in mail.outbox] == [1]
    assert [note.way for note in Notification.objects.order_by("pk")] == ["page", "at_once"]


@pytest.mark.django_db(transaction=True)
def test_the_mornings_letter_holds_the_day_and_each_notice_once(manager, clock):
    write_wishes({"courses": "daily"}, quiet_from=None, quiet_until=None, by=manager.acting())
    for number in range(3):
        told(manager.person, subject=f"知らせ{number}")
    run_due()
    assert mail.outbox == []

    clock.move_to(at(TODAY + timedelta(days=1), "07:00"))
    run_due()
    run_due()

    (letter,) = mail.outbox
    assert letter.subject == "Takumiのお知らせ（3件）"
    assert [letter.body.count(f"■ 知らせ{number}") for number in range(3)] == [1, 1, 1]
    assert letter.alternatives[0].content.count("<h2>") == 3
    assert not Notification.objects.filter(mailed_at=None).exists()
    assert Job.objects.filter(kind="digest").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_notice_after_the_mornings_letter_is_in_the_next(manager, clock):
    write_wishes({"courses": "daily"}, quiet_from=None, quiet_until=None, by=manager.acting())
    for day in (0, 1):
        clock.move_to(at(TODAY + timedelta(days=day), "10:00"))
        told(manager.person, subject=f"知らせ{day}")
        clock.move_to(at(TODAY + timedelta(days=day + 1), "07:00"))
        run_due()

    assert [(letter.body.count("知らせ0"), letter.body.count("知らせ1")) for letter in mail.outbox] == [(1, 0), (0, 1)]


# --- quiet hours ---


@pytest.mark.parametrize(
    ("first", "end", "clock", "expected"),
    [
        ("22:00", "07:00", "21:59", False),
        ("22:00", "07:00", "22:00", True),
        ("22:00", "07:00", "06:59", True),
        ("22:00", "07:00", "07:00", False),
        ("12:00", "13:00", "11:59", False),
        ("12:00", "13:00", "12:00", True),
        ("12:00", "13:00", "13:00", False),
    ],
)
def test_quiet_hours_reach_over_midnight_and_end_before_their_end(first, end, clock, expected):
    hours = [time.fromisoformat(one) for one in (clock, first, end)]

    assert is_within(*hours) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(date(2026, 11, 20), "23:30"), at(date(2026, 11, 21), "07:00")),
        (at(date(2026, 11, 21), "00:10"), at(date(2026, 11, 21), "07:00")),
        (at(date(2026, 11, 21), "07:00"), at(date(2026, 11, 21), "07:00")),
    ],
)
def test_a_letter_of_the_night_waits_for_its_end(now, expected):
    assert after_quiet(LetterWishes(), now) == expected


def test_whoever_is_quiet_in_the_morning_gets_the_days_letter_afterwards():
    wishes = LetterWishes(quiet_from=time(6), quiet_until=time(9))

    assert leaves_at(wishes, LetterWay.DAILY, now=at(TODAY, "10:00")) == at(TODAY + timedelta(days=1), "09:00")


@pytest.mark.django_db(transaction=True)
def test_in_the_night_only_what_is_urgent_leaves(manager, clock):
    clock.move_to(at(TODAY, "23:30"))
    told(manager.person, subject="講座")
    told(manager.person, subject="今日が期限", is_urgent=True)
    told(manager.person, subject="二段階認証", path="/accounts/2fa/")
    run_due()

    assert [letter.subject for letter in mail.outbox] == ["今日が期限", "二段階認証"]

    clock.move_to(at(TODAY + timedelta(days=1), "07:00"))
    run_due()
    assert [letter.subject for letter in mail.outbox][2:] == ["講座"]


@pytest.mark.django_db(transaction=True)
def test_what_is_urgent_comes_to_who_wants_no_letters(manager):
    everything_off = dict.fromkeys(LetterKind, "page")
    write_wishes(everything_off, quiet_from=None, quiet_until=None, by=manager.acting())

    told(manager.person, subject="今日が期限", kind=LetterKind.DEADLINE, is_urgent=True)
    told(manager.person, subject="あと7日", kind=LetterKind.DEADLINE)
    told(manager.person, subject="二段階認証", path="/accounts/2fa/")

    assert [letter.subject for letter in mail.outbox] == ["今日が期限", "二段階認証"]


# --- the page ---


def typed(**changes):
    ways = {f"way_{kind}": "at_once" for kind in LetterKind if kind != LetterKind.ACCOUNTS}
    return {**ways, "quiet_from": "21:00", "quiet_until": "06:30", **changes}


def test_a_person_says_how_they_want_to_hear(manager):
    client, page = manager.client(), reverse("firms:letter_wishes")

    answer = client.post(page, typed(way_grants="daily"))

    held = LetterWishes.objects.get()
    assert answer.headers["Location"] == page
    assert (held.person, held.way_of("grants"), held.way_of("courses")) == (manager.person, "daily", "at_once")
    assert (held.quiet_from, held.quiet_until) == (time(21), time(6, 30))
    assert JournalEntry.objects.get().verb == "letter_wishes.write"
    shown = client.get(page).content.decode()
    assert 'value="21:00"' in shown
    assert "way_accounts" not in shown


@pytest.mark.parametrize("changed", [{"quiet_from": ""}, {"quiet_until": ""}, {"quiet_until": "21:00"}])
def test_half_a_stretch_is_refused_at_its_field(changed, manager):
    answer = manager.client().post(reverse("firms:letter_wishes"), typed(**changed))

    assert answer.status_code == 200
    assert "静かな時間" in str(answer.context["form"].errors["quiet_until"])
    assert not LetterWishes.objects.exists()


def test_what_always_comes_takes_no_wish(manager):
    held = write_wishes({"accounts": "page"}, quiet_from=None, quiet_until=None, by=manager.acting())

    assert held.ways == {}
    assert held.way_of("accounts") == "at_once"


def test_the_database_takes_no_half_stretch_and_no_unknown_kind(manager):
    note = told(manager.person)
    with pytest.raises(IntegrityError, match="letter_wishes_quiet_is_a_stretch"), transaction.atomic():
        LetterWishes.objects.create(person=manager.person, quiet_from=time(1), quiet_until=None)
    with pytest.raises(IntegrityError, match="notification_kind_known"), transaction.atomic():
        Notification.objects.filter(pk=note.pk).update(kind="joke")
    with pytest.raises(IntegrityError, match="notification_way_known"), transaction.atomic():
        Notification.objects.filter(pk=note.pk).update(way="pigeon")


def test_a_refusal_of_the_action_names_the_field(manager):
    with pytest.raises(Refused) as refused:
        write_wishes({}, quiet_from=time(1), quiet_until=time(1), by=manager.acting())

    assert refused.value.field == "quiet_until"


# --- the count of a week ---


@pytest.mark.parametrize(
    ("weeks", "verdict"),
    [
        ((10, 10, 10, 10, 2), ""),
        ((10, 10, 10, 10, 1), "silent"),
        ((5, 5, 5, 5, 0), "silent"),
        ((4, 4, 4, 4, 0), ""),
        ((10, 0, 10, 10, 0), "silent"),
        ((10, 10, 10, 10, 50), ""),
        ((10, 10, 10, 10, 51), "flood"),
        ((0, 0, 0, 0, 25), ""),
        ((0, 0, 0, 0, 26), "flood"),
    ],
)
def test_a_week_is_measured_by_the_usual(weeks, verdict):
    assert verdict_of(weeks) == verdict


def written(kind, count, *, days_ago):
    person = PersonFactory()
    with time_machine.travel(timezone.now() - timedelta(days=days_ago)):
        Notification.objects.bulk_create(
            Notification(person=person, subject="a", body="b", kind=kind) for _number in range(count)
        )


def test_volumes_count_five_weeks_of_each_kind_in_one_query(db, django_assert_num_queries):
    written("deadline", 2, days_ago=1)
    written("deadline", 3, days_ago=8)
    written("grants", 1, days_ago=34)
    written("grants", 9, days_ago=36)

    with django_assert_num_queries(1):
        found = {volume.kind: volume.weeks for volume in volumes(now=timezone.now())}

    assert set(found) == set(LetterKind)
    assert found["deadline"] == (0, 0, 0, 3, 2)
    assert found["grants"] == (1, 0, 0, 0, 0)


def silence():
    for week in (8, 15, 22, 29):
        written("deadline", 6, days_ago=week)


def test_the_ward_hears_once_when_reminders_fall_silent(officer, manager):
    silence()
    now = timezone.now()

    first = tell_unusual_volumes(now=now)
    again = tell_unusual_volumes(now=now + timedelta(days=1))

    assert ([volume.kind for volume in first], again) == (["deadline"], [])
    notes = Notification.objects.exclude(body="b")
    assert [(note.person, note.path) for note in notes] == [(officer.person, reverse("firms:letter_volumes"))]
    assert "週に6件" in notes[0].body


def test_an_ordinary_week_alarms_nobody(officer):
    silence()
    written("deadline", 6, days_ago=1)

    assert tell_unusual_volumes(now=timezone.now()) == []
    assert not Notification.objects.exclude(body="b").exists()


def test_the_ward_sees_the_count_and_others_do_not(officer, manager, trainee):
    silence()
    page = officer.client().get(reverse("firms:letter_volumes"))

    assert "途絶えている" in page.content.decode()
    assert reverse("firms:letter_volumes") in officer.client().get(reverse("firms:notifications")).content.decode()
    for other in (manager, trainee):
        assert other.client().get(reverse("firms:letter_volumes")).status_code == 403
        assert not may_see_letter_volumes(other.acting())


def test_the_sweep_leaves_word_that_it_ran(db):
    before = datetime.now(tz=timezone.get_current_timezone())
    sweep_jobs()

    assert jobs.swept_at() >= before
