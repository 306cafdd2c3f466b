"""Pages of the days at work: the phone, a day, a month, papers, records; who gets them and what stands on them."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from firms.offline.conflicts import mark_of_facts
from tests.factories import at
from tests.trials.test_working import sheet
from tests.trials.working import MONDAY, TUESDAY, absent, agree, approve_all, closed, month_of, tell
from trials.actions.working.records import issue
from trials.models import Accident, Complaint, DayEntry, DayWord, LedgerNote, OvertimeAgreement, TrialPaper

pytestmark = pytest.mark.django_db

NOTHING = mark_of_facts({})


@pytest.fixture
def at_work(trial):
    return trial.active()


def get(hand, name, *args, day=TUESDAY, clock="09:00"):
    with time_machine.travel(at(day, clock), tick=True):
        return hand.client().get(reverse(f"trials:{name}", args=args))


def post(hand, name, *args, given=None, day=TUESDAY, clock="09:00", **headers):
    with time_machine.travel(at(day, clock), tick=True):
        return hand.client().post(reverse(f"trials:{name}", args=args), given or {}, **headers)


def text_of(answer):
    return answer.content.decode()


def test_the_phone_shows_one_button_to_come_and_one_to_go(at_work):
    pk = at_work.placement.pk
    page = text_of(get(at_work.trialist, "days", pk))
    assert ("出勤する" in page, "退勤する" in page, "契約の就業時間 8:30–17:30" in page) == (True, True, True)

    given = {"on": TUESDAY.isoformat(), "starts_at": "", "seen_facts": NOTHING}
    assert post(at_work.trialist, "press_in", pk, given=given, clock="08:27").status_code == 302
    page = text_of(get(at_work.trialist, "days", pk, clock="12:00"))
    assert ("出勤する" in page, "退勤する" in page, "08:27–" in page, "勤務中" in page) == (False, True, True, True)

    given = {"on": TUESDAY.isoformat(), "ends_at": "", "break_minutes": "60", "comment": "", "seen_facts": NOTHING}
    assert post(at_work.trialist, "press_out", pk, given=given, clock="17:31").status_code == 302
    page = text_of(get(at_work.trialist, "days", pk, clock="17:32"))
    assert ("出勤する" in page, "退勤する" in page, "08:27–17:31" in page, "8時間4分" in page) == (
        False,
        False,
        True,
        True,
    )


def test_a_press_kept_on_the_device_counts_from_when_it_was_pressed(at_work):
    given = {"on": TUESDAY.isoformat(), "starts_at": "", "seen_facts": NOTHING}
    kept = {"HTTP_X_KEPT_FORM": "1", "HTTP_X_TYPED_AGO": str(3 * 60 * 60)}

    answer = post(at_work.trialist, "press_in", at_work.placement.pk, given=given, clock="11:27", **kept)

    assert (answer.status_code, answer["X-Answer-Kind"]) == (204, "taken")
    entry = DayEntry.objects.get()
    assert (entry.span, entry.came_late) == ("08:27–", True)


def test_a_day_from_paper_over_a_day_from_the_phone_shows_both_side_by_side(at_work):
    tell(at_work, MONDAY, ends="17:45")
    given = {
        "kind": "work",
        "starts_at": "08:30",
        "ends_at": "17:30",
        "break_minutes": "60",
        "absence": "",
        "comment": "",
        "because": "",
        "seen_facts": NOTHING,
        "scan": sheet(),
    }
    answer = post(at_work.adviser, "day", at_work.placement.pk, MONDAY.isoformat(), given=given)

    assert answer.status_code == 409
    assert ("17:45" in text_of(answer), "17:30" in text_of(answer)) == (True, True)


def test_a_refused_press_stands_on_the_page_with_its_sentence(at_work):
    given = {"on": TUESDAY.isoformat(), "ends_at": "", "break_minutes": "60", "comment": "", "seen_facts": NOTHING}

    answer = post(at_work.trialist, "press_out", at_work.placement.pk, given=given)

    assert answer.status_code == 422
    assert "出勤の記録がありません" in text_of(answer)


def test_a_forgotten_clock_out_stands_first_on_the_phone(at_work):
    given = {"on": MONDAY.isoformat(), "starts_at": "", "seen_facts": NOTHING}
    post(at_work.trialist, "press_in", at_work.placement.pk, given=given, day=MONDAY, clock="08:27")

    page = text_of(get(at_work.trialist, "days", at_work.placement.pk, day=TUESDAY + timedelta(days=1)))

    assert "2026年12月7日（月）の退勤の記録がありません" in page
    assert "出勤する" in page


def test_the_host_approves_on_the_page_of_the_month(at_work):
    entry = tell(at_work, MONDAY)
    month = month_of(at_work, MONDAY)
    page = text_of(get(at_work.manager, "month", month.pk))
    assert ("承認を待つ日" in page, f'name="d{entry.pk}"' in page) == (True, True)

    refused = post(at_work.manager, "month_approve", month.pk, given={f"d{entry.pk}": "no"})
    assert "違うところを書いてください" in text_of(refused)
    assert post(at_work.manager, "month_approve", month.pk, given={f"d{entry.pk}": "yes"}).status_code == 302
    assert DayWord.objects.get().is_ok


def test_words_to_the_adviser_are_on_no_page_of_the_host(at_work):
    tell(at_work, MONDAY, form=absent(private_words="通院のため"))
    month = month_of(at_work, MONDAY)

    pages = [text_of(get(hand, "month", month.pk)) for hand in (at_work.adviser, at_work.trialist, at_work.manager)]

    assert ["通院のため" in page for page in pages] == [True, True, False]


def test_a_month_is_closed_opened_and_its_notices_are_read(at_work):
    tell(at_work, MONDAY)
    approve_all(at_work, MONDAY, day=TUESDAY)
    month, day = month_of(at_work, MONDAY), date(2027, 1, 4)

    assert post(at_work.manager, "month_close", month.pk, day=day).status_code == 302
    page = text_of(get(at_work.manager, "month", month.pk, day=day))
    assert ("締め済み" in page, "通知 第1版（PDF）" in page) == (True, True)
    pdf = get(at_work.trialist, "month_notice", month.pk, 1, day=day)
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert post(at_work.adviser, "month_reopen", month.pk, given={"because": "漏れ"}, day=day).status_code == 302
    assert month_of(at_work, MONDAY).state == "open"
    assert "に開き直し：漏れ" in text_of(get(at_work.trialist, "month", month.pk, day=day))
    assert [
        hand.client().get(reverse("trials:month_reopen", args=[month.pk])).status_code
        for hand in (at_work.manager, at_work.trialist)
    ] == [403, 403]


def test_a_link_is_sent_from_the_page(at_work):
    tell(at_work, MONDAY)
    month = month_of(at_work, MONDAY)

    answer = post(at_work.adviser, "month_link", month.pk, given={"name": "職長 五郎", "email": "f@example.jp"})

    assert answer.status_code == 302
    assert "職長 五郎さんに承認のリンクを送っています" in text_of(get(at_work.adviser, "month", month.pk))


def test_the_agency_confirms_a_day_beyond_its_agreement(at_work):
    agree(at_work)
    entry = tell(at_work, MONDAY, ends="21:00")

    answer = post(at_work.adviser, "day_confirm", entry.pk, given={"words": "是正を求めた"})

    assert answer.status_code == 302
    assert "是正を求めた" in text_of(get(at_work.manager, "month", entry.month_id))


def test_an_agreement_is_registered_in_hours(at_work):
    given = {
        "filed_on": "2026-03-20",
        "valid_from": "2026-04-01",
        "valid_until": "2027-03-31",
        "day_hours": "3",
        "month_hours": "46",
        "year_hours": "360",
    }
    assert "1か月の限度は45時間です" in text_of(post(at_work.adviser, "agreement_new", given=given))
    assert post(at_work.adviser, "agreement_new", given={**given, "month_hours": "45"}).status_code == 302

    assert OvertimeAgreement.objects.get().month_minutes == 2_700
    assert "45時間" in text_of(get(at_work.adviser, "agreements"))


NOTE = {"officer": "工場長", "phone": "", "commander": "班長", "unit": "機械課", "duty": "役職なし"}


def test_papers_are_issued_and_read_by_their_sides_alone(at_work):
    pk = at_work.placement.pk
    assert post(at_work.manager, "ledger_note", pk, given=NOTE).status_code == 302
    assert LedgerNote.objects.get().unit == "機械課"

    assert post(at_work.manager, "paper_issue", pk, "host_ledger").status_code == 302
    made = TrialPaper.objects.get()

    answers = [get(hand, "paper", made.pk) for hand in (at_work.manager, at_work.adviser, at_work.trialist)]
    assert [one.status_code for one in answers] == [200, 403, 403]
    assert answers[0].content[:5] == b"%PDF-"
    assert "第1版（PDF）" in text_of(get(at_work.manager, "papers", pk))


def test_the_host_prints_the_contract_and_not_the_worker_s_wage(at_work):
    pk = at_work.placement.pk

    found = {
        (name, word): get(hand, "paper_signed", pk, word).status_code
        for name, hand in (("host", at_work.manager), ("agency", at_work.adviser), ("worker", at_work.trialist))
        for word in ("contract", "notice")
    }

    assert [pair for pair, status in found.items() if status == 200] == [
        ("host", "contract"),
        ("agency", "contract"),
        ("agency", "notice"),
        ("worker", "notice"),
    ]


def test_a_complaint_and_its_answers_stand_for_all_three(at_work):
    pk = at_work.placement.pk
    given = {"side": "agency", "raised_on": MONDAY.isoformat(), "content": "騒音がひどい"}
    assert post(at_work.trialist, "complaint_new", pk, given=given).status_code == 302
    one = Complaint.objects.get()
    answer = {"answered_on": TUESDAY.isoformat(), "words": "耳栓を渡した"}
    assert post(at_work.manager, "complaint_answer", one.pk, given=answer).status_code == 302

    pages = [text_of(get(hand, "records", pk)) for hand in (at_work.trialist, at_work.manager, at_work.adviser)]

    assert [("騒音がひどい" in page, "耳栓を渡した" in page) for page in pages] == [(True, True)] * 3
    assert get(at_work.trialist, "complaint_answer", one.pk).status_code == 403


def test_the_wizard_says_who_files_what_and_takes_each_step(at_work):
    given = {
        "day": MONDAY.isoformat(),
        "clock": "10:15",
        "place": "機械加工場",
        "injury": "指の切創",
        "story": "切りくずで切った",
        "days_off": "4",
    }
    assert post(at_work.manager, "accident_new", at_work.placement.pk, given=given).status_code == 302
    one = Accident.objects.get()
    page = text_of(get(at_work.manager, "accident", one.pk))
    assert ("遅滞なく（派遣先・派遣元のそれぞれ）" in page, "電子申請で提出します" in page) == (True, True)

    done = {"done_on": TUESDAY.isoformat(), "receipt": "E-100"}
    assert post(at_work.manager, "accident_step", one.pk, "file", given=done).status_code == 302
    assert post(at_work.adviser, "accident_days_off", one.pk, given={"days_off": "3"}).status_code == 302

    page = text_of(get(at_work.adviser, "accident", one.pk))
    assert ("E-100" in page, "死傷病報告：2027年1月31日（日）まで" in page) == (True, True)
    assert get(at_work.adviser, "accident_step", one.pk, "days_off").status_code == 404


def test_nobody_else_finds_any_of_it(at_work, other_adviser, stranger, officer):
    entry = tell(at_work, MONDAY)
    approve_all(at_work, MONDAY, day=TUESDAY)
    closed(at_work, MONDAY, day=date(2027, 1, 4))
    made = issue(at_work.placement, kind="host_ledger", by=at_work.manager.acting(TUESDAY))
    pk, month = at_work.placement.pk, entry.month_id
    pages = [
        *(("days", pk), ("day", pk, MONDAY.isoformat()), ("month", month), ("month_link", month)),
        *(("month_notice", month, 1), ("papers", pk), ("paper", made.pk), ("paper_signed", pk, "contract")),
        *(("records", pk), ("complaint_new", pk), ("accident_new", pk), ("ledger_note", pk), ("day_confirm", entry.pk)),
    ]

    hands = (other_adviser, stranger, officer)
    answers = [(name, get(hand, name, *args).status_code) for name, *args in pages for hand in hands]

    assert {name for name, status in answers if status != 404} == set()


@pytest.mark.parametrize("days", [1, 3])
def test_a_month_asks_the_same_number_of_queries_however_many_days(at_work, django_assert_num_queries, days):
    for n in range(days):
        tell(at_work, MONDAY + timedelta(days=n))
    month = month_of(at_work, MONDAY)
    url = reverse("trials:month", args=[month.pk])
    with time_machine.travel(at(MONDAY + timedelta(days=5), "09:00"), tick=True):
        client = at_work.manager.client()
        client.get(url)
        with django_assert_num_queries(10):
            client.get(url)


@pytest.mark.parametrize("days", [1, 3])
def test_the_phone_asks_the_same_number_of_queries_however_many_days(at_work, django_assert_num_queries, days):
    for n in range(days):
        tell(at_work, MONDAY + timedelta(days=n))
    url = reverse("trials:days", args=[at_work.placement.pk])
    with time_machine.travel(at(MONDAY + timedelta(days=5), "09:00"), tick=True):
        client = at_work.trialist.client()
        client.get(url)
        with django_assert_num_queries(10):
            client.get(url)


def test_a_scan_that_is_no_picture_is_refused(at_work):
    given = {
        "kind": "work",
        "starts_at": "08:30",
        "ends_at": "17:30",
        "break_minutes": "60",
        "absence": "",
        "comment": "",
        "because": "",
        "seen_facts": NOTHING,
        "scan": SimpleUploadedFile("a.png", b"no picture", "image/png"),
    }

    answer = post(at_work.adviser, "day", at_work.placement.pk, MONDAY.isoformat(), given=given)

    assert "中身が拡張子" in text_of(answer)
    assert not DayEntry.objects.exists()
