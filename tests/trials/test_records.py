"""What is kept beside the days: notes, papers and their versions, complaints to both sides, accidents and who files what."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.factories import TOKYO, at
from tests.trials.playing import FIRST, LAST
from tests.trials.working import MONDAY, TUESDAY, approve_all, said_to, tell
from trials.actions.outcome import ending, intent
from trials.actions.working.records import (
    answer_complaint,
    change_days_off,
    issue,
    raise_complaint,
    report_accident,
    take_step,
    write_note,
)
from trials.models import Accident, AccidentWhat, ComplaintAnswer, JobSeeker, TrialPaper
from trials.papers.kinds import KINDS
from trials.queries.records import notes_of, shown
from trials.states import Party

pytestmark = pytest.mark.django_db

HOST_NOTE = {
    "officer": "工場長 大森 一",
    "phone": "03-0000-0000",
    "commander": "班長 池上 二",
    "unit": "製造部 機械加工課",
    "duty": "役職なし",
}
AGENCY_NOTE = {
    "officer": "派遣元責任者 城南 三",
    "phone": "03-1111-1111",
    "agreement_kind": "agreement",
    "term_kind": "fixed",
    "stability": "派遣先への直接雇用の依頼",
    "training": "12月1日 安全衛生教育 2時間",
}


@pytest.fixture
def at_work(trial):
    return trial.active()


def values(facts, heading):
    part = next(one for one in facts["sections"] if one["heading"] == heading)
    return dict(part["rows"])


# --- notes and papers ---


def test_a_note_is_a_further_row_and_the_same_again_is_the_newest(at_work):
    by = at_work.manager.acting(MONDAY)
    first = write_note(at_work.placement, side=Party.HOST, given=HOST_NOTE, by=by)
    assert write_note(at_work.placement, side=Party.HOST, given=HOST_NOTE, by=by) == first

    second = write_note(at_work.placement, side=Party.HOST, given={**HOST_NOTE, "unit": "検査課"}, by=by)

    assert (second.number, notes_of(at_work.placement).host, notes_of(at_work.placement).agency) == (2, second, None)


def test_both_ledgers_fill_themselves_from_the_days_and_the_complaints(at_work):
    write_note(at_work.placement, side=Party.HOST, given=HOST_NOTE, by=at_work.manager.acting(MONDAY))
    write_note(at_work.placement, side=Party.AGENCY, given=AGENCY_NOTE, by=at_work.adviser.acting(MONDAY))
    tell(at_work, MONDAY)
    approve_all(at_work, MONDAY, day=TUESDAY)
    tell(at_work, TUESDAY, ends="17:00")
    complaint(at_work)

    host = issue(at_work.placement, kind="host_ledger", by=at_work.manager.acting(TUESDAY)).facts
    agency = issue(at_work.placement, kind="agency_ledger", by=at_work.adviser.acting(TUESDAY)).facts

    told = values(host, "派遣労働者と派遣元")
    assert told["氏名"] == at_work.placement.person.full_name
    assert told["派遣元の許可番号"] == "派13-300001"
    assert told["協定対象か否か"] == "協定対象派遣労働者"
    assert (told["責任の程度"], told["組織単位"]) == ("役職なし", "製造部 機械加工課")
    assert told["派遣元責任者"] == "派遣元責任者 城南 三 03-1111-1111"
    for facts in (host, agency):
        days = facts["sections"][2]
        assert [row[2:6] + row[7:] for row in days["table"]] == [
            ["08:30", "17:30", "1時間", "8時間", ""],
            ["08:30", "17:00", "1時間", "7時間30分", "未承認"],
        ]
        assert days["sums"][5] == "15時間30分"
        assert facts["sections"][3]["table"][0][1] == "騒音がひどい"
    assert values(agency, "派遣労働者と派遣先")["60歳以上か否か"] == "60歳未満"


def test_what_nobody_has_said_stays_empty_on_the_ledger(at_work):
    facts = issue(at_work.placement, kind="host_ledger", by=at_work.manager.acting(MONDAY)).facts

    told = values(facts, "派遣労働者と派遣元")
    assert (told["組織単位"], told["派遣先責任者"], told["協定対象か否か"]) == ("", "", "")


def exception_told(trial):
    facts = issue(trial.placement, kind="host_ledger", by=trial.manager.acting(MONDAY)).facts
    return values(facts, "派遣労働者と派遣元")["期間制限の例外"]


@pytest.mark.parametrize(
    ("born_on", "term_kind", "told"),
    [
        (date(1998, 5, 1), "fixed", "該当なし（抵触日 2028年4月1日）"),
        (date(1998, 5, 1), "indefinite", "該当（無期雇用）"),
        (date(1966, 12, 1), "fixed", "該当（60歳以上）"),
        (date(1966, 12, 2), "fixed", "該当なし（抵触日 2028年4月1日）"),
        (date(1966, 12, 1), "indefinite", "該当（60歳以上・無期雇用）"),
        (date(1966, 12, 1), None, "該当（60歳以上）"),
        (date(1998, 5, 1), None, ""),
    ],
    ids=["fixed", "indefinite", "60 on the first day", "60 a day later", "both", "60 without a note", "no note"],
)
def test_the_ledger_names_the_exceptions_of_the_bar_as_far_as_they_are_known(at_work, born_on, term_kind, told):
    JobSeeker.objects.filter(pk=at_work.placement.seeker_id).update(born_on=born_on)
    if term_kind:
        given = {**AGENCY_NOTE, "term_kind": term_kind}
        write_note(at_work.placement, side=Party.AGENCY, given=given, by=at_work.adviser.acting(MONDAY))

    assert exception_told(at_work) == told


def test_a_paper_of_the_same_facts_is_the_version_there_is(at_work):
    first = issue(at_work.placement, kind="host_notice", by=at_work.adviser.acting(MONDAY))
    assert issue(at_work.placement, kind="host_notice", by=at_work.adviser.acting(TUESDAY)) == first

    write_note(at_work.placement, side=Party.AGENCY, given=AGENCY_NOTE, by=at_work.adviser.acting(TUESDAY))
    second = issue(at_work.placement, kind="host_notice", by=at_work.adviser.acting(TUESDAY))

    assert (first.number, second.number) == (1, 2)
    assert TrialPaper.objects.get(pk=first.pk).facts == first.facts


@pytest.mark.parametrize("kind", ["no_hire_reason", "no_hire_letter", "early_end", "employment"])
def test_a_paper_without_its_facts_is_refused(at_work, kind):
    with pytest.raises(Refused, match="作る事実がまだありません"):
        issue(at_work.placement, kind=kind, by=at_work.adviser.acting(MONDAY))


def test_the_reason_of_a_no_is_printed_only_when_both_are_in(trial):
    trial.answered(host=False)

    by = trial.manager.acting(LAST)
    assert (
        values(issue(trial.placement, kind="no_hire_reason", by=by).facts, "理由")["理由"] == "図面を読む経験が足りない"
    )
    letter = issue(trial.placement, kind="no_hire_letter", by=trial.adviser.acting(LAST)).facts
    assert letter["to"] == f"{trial.placement.person.full_name} 様"


def test_while_one_side_is_silent_no_paper_tells_the_other(trial):
    trial.intent_open()
    day = LAST - timedelta(days=15)
    intent.answer(
        trial.placement, side=Party.HOST, is_yes=False, reason="図面を読む経験が足りない", by=trial.manager.acting(day)
    )

    assert not KINDS["no_hire_reason"].stands(trial.now)
    for kind, by in (("host_ledger", trial.manager), ("agency_ledger", trial.adviser)):
        assert "図面を読む" not in str(issue(trial.placement, kind=kind, by=by.acting(day)).facts)


def test_the_notice_of_the_permanent_job_says_it_has_no_term(trial):
    trial.offered()

    facts = issue(trial.placement, kind="employment", by=trial.manager.acting(LAST)).facts

    told = values(facts, "労働条件")
    assert (told["契約期間"], told["試用期間"], told["賃金"]) == ("期間の定めなし", "なし", "月給240,000円")


def test_an_early_end_of_the_host_is_printed_with_what_it_pays(at_work):
    day = date(2026, 12, 10)
    ending.end_early(
        at_work.placement,
        side=Party.HOST,
        noticed_on=day,
        ended_on=day,
        reason="受注の減少",
        is_agreed=True,
        other_work="",
        pays=True,
        by=at_work.manager.acting(day),
    )

    told = values(issue(at_work.placement, kind="early_end", by=at_work.manager.acting(day)).facts, "解除の内容")

    assert (told["解除の理由"], told["予告に代わる支払い"]) == (
        "受注の減少",
        "30日分以上の賃金に相当する額を支払う",
    )


# --- complaints ---


def complaint(trial, content="騒音がひどい"):
    return raise_complaint(
        trial.placement, side=Party.AGENCY, raised_on=MONDAY, content=content, by=trial.trialist.acting(MONDAY)
    )


def test_a_complaint_reaches_both_and_each_answers_on_its_own(at_work):
    one = complaint(at_work)
    assert said_to(at_work.manager.person)[-1] == said_to(at_work.adviser.person)[-1] == "苦情の申出がありました"

    for side, hand, words in (
        (Party.HOST, at_work.manager, "耳栓を渡した"),
        (Party.AGENCY, at_work.adviser, "現場を見た"),
    ):
        answer_complaint(one, side=side, answered_on=TUESDAY, words=words, by=hand.acting(TUESDAY))

    assert list(ComplaintAnswer.objects.values_list("side", "words")) == [
        ("host", "耳栓を渡した"),
        ("agency", "現場を見た"),
    ]
    bodies = Notification.objects.filter(person=at_work.placement.person).values_list("body", flat=True)
    assert {body for body in bodies if "対応を記録" in body} == {
        "受入企業が対応を記録しました：耳栓を渡した",
        "派遣元が対応を記録しました：現場を見た",
    }
    assert JournalEntry.objects.about(one).filter(verb="complaint.answer").count() == 2


@pytest.mark.parametrize("day", [FIRST - timedelta(days=1), TUESDAY])
def test_a_complaint_is_of_a_day_at_work_that_has_come(at_work, day):
    with pytest.raises(Refused, match="申出の日は"):
        raise_complaint(
            at_work.placement, side=Party.HOST, raised_on=day, content="あ", by=at_work.trialist.acting(MONDAY)
        )


def test_an_answer_is_not_before_the_complaint(at_work):
    one = complaint(at_work)
    with pytest.raises(Refused, match="対応の日は"):
        answer_complaint(
            one,
            side=Party.HOST,
            answered_on=MONDAY - timedelta(days=1),
            words="あ",
            by=at_work.manager.acting(TUESDAY),
        )


# --- accidents ---


def accident(trial, *, days_off=4, is_commuting=False, happened=None):
    given = {
        "happened_at": happened or datetime(2026, 12, 7, 10, 15, tzinfo=TOKYO),
        "place": "機械加工場",
        "is_commuting": is_commuting,
        "injury": "右手人差し指の切創",
        "story": "旋盤の切りくずを手で払い、指を切った",
        "days_off": days_off,
    }
    with time_machine.travel(at(MONDAY, "15:00"), tick=True):
        return report_accident(trial.placement, given=given, by=trial.adviser.acting(MONDAY))


def duties(one):
    return [(duty.side.value, duty.what.value, duty.is_open) for duty in shown(one).duties]


def test_from_four_days_off_both_file_without_delay_and_the_host_sends_a_copy(at_work):
    one = accident(at_work)

    assert shown(one).is_at_once
    assert duties(one) == [
        ("host", "file", True),
        ("host", "copy", True),
        ("agency", "file", True),
        ("host", "certify", True),
        ("agency", "claim", True),
    ]
    body = Notification.objects.filter(person=at_work.manager.person).latest("pk").body
    assert "遅滞なく報告" in body
    assert "電子申請で行います（労働安全衛生規則97条" in body


def test_below_four_days_both_file_by_the_quarter(at_work):
    one = accident(at_work, days_off=3)

    assert (shown(one).due_on, shown(one).is_at_once) == (date(2027, 1, 31), False)


@pytest.mark.parametrize("given", [{"days_off": 0}, {"is_commuting": True}], ids=["no day off", "on the way"])
def test_without_a_report_the_claim_remains(at_work, given):
    assert duties(accident(at_work, **given)) == [("host", "certify", True), ("agency", "claim", True)]


def test_a_fourth_day_off_moves_the_report_forward(at_work):
    one = accident(at_work, days_off=3)

    change_days_off(one, side=Party.AGENCY, days_off=4, by=at_work.adviser.acting(TUESDAY))

    again = Accident.objects.get(pk=one.pk)
    assert (shown(again).days_off, shown(again).is_at_once, again.days_off) == (4, True, 3)
    assert said_to(at_work.manager.person)[-1] == "休業日数が変わりました"


def test_the_copy_follows_the_report_it_is_a_copy_of(at_work):
    one = accident(at_work)
    by = at_work.manager.acting(TUESDAY)
    with pytest.raises(Refused, match=r"写しは、派遣先が死傷病報告を提出してから.*派遣法施行規則42条"):
        take_step(one, side=Party.HOST, what=AccidentWhat.COPIED, done_on=TUESDAY, by=by)

    filed = take_step(one, side=Party.HOST, what=AccidentWhat.FILED, done_on=TUESDAY, receipt="E-1", by=by)
    assert take_step(one, side=Party.HOST, what=AccidentWhat.FILED, done_on=TUESDAY, by=by) == filed
    take_step(one, side=Party.HOST, what=AccidentWhat.COPIED, done_on=TUESDAY, by=by)

    assert [open_ for _side, _what, open_ in duties(one)] == [False, False, True, True, True]


def test_a_step_of_the_other_side_is_not_one_s_own(at_work):
    one = accident(at_work)
    with pytest.raises(Refused, match="その手続きは要りません"):
        take_step(one, side=Party.AGENCY, what=AccidentWhat.COPIED, done_on=TUESDAY, by=at_work.adviser.acting(TUESDAY))


@pytest.mark.parametrize(
    "happened",
    [datetime(2026, 11, 30, 23, 59, tzinfo=TOKYO), datetime(2026, 12, 7, 15, 1, tzinfo=TOKYO)],
    ids=["before the trial", "to come"],
)
def test_an_accident_is_of_the_trial_and_has_happened(at_work, happened):
    with pytest.raises(Refused, match="発生の日時は"):
        accident(at_work, happened=happened)
