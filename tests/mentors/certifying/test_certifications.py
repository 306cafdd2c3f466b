"""A certification: number, term, reminders, register, suspension, withdrawal, paper and public check."""

import io
from datetime import date, timedelta

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from firms.errors import Refused
from firms.models import Notification
from mentors.actions.certifying.issuing import lift, list_publicly, remind_of_renewal, suspend, unlist, withdraw
from mentors.models import Certification, RenewalReminder
from mentors.models.certifying.certifications import Standing
from mentors.queries.certifying.register import register
from mentors.tasks import sweep
from tests.conftest import TODAY
from tests.mentors.makers import certification_of, certified, craftsman

DAY = timedelta(days=1)


@pytest.fixture
def held(master, officer):
    return certified(master, officer)


def found(words="", occupation="", on=TODAY):
    chosen = {"occupation": occupation} if occupation else {}
    return [one.number for one in register(words=words, chosen=chosen, on=on)]


def test_certification_has_number_term_and_reminders(held):
    assert (held.number[:5], held.certified_on, held.last_on) == ("M2026", TODAY, date(2031, 11, 19))
    assert [(one.months, one.due_on) for one in held.reminders.order_by("-months")] == [
        (6, date(2031, 5, 19)),
        (1, date(2031, 10, 19)),
    ]


def test_numbers_follow_each_other(held, officer):
    second = certified(craftsman("二人"), officer)

    assert int(second.number[-4:]) == int(held.number[-4:]) + 1


def test_renewal_begins_where_the_term_ends(held, master, officer):
    again = certified(master, officer)

    assert (again.certified_on, again.standing_on(TODAY)) == (held.last_on + DAY, Standing.AHEAD)


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (TODAY - DAY, Standing.AHEAD),
        (TODAY, Standing.VALID),
        (date(2031, 11, 19), Standing.VALID),
        (date(2031, 11, 20), Standing.OVER),
    ],
)
def test_standing_on_both_sides_of_the_term(day, standing, held):
    assert held.standing_on(day) == standing
    assert (held in Certification.objects.valid_on(day)) == (standing == Standing.VALID)


def test_suspension_counts_from_its_first_day_to_its_last(held, officer):
    suspend(held, because="本人の病気のため", by=officer.acting())
    lift(held, because="回復したため", by=officer.acting(TODAY + 9 * DAY))
    held = Certification.objects.get()

    days = [TODAY - DAY, TODAY, TODAY + 9 * DAY, TODAY + 10 * DAY]

    assert [held.standing_on(day) for day in days][1:] == [Standing.SUSPENDED, Standing.SUSPENDED, Standing.VALID]
    assert [Certification.objects.valid_on(day).exists() for day in days] == [False, False, False, True]
    assert Notification.objects.filter(person=held.person, subject__startswith="認定が停止されました").exists()


def test_suspended_twice_or_lifted_without_is_refused(held, officer):
    with pytest.raises(Refused, match="停止していません"):
        lift(held, because="回復したため", by=officer.acting())
    suspend(held, because="調査のため", by=officer.acting())

    with pytest.raises(Refused, match="すでに停止しています"):
        suspend(held, because="調査のため", by=officer.acting())


def test_withdrawn_leaves_the_register_and_counts_no_more(held, officer, master):
    withdraw(held, because="虚偽の申請のため", by=officer.acting())

    held.refresh_from_db()
    assert (held.standing_on(TODAY), held.is_listed, found()) == (Standing.WITHDRAWN, False, [])
    for act in (
        lambda: withdraw(held, because="もう一度", by=officer.acting()),
        lambda: suspend(held, because="もう一度", by=officer.acting()),
        lambda: list_publicly(held, by=master.acting()),
    ):
        with pytest.raises(Refused, match="取り消され"):
            act()


# --- reminders ---


def test_reminder_is_sent_once_also_after_a_missed_night(held, clock):
    clock.move_to("2031-05-25T10:00+09:00")

    sweep()
    sweep()

    assert Notification.objects.filter(subject__startswith="認定の期限が近づいています").count() == 1
    assert RenewalReminder.objects.exclude(sent_at=None).count() == 1


def test_reminder_is_not_sent_the_day_before(held, clock):
    clock.move_to("2031-05-18T10:00+09:00")
    sweep()
    assert RenewalReminder.objects.exclude(sent_at=None).count() == 0


def test_who_has_renewed_or_lost_it_is_not_reminded(held, master, officer):
    certified(master, officer)
    remind_of_renewal(held.reminders.first(), on=date(2031, 5, 19))

    gone = certification_of(craftsman("外"), officer.organisation)
    last = RenewalReminder.objects.create(certification=gone, months=6, due_on=TODAY)
    withdraw(gone, because="申出", by=officer.acting())
    remind_of_renewal(last, on=TODAY)

    assert not Notification.objects.filter(subject__startswith="認定の期限が近づいています").exists()


# --- the register ---


def test_register_shows_who_agreed_and_is_valid(ward, officer):
    for number, fields in enumerate(
        [{"is_listed": True}, {"is_listed": False}, {"is_listed": True, "last_on": TODAY}, {"is_listed": True}]
    ):
        certification_of(craftsman(f"職{number}"), ward, number=f"M{number}", **fields)
    suspend(Certification.objects.get(number="M3"), because="調査", by=officer.acting())

    assert found() == ["M0", "M2"]
    assert found(on=TODAY + DAY) == ["M0"]


@pytest.mark.parametrize(
    "words", ["旋盤", "ｾﾝﾊﾞﾝ", "せんばん", "ねじ", "ネジ切り", "大田", "機械加工　ねじ", "段取り 旋盤", "ＮＣ"]
)
def test_register_forgives_width_case_and_kana(words, ward):
    certification_of(craftsman("職"), ward, is_listed=True)
    certification_of(craftsman("溶"), ward, number="M2", occupation="welding", is_listed=False)

    assert found(words) == ["M2026-001-9999"]


def test_register_is_narrowed_by_occupation(ward):
    certification_of(craftsman("職"), ward, is_listed=True)
    certification_of(craftsman("溶"), ward, number="M2", occupation="welding", is_listed=True)

    assert found(occupation="welding") == ["M2"]
    assert found("鋳物") == []


def test_holder_comes_and_goes(held, master):
    unlist(held, by=master.acting())
    assert found() == []
    list_publicly(held, by=master.acting())
    list_publicly(held, by=master.acting())
    assert found() == [held.number]


def test_register_page_is_open_and_asks_as_often_for_three_as_for_one(ward, django_assert_num_queries):
    address = reverse("mentors:register")
    certification_of(craftsman("職1"), ward, is_listed=True)
    with django_assert_num_queries(5):
        one = Client().get(address)
    for number in (2, 3):
        certification_of(craftsman(f"職{number}"), ward, number=f"M{number}", is_listed=True)
    with django_assert_num_queries(5):
        three = Client().get(address)

    assert ("職1" in one.content.decode(), "職3" in three.content.decode()) == (True, True)


# --- paper and check ---


def test_certificate_is_one_page_with_name_number_and_code(held, master):
    answer = master.client().get(reverse("mentors:certificate_pdf", args=[held.pk]))

    paper = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    text = paper[0].get_textpage().get_text_bounded()
    paper_length = len(paper)
    paper.close()
    assert (answer.status_code, paper_length) == (200, 1)
    assert [word for word in ("匠 太郎", held.number, held.spoken_code, "機械加工") if word not in text] == []


def test_certificate_of_the_longest_words_stays_one_page(ward):
    who = craftsman("長" * 40)
    held = certification_of(who, ward)
    Certification.objects.filter(pk=held.pk)
    held.facts |= {"name": "長" * 40, "teaches": "段" * 200, "designation": "ものづくりマイスター（IT部門）"}
    held.facts |= {
        "occupation": "職" * 30,
        "ward": "区" * 30,
        "representative_title": "区長",
        "representative_name": "名" * 20,
    }
    from mentors.papers.certificate import certificate_pdf

    paper = pypdfium2.PdfDocument(io.BytesIO(certificate_pdf(held, check_url="https://takumi.example/check/x")))
    pages = len(paper)
    paper.close()
    assert pages == 1


def test_withdrawn_certificate_is_not_printed(held, master, officer):
    withdraw(held, because="虚偽", by=officer.acting())

    answer = master.client().get(reverse("mentors:certificate_pdf", args=[held.pk]))

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("how", "said"),
    [("valid", "有効な認定です"), ("suspended", "この認定は停止しています"), ("withdrawn", "この認定は無効です")],
)
def test_public_check_says_what_it_is_worth_and_no_reason(how, said, held, officer):
    if how == "suspended":
        suspend(held, because="病気のため", by=officer.acting())
    if how == "withdrawn":
        withdraw(held, because="病気のため", by=officer.acting())

    shown = Client().get(reverse("mentors:certificate_check", args=[held.check_code])).content.decode()

    assert said in shown
    assert "病気" not in shown


def test_public_check_of_an_unknown_code_says_so(held):
    answer = Client().get(reverse("mentors:certificate_check", args=["NOSUCHCODE"]))

    assert answer.status_code == 404
    assert "この照会コードの認定証はありません" in answer.content.decode()


def test_typed_code_finds_the_check_page(held):
    answer = Client().get(reverse("mentors:certificate_find"), {"code": held.spoken_code.lower()})

    assert answer.url == reverse("mentors:certificate_check", args=[held.check_code])
