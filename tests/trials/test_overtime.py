"""The 36協定 of the agency: what is beyond it is written, told, and waits for the agency; what is beyond the law is no agreement."""

from datetime import date

import pytest

from firms.errors import Refused
from tests.trials.working import MONDAY, TUESDAY, agree, said_to, say, tell
from trials.actions.working.approving import confirm_over_limit
from trials.models import DayWord, OvertimeAgreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(trial):
    return trial.active()


def test_overtime_within_the_agreement_is_approved(at_work):
    agree(at_work)
    entry = tell(at_work, MONDAY, ends="20:30")

    assert say(at_work, entry) == 1


def test_overtime_beyond_the_agreement_is_written_told_and_waits_for_the_agency(at_work):
    agree(at_work)
    entry = tell(at_work, MONDAY, ends="20:31")

    assert entry.minutes == 661
    assert said_to(at_work.adviser.person)[-1] == "36協定の限度を超えています"
    with pytest.raises(Refused, match=r"1日の時間外労働は3時間1分で、協定の限度は3時間です。.*労働者派遣法44条2項"):
        say(at_work, entry)
    by = at_work.adviser.acting(TUESDAY)
    confirm_over_limit(entry, words="受入企業に是正を求めた", by=by)
    confirm_over_limit(entry, words="受入企業に是正を求めた", by=by)

    assert say(at_work, entry) == 1
    assert list(DayWord.objects.values_list("side", "words")) == [("agency", "受入企業に是正を求めた"), ("host", "")]


def test_without_an_agreement_there_is_no_overtime_to_approve(at_work):
    entry = tell(at_work, MONDAY, ends="17:31")

    with pytest.raises(Refused, match="この日に有効な派遣元の36協定が登録されていません"):
        say(at_work, entry)
    assert say(at_work, tell(at_work, TUESDAY)) == 1


def test_a_day_within_the_agreement_needs_no_word_of_the_agency(at_work):
    with pytest.raises(Refused, match="36協定の限度の中です"):
        confirm_over_limit(tell(at_work, MONDAY), words="確かめた", by=at_work.adviser.acting(TUESDAY))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"month_minutes": 2_701}, "1か月の限度は45時間"),
        ({"year_minutes": 21_601}, "1年の限度は360時間"),
        ({"filed_on": date(2026, 4, 2)}, "届け出てから有効"),
        ({"valid_until": date(2026, 3, 31)}, "届け出てから有効"),
    ],
)
def test_an_agreement_beyond_the_law_is_none(at_work, given, sentence):
    with pytest.raises(Refused, match=sentence):
        agree(at_work, **given)


def test_agreements_of_an_agency_do_not_overlap_and_are_seen_by_it_alone(at_work, other_adviser):
    first = agree(at_work)
    with pytest.raises(Refused, match="すでに36協定が登録されています"):
        agree(at_work, valid_from=date(2027, 3, 31), valid_until=date(2028, 3, 30))
    agree(at_work, valid_from=date(2027, 4, 1), valid_until=date(2028, 3, 31))

    seen = OvertimeAgreement.objects.visible_to
    assert list(seen(at_work.adviser.acting()).values_list("valid_from", flat=True)) == [
        date(2027, 4, 1),
        first.valid_from,
    ]
    assert list(seen(other_adviser.acting())) == []
