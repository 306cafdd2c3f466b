"""Months of days at work: approved by account and by link, within the 36協定, closed, opened again, and told to the agency."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from firms.actions.links import address_of, revoke_link, usable_link
from firms.errors import Refused
from firms.models import Job, JournalEntry
from tests.factories import MembershipFactory, PersonFactory, at
from tests.trials.playing import LAST, Trial, joined
from tests.trials.working import (
    MONDAY,
    TUESDAY,
    absent,
    agree,
    approve_all,
    closed,
    moment,
    month_of,
    press_in,
    said_to,
    say,
    tell,
)
from trials.actions.agreement import starting
from trials.actions.working.approving import send_approval
from trials.actions.working.closing import reopen_month
from trials.models import DayWord, Licence, MonthClosing
from trials.queries.working import entry_on, rows_of

pytestmark = pytest.mark.django_db

CLOSES = date(2027, 1, 4)


@pytest.fixture
def at_work(trial):
    return trial.active()


def link_of(trial, name="職長 五郎", email="foreman@example.jp", by=None):
    return send_approval(month_of(trial, MONDAY), name=name, email=email, by=by or trial.manager.acting(TUESDAY))


def path_of(link):
    job = Job.objects.get(once_key=f"action_link:{link.pk}")
    return urlsplit(address_of(job.payload["nonce"])).path


# --- the host's word ---


def test_the_host_approves_or_says_what_is_wrong(at_work):
    monday, tuesday = tell(at_work, MONDAY), tell(at_work, TUESDAY)

    say(at_work, monday)
    with pytest.raises(Refused, match="違うところを書いてください"):
        say(at_work, tuesday, is_ok=False)
    say(at_work, tuesday, is_ok=False, words="17時に帰った")

    words = list(DayWord.objects.values_list("entry", "is_ok", "words", "name"))
    assert words == [
        (monday.pk, True, "", at_work.manager.person.full_name),
        (tuesday.pk, False, "17時に帰った", at_work.manager.person.full_name),
    ]
    assert "勤務が承認されませんでした" in said_to(at_work.placement.person)
    say(at_work, tuesday)
    assert DayWord.objects.count() == 2


def test_a_corrected_day_asks_the_host_again(at_work):
    first = tell(at_work, MONDAY)
    say(at_work, first)
    second = tell(at_work, MONDAY, ends="17:00", because="早退を忘れた")

    assert [row.waits for row in rows_of(month_of(at_work, MONDAY)) if row.entry] == [True]
    with pytest.raises(Refused, match="画面を開いたあとに直された日"):
        say(at_work, first)
    assert say(at_work, second) == 1


def test_a_day_without_clock_out_is_not_approved(at_work):
    entry = press_in(at_work, MONDAY, "08:30")

    with pytest.raises(Refused, match="退勤がまだ記録されていません"):
        say(at_work, entry)


def test_nobody_answers_for_both(at_work, client):
    """A host whose manager is the trialist has no word on their days, by account or by link."""
    tell(at_work, MONDAY)
    MembershipFactory(person=at_work.placement.person, organisation=at_work.manager.organisation, role="manager")
    with time_machine.travel(at(TUESDAY, "09:00"), tick=True):
        client.force_login(at_work.placement.person)
        page = client.post(reverse("trials:month_approve", args=[month_of(at_work, MONDAY).pk]), {})
    assert page.status_code == 403

    person = at_work.placement.person
    for name, email in ((person.full_name, "other@example.jp"), ("職長 五郎", person.email.upper())):
        with pytest.raises(Refused, match="勤務した本人に、承認のリンクは送れません"):
            link_of(at_work, name, email)


# --- by link ---


def by_link(client, link, **given):
    with time_machine.travel(at(TUESDAY, "11:00"), tick=True):
        return client.post(path_of(link), {"name": "職長 五郎", "position": "", "use": link.uses, **given})


def test_a_foreman_without_an_account_approves_by_a_link_from_a_mail(at_work, client):
    monday, tuesday = tell(at_work, MONDAY), tell(at_work, TUESDAY)
    with time_machine.travel(at(TUESDAY, "10:00"), tick=True):
        link = link_of(at_work)
        shown = client.get(path_of(link)).content.decode()
    assert "12月7日" in shown
    assert "8時間" in shown

    answer = by_link(client, link, **{f"d{monday.pk}": "yes", f"d{tuesday.pk}": ""})

    assert answer.status_code == 302
    word = DayWord.objects.get()
    assert (word.entry, word.link, word.person, word.name, word.position) == (monday, link, None, "職長 五郎", "")
    entry = JournalEntry.objects.about(link).get(verb="link.use")
    assert (entry.details["who"], entry.details["receiver"]) == ("職長 五郎", f"{at_work.now.host.name} 職長 五郎")


def test_a_forwarded_link_asks_who_acts_and_keeps_it(at_work, client):
    monday = tell(at_work, MONDAY)
    with time_machine.travel(at(TUESDAY, "10:00"), tick=True):
        link = link_of(at_work)

    refused = by_link(client, link, name="別人 六郎", **{f"d{monday.pk}": "yes"})
    assert "立場を入力してください" in refused.content.decode()
    assert not DayWord.objects.exists()
    by_link(client, link, name="別人 六郎", position="班長（代理）", **{f"d{monday.pk}": "yes"})

    word = DayWord.objects.get()
    assert (word.name, word.position) == ("別人 六郎", "班長（代理）")
    assert JournalEntry.objects.about(link).get(verb="link.use").details["position"] == "班長（代理）"


def test_a_link_forwarded_to_the_trialist_approves_nothing(at_work, client):
    monday = tell(at_work, MONDAY)
    with time_machine.travel(at(TUESDAY, "10:00"), tick=True):
        link = link_of(at_work)

    name = at_work.placement.person.full_name
    answer = by_link(client, link, name=name, position="本人", **{f"d{monday.pk}": "yes"})

    assert "本人は、自分の勤務を承認できません" in answer.content.decode()
    assert not DayWord.objects.exists()


def test_a_link_is_of_one_month_revocable_and_ends_with_it(at_work, client):
    monday = tell(at_work, MONDAY)
    january = tell(at_work, date(2027, 1, 5))
    with time_machine.travel(at(TUESDAY, "10:00"), tick=True):
        link = link_of(at_work)
        assert "1月5日" not in client.get(path_of(link)).content.decode()
        by_link(client, link, **{f"d{january.pk}": "yes"})
        assert not DayWord.objects.exists()
        token = path_of(link).rstrip("/").split("/")[-1]
        revoke_link(link, by=at_work.manager.acting(TUESDAY))
        with pytest.raises(Refused, match="取り消されました"):
            usable_link(token)
    say(at_work, monday)
    with time_machine.travel(at(TUESDAY, "12:00"), tick=True):
        second = link_of(at_work)
    closed(at_work, MONDAY, day=CLOSES)
    with pytest.raises(Refused, match="締め済み"):
        usable_link(path_of(second).rstrip("/").split("/")[-1])


def test_a_link_ends_a_fortnight_after_the_month(at_work):
    tell(at_work, MONDAY)
    with time_machine.travel(at(TUESDAY, "10:00"), tick=True):
        link = link_of(at_work)

    assert link.expires_at.date() == date(2027, 1, 14)


# --- silence ---


def test_silence_is_reminded_after_two_open_days_and_then_goes_to_the_adviser(at_work):
    """Told on Tuesday the 8th, due on Thursday the 10th."""
    tell(at_work, MONDAY)
    host, adviser = at_work.manager.person, at_work.adviser.person

    at_work.sweep(date(2026, 12, 10))
    assert said_to(host).count("勤務の承認をお願いします") == 0
    at_work.sweep(date(2026, 12, 11))
    at_work.sweep(date(2026, 12, 12))
    assert said_to(host).count("勤務の承認をお願いします") == 1
    assert said_to(adviser).count("勤務の承認がありません") == 0
    at_work.sweep(date(2026, 12, 14))
    at_work.sweep(date(2026, 12, 15))
    assert said_to(adviser).count("勤務の承認がありません") == 1
    assert month_of(at_work, MONDAY).asked_on == date(2026, 12, 15)


def test_a_word_in_time_is_not_reminded(at_work):
    say(at_work, tell(at_work, MONDAY))

    at_work.sweep(date(2026, 12, 20))

    assert "勤務の承認をお願いします" not in said_to(at_work.manager.person)


# --- closing ---


def test_a_month_is_closed_when_it_is_over_told_and_approved(at_work):
    entry = tell(at_work, MONDAY)
    with pytest.raises(Refused, match=r"最後の日（2026年12月31日.*の翌日から"):
        closed(at_work, MONDAY, day=date(2026, 12, 31))
    with pytest.raises(Refused, match="受入企業が承認していません"):
        closed(at_work, MONDAY, day=date(2027, 1, 1))
    say(at_work, entry, is_ok=False, words="17時に帰った")
    with pytest.raises(Refused, match="受入企業が違うと答えています"):
        closed(at_work, MONDAY, day=date(2027, 1, 1))
    tell(at_work, MONDAY, ends="17:00", because="17時だった")
    press_in(at_work, TUESDAY, "08:30")
    say(at_work, entry_on(at_work.placement, MONDAY))
    with pytest.raises(Refused, match="退勤が記録されていません"):
        closed(at_work, MONDAY, day=date(2027, 1, 1))
    say(at_work, tell(at_work, TUESDAY))

    closing = closed(at_work, MONDAY, day=date(2027, 1, 1))

    assert month_of(at_work, MONDAY).state == "closed"
    assert closed(at_work, MONDAY, day=date(2027, 1, 1)) == closing
    days = closing.facts["sections"][1]
    assert [row[2:6] for row in days["table"]] == [
        ["08:30", "17:00", "1時間", "7時間30分"],
        ["08:30", "17:30", "1時間", "8時間"],
    ]
    assert days["sums"][1:6] == ["2日", "", "", "", "15時間30分"]
    assert (closing.number, closing.facts["mark"]) == (1, "")
    assert "派遣先からの通知" in said_to(at_work.adviser.person)


def test_the_last_month_ends_with_the_trial(at_work):
    tell(at_work, LAST, when=moment(LAST, "18:00"))
    approve_all(at_work, LAST)

    with pytest.raises(Refused, match="最後の日"):
        closed(at_work, LAST, day=LAST)
    assert closed(at_work, LAST, day=LAST + timedelta(days=1)).number == 1


def test_a_closed_month_takes_nothing_until_it_is_opened_with_a_reason(at_work):
    tell(at_work, MONDAY)
    approve_all(at_work, MONDAY, day=TUESDAY)
    closed(at_work, MONDAY, day=CLOSES)

    with pytest.raises(Refused, match=r"2026年12月の勤務は締め済みです.*開き直してもらって"):
        tell(at_work, MONDAY, ends="18:00", because="残業", when=moment(CLOSES, "10:00"))
    with pytest.raises(Refused, match="締め済み"):
        say(at_work, entry_on(at_work.placement, MONDAY))
    word = DayWord.objects.get()
    with pytest.raises(DatabaseError, match="month_closed"), transaction.atomic():
        DayWord.objects.create(entry=word.entry, side="agency", is_ok=True, words="あ", person=word.person, name="あ")


def test_a_month_reopened_after_the_notice_went_out_ends_in_a_corrected_notice(at_work):
    agree(at_work)
    tell(at_work, MONDAY)
    approve_all(at_work, MONDAY, day=TUESDAY)
    first = closed(at_work, MONDAY, day=CLOSES)
    with time_machine.travel(at(CLOSES, "10:00"), tick=True):
        reopen_month(month_of(at_work, MONDAY), because="残業30分の記録漏れ", by=at_work.adviser.acting(CLOSES))
        with pytest.raises(Refused, match="締められていません"):
            reopen_month(month_of(at_work, MONDAY), because="もう一度", by=at_work.adviser.acting(CLOSES))
    tell(at_work, MONDAY, ends="18:00", because="残業30分の記録漏れ", when=moment(CLOSES, "11:00"))
    approve_all(at_work, MONDAY, day=CLOSES)

    second = closed(at_work, MONDAY, day=CLOSES)

    assert (second.number, second.facts["mark"]) == (2, "訂正")
    assert second.facts["lead"] == "第1版の通知を、この第2版に替えます。"
    assert second.facts["sections"][1]["table"][0][6] == "30分"
    assert MonthClosing.objects.get(pk=first.pk).facts["sections"][1]["table"][0][6] == ""
    assert first.reopening.because == "残業30分の記録漏れ"
    subjects = said_to(at_work.manager.person)
    assert ("月を開き直しました" in subjects, "派遣先からの通知（訂正）" in subjects) == (True, True)


def test_what_was_closed_and_opened_stays(at_work):
    tell(at_work, MONDAY)
    approve_all(at_work, MONDAY, day=TUESDAY)
    closed(at_work, MONDAY, day=CLOSES)

    for table in ("trials_monthclosing", "trials_dayword"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


def test_an_absence_is_approved_and_told_by_its_code(at_work):
    tell(at_work, MONDAY, form=absent(private_words="通院"))
    approve_all(at_work, MONDAY, day=TUESDAY)

    facts = closed(at_work, MONDAY, day=CLOSES).facts

    assert facts["sections"][1]["table"][0][1:] == ["欠勤・休み", "", "", "", "", "", "本人の都合"]
    assert "通院" not in str(facts)


def test_a_29th_of_february_is_a_day_of_its_month(round, adviser, manager, posting, agency):
    """A trial over the leap day: worked, closed with it, and the three months' term reckoned past it."""
    leap = date(2028, 2, 29)
    Licence.objects.update(valid_until=date(2030, 3, 31))
    type(round).objects.update(closes_on=date(2028, 12, 31))
    person = PersonFactory(email="leap@example.jp")
    trial = Trial(joined(round, adviser, person, on=date(2026, 11, 22)), adviser, manager, posting)
    first = date(2028, 2, 1)
    posting.wage_is_checked = True
    trial.ready(first=first, last=date(2028, 3, 31))
    with time_machine.travel(at(first, "08:30"), tick=True):
        starting.start(trial.placement, safety_trained_on=first, by=manager.acting(first))
    tell(trial, leap)
    approve_all(trial, leap, day=date(2028, 3, 1))

    with pytest.raises(Refused, match="最後の日（2028年2月29日"):
        closed(trial, leap, day=leap)
    facts = closed(trial, leap, day=date(2028, 3, 1)).facts

    assert facts["sections"][1]["sums"][1] == "1日"
