"""The papers of the other steps: application, posting, viewing, pay explained, time sheet, complaints, wishes, offer, retention."""

from datetime import date, timedelta

import pytest

from firms.errors import Refused
from tests.conftest import TODAY
from tests.trials.playing import LAST
from tests.trials.test_papers import printed, read_back
from tests.trials.test_records import AGENCY_NOTE, complaint, values
from tests.trials.working import MONDAY, TUESDAY, tell
from trials.actions.matching import proposals
from trials.actions.matching.seekers import withdraw_consent
from trials.actions.outcome import intent
from trials.actions.working.records import write_note
from trials.models.matching import REQUIRED_TEXTS
from trials.papers.kinds import KINDS
from trials.states import Party

pytestmark = pytest.mark.django_db


def test_application_prints_each_consent_in_the_words_that_were_agreed_to(trial):
    trial.drafted()
    consents = list(trial.placement.seeker.consents.all())
    withdraw_consent(consents[-1], by=trial.trialist.acting())

    text = read_back(printed(trial, "application"))

    for one in consents:
        assert "".join(one.text.split()) in text
    assert text.count("撤回2026年11月20日") == 1


def test_posting_prints_every_item_the_law_asks_for(trial):
    trial.matching()

    text = read_back(printed(trial, "posting_sheet"))

    for name in REQUIRED_TEXTS:
        assert "".join(str(getattr(trial.posting, name)).split()) in text


def test_viewing_is_printed_with_its_day(trial):
    trial.matching()
    assert not KINDS["viewing"].stands(trial.now)
    given = {"kind": "interview", "held_on": TODAY, "note": "工場を歩いた"}
    proposals.record_viewing(trial.placement, by=trial.adviser.acting(), **given)

    text = read_back(printed(trial, "viewing"))

    assert "2026年11月20日面接" in text
    assert "工場を歩いた" in text


def test_pay_is_explained_before_the_start_and_what_nobody_wrote_is_left_to_a_pen(trial):
    trial.contracted()

    told = values(printed(trial, "pay_explained").facts, "明示する事項")

    assert (told["賃金"], told["昇給の有無"], told["協定対象か否か"]) == ("時給1,400円", "", "")
    write_note(trial.placement, side=Party.AGENCY, given=AGENCY_NOTE, by=trial.adviser.acting())
    told = values(printed(trial, "pay_explained").facts, "明示する事項")
    assert (told["協定対象か否か"], told["苦情の申出先"]) == (
        "協定対象派遣労働者",
        "派遣元責任者 城南 三 03-1111-1111",
    )


def test_time_sheet_and_complaint_sheet_print_what_was_told(trial):
    trial.active()
    tell(trial, MONDAY)
    complaint(trial)

    assert "2026年12月7日出勤08:3017:301時間8時間" in read_back(printed(trial, "timesheet", on=TUESDAY))
    assert "騒音がひどい" in read_back(printed(trial, "complaints", on=TUESDAY))


def test_wishes_are_printed_when_both_are_in_and_without_private_words(trial):
    trial.intent_open()
    day = LAST - timedelta(days=15)
    intent.answer(trial.placement, side=Party.WORKER, is_yes=True, words="通勤が遠い", by=trial.trialist.acting(day))
    with pytest.raises(Refused, match="作る事実がまだありません"):
        printed(trial, "wishes", on=day)
    intent.answer(trial.placement, side=Party.HOST, is_yes=False, reason="図面の経験", by=trial.manager.acting(day))

    text = read_back(printed(trial, "wishes", on=day))

    assert "本人採用を希望するなし" in text
    assert "受入企業採用を希望しない図面の経験" in text
    assert "通勤が遠い" not in text


def test_offer_letter_and_retention_are_printed(trial):
    trial.retention_6()

    letter = read_back(printed(trial, "offer_letter", on=date(2027, 8, 1)))
    asked = read_back(printed(trial, "retention", on=date(2027, 8, 1)))

    assert "期間の定めのない雇用で採用する" in letter
    assert "6か月（2027年8月1日）本人わからない（回答なし）" in asked
    assert "1か月（2027年3月1日）受入企業在籍している" in asked


def test_article_numbers_nobody_confirmed_are_said_to_be_unverified(trial):
    trial.contracted()

    assert printed(trial, "pay_explained").facts["law"].endswith("（施行規則の条番号は未確認）")
