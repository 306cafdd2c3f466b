"""Who finished within the days, when it may be claimed and what it draws, reckoned by hand."""

from datetime import date

import pytest

from courses.models import LearningEvent
from courses.states import EnrolmentState
from firms.errors import Refused
from grants.actions.claims import freeze_claim
from grants.actions.deadlines import refresh
from grants.actions.statements import add_cost
from grants.cases.reach import reaches
from grants.claims.assessment import assess_claim
from grants.claims.claim_page import late_records
from grants.facts import gather_claim
from tests.grants.conftest import freeze_anyway, fresh, say_at_the_claim
from tests.grants.online.conftest import (
    CLAIM_DAY,
    LAST,
    certify,
    learn,
    learn_all,
    moment,
    units_of,
)


def test_claim_counts_who_finished_within_the_days(paid, enrolled):
    facts = gather_claim(paid, CLAIM_DAY)

    assert [
        (one["completed"], one["completed_on"], one["attended_minutes"], one["percent"]) for one in facts["workers"]
    ] == [
        (True, "2027-02-12", 760, 100),
        (True, "2027-03-09", 760, 100),
        (False, None, 630, 82),
    ]
    assert facts["grant"]["standard_hours"] == 12
    assert "planned_minutes" not in facts["grant"]
    assert [one["wage_minutes"] for one in facts["grant"]["workers"]] == [0, 0, 0]
    assert facts["training"]["first_attended_on"] == "2027-02-12"


def test_claim_pays_those_alone_and_no_wages(paid):
    """22,000 × 75% × 2 = 33,000."""
    outcome = assess_claim(paid, CLAIM_DAY).outcome

    assert (outcome["expense_aid"], outcome["wage_aid"], outcome["total"]) == (33_000, 0, 33_000)
    assert [part["supported"] for part in outcome["workers"]] == [True, True, False]


def test_unfinished_is_unknown_until_the_days_are_over(paid):
    during, after = (gather_claim(paid, day)["workers"][2]["completed"] for day in (LAST, date(2027, 4, 1)))

    assert (during, after) == (None, False)


def test_unit_finished_a_day_late_does_not_count(finished, enrolled):
    learn(enrolled[2], units_of(finished)[2], date(2027, 4, 1))

    worker = gather_claim(finished, CLAIM_DAY)["workers"][2]

    assert (worker["completed"], worker["attended_minutes"]) == (False, 630)
    assert worker["log"]["units"][2]["result"] == "期間外の修了（数えません）"


def test_last_minute_of_the_last_day_counts(finished, enrolled):
    learn(enrolled[2], units_of(finished)[2], LAST, end="23:59:59")

    assert gather_claim(finished, CLAIM_DAY)["workers"][2]["completed_on"] == "2027-03-31"


def test_quiz_the_night_before_the_first_day_spoils_the_claim(paid, enrolled):
    LearningEvent.objects.create(
        enrolment=enrolled[2], unit=units_of(paid)[2], kind="opened", at=moment(date(2027, 1, 31), "23:59:59")
    )

    conditions = {one["code"]: one["state"] for one in assess_claim(paid, CLAIM_DAY).outcome["conditions"]}

    assert conditions["nothing_before_start"] == "unmet"


def test_college_that_says_not_completed_is_believed(finished, enrolled):
    enrolled[0].state = EnrolmentState.NOT_COMPLETED
    enrolled[0].save()

    assert gather_claim(finished, CLAIM_DAY)["workers"][0]["completed"] is False


def test_missing_certificate_is_named_for_each_who_finished(paid, enrolled):
    certify(enrolled[0], on=date(2027, 3, 1))

    opens = [one for one in assess_claim(paid, CLAIM_DAY).outcome["conditions"] if one["code"] == "certificate"]

    assert [(one["subject"], one["state"]) for one in opens] == [(str(enrolled[1].pk), "unknown")]


def test_claim_opens_the_day_after_everybody_finished(finished, enrolled):
    """The last of them on the 20th: from the 21st, and still until the end of May."""
    learn(enrolled[2], units_of(finished)[2], date(2027, 3, 20))
    refresh(finished, by=None)

    window, row = gather_claim(finished, CLAIM_DAY)["claim_window"], finished.deadlines.open().get(code="claim")

    assert (window["first"], window["last"]) == ("2027-03-21", "2027-05-31")
    assert (row.first_on, row.last_on) == (date(2027, 3, 21), date(2027, 5, 31))


def test_claim_waits_for_the_last_day_while_somebody_learns(finished):
    assert gather_claim(finished, CLAIM_DAY)["claim_window"]["first"] == "2027-04-01"


@pytest.mark.parametrize(("day", "refused"), [(date(2027, 3, 20), True), (date(2027, 3, 21), False)])
def test_claim_is_frozen_early_only_after_the_last_finished(paid, enrolled, advisor, day, refused):
    learn(enrolled[2], units_of(paid)[2], date(2027, 3, 20))
    by = advisor.acting(day)

    if refused:
        with pytest.raises(Refused, match="2027年3月21日"):
            freeze_anyway(paid, by=by)
    else:
        assert freeze_anyway(paid, by=by).total_yen == 49_500


def test_standings_ask_for_all_or_nothing(finished):
    found = reaches(finished, on=CLAIM_DAY)

    assert [(one.attended_minutes, one.best_percent, one.can_pass) for one in found] == [
        (760, 100, True),
        (760, 100, True),
        (630, 82, False),
    ]


def test_learner_who_left_the_firm_has_it_said(finished, enrolled):
    employment = enrolled[0].employment
    employment.ended_on = date(2027, 3, 5)
    employment.save()

    (found,) = [
        one for one in assess_claim(finished, CLAIM_DAY).outcome["conditions"] if one["code"] == "employed_throughout"
    ]

    assert found["subject"] == str(enrolled[0].pk)
    assert "2027年3月6日 に在籍していません。eラーニングと通信制は、退職しても期間内に修了" in found["because"]


@pytest.mark.parametrize(
    ("issued", "facts", "completed"),
    [
        (date(2027, 3, 31), {}, True),
        (date(2027, 4, 1), {}, None),
        (date(2027, 4, 5), {"completed_on": "2027-03-20"}, True),
        (None, {}, None),
    ],
    ids=["issued within", "issued after", "issued after, finished within", "none"],
)
def test_correspondence_is_known_by_its_certificate(letters, filed, enrolled, issued, facts, completed):
    if issued:
        certify(enrolled[0], on=issued, **facts)

    assert gather_claim(filed, CLAIM_DAY)["workers"][0]["completed"] is completed


def test_correspondence_is_claimed_after_its_last_day_alone(letters, filed, enrolled):
    for n, one in enumerate(enrolled):
        certify(one, on=date(2027, 2, 20), number=f"C-{n}")

    assert gather_claim(filed, CLAIM_DAY)["claim_window"]["first"] == "2027-04-01"


def test_log_that_grows_after_the_claim_is_shown_and_leaves_it_alone(paid, enrolled, advisor):
    freeze_anyway(paid, by=advisor.acting(CLAIM_DAY))
    before = paid.claims.get()

    learn(enrolled[2], units_of(paid)[2], date(2027, 3, 30))

    assert late_records(fresh(paid), before) == [
        "矢口 太郎さんの受講時間が 10時間30分（82%）から 12時間40分（100%）に変わりました。"
    ]
    assert paid.claims.get().total_yen == 33_000


@pytest.mark.parametrize(
    ("start", "end", "is_told"),
    [
        ("09:00", "11:30", False),
        ("19:10", "20:40", True),
        ("16:00", "19:00", True),
        ("12:30", "14:00", True),
    ],
    ids=["at work", "in the evening", "until the evening", "begun in the break"],
)
def test_learning_outside_working_hours_is_said_of_each_person_before_freezing(
    filed, enrolled, manager, advisor, start, end, is_told
):
    first, *others = units_of(filed)
    learn(enrolled[0], first, date(2027, 2, 12), start=start, end=end)
    for unit in others:
        learn(enrolled[0], unit, date(2027, 2, 12))
    learn_all(enrolled[1], date(2027, 3, 9))
    add_cost(filed, amount_yen=66_000, paid_on=date(2027, 3, 1), payer="firm", by=manager.acting(CLAIM_DAY))
    say_at_the_claim(filed, manager, on=CLAIM_DAY)

    found = assess_claim(fresh(filed), CLAIM_DAY)
    told = [one for one in found.outcome["conditions"] if one["code"] == "learned_in_hours"]

    assert [one["subject"] for one in told] == [str(enrolled[0].pk)] * is_told
    assert found.outcome["payable_amount"] > 0
    if is_told:
        assert "「三面図」2月12日" in told[0]["because"]
        with pytest.raises(Refused, match="労働時間中に受講した"):
            freeze_claim(fresh(filed), by=advisor.acting(CLAIM_DAY))


def test_without_a_working_pattern_nobody_can_say_it_was_at_work(paid, enrolled):
    enrolled[0].employment.pattern = None
    enrolled[0].employment.save()

    found = assess_claim(fresh(paid), CLAIM_DAY)

    told = [one for one in found.outcome["conditions"] if one["code"] == "learned_in_hours"]
    assert [one["subject"] for one in told] == [str(enrolled[0].pk)]
    assert "勤務形態が未登録" in told[0]["because"]
