"""eラーニング and 通信制: what is planned, finished within the days, claimed and printed, reckoned by hand."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from courses.models import Certificate, Course, LearningEvent, Run, Unit
from courses.states import EnrolmentState
from firms.errors import Refused
from grants.actions.deadlines import refresh, tell_change
from grants.actions.statements import add_cost
from grants.assessment import assess_claim
from grants.claim_page import late_records
from grants.facts import drift_of, gather_claim, gather_plan
from grants.missing import missing_for_plan
from grants.papers import forms_of_claim, forms_of_plan
from grants.queries import candidates, forecast
from grants.standing import standings
from tests.factories import LessonFactory, RunFactory
from tests.grants.conftest import FILED_ON, freeze_anyway, fresh
from tests.grants.papers.conftest import read_back, squeezed

TOKYO = ZoneInfo("Asia/Tokyo")
FIRST, LAST = date(2027, 2, 1), date(2027, 3, 31)
CLAIM_DAY = date(2027, 4, 5)
UNITS = (("video", "三面図", 300), ("text", "寸法と公差", 330), ("quiz", "確認テスト", 130))


def moment(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=TOKYO)


def learn(enrolment, unit, day, *, start="09:00:07", end="11:30:59"):
    """Opened and finished on one day."""
    for kind, clock in (("opened", start), ("completed", end)):
        LearningEvent.objects.create(enrolment=enrolment, unit=unit, kind=kind, at=moment(day, clock))


def learn_all(enrolment, day):
    for unit in enrolment.run.course.units.filter(retired_at=None):
        learn(enrolment, unit, day)


def certify(enrolment, *, on, number="C-1", **facts):
    return Certificate.objects.create(
        enrolment=enrolment,
        number=number,
        check_code=number,
        status_index=int(number[2:]),
        facts=facts,
        issued_on=on,
        issued_by=enrolment.person,
    )


@pytest.fixture
def run(college):
    """図面の読み方: 12 hours 40 minutes of units, open for two months, 22,000 yen."""
    run = RunFactory(
        course__college=college,
        course__title="図面の読み方",
        course__method="e_learning",
        course__provider_page="https://example.jp/zumen",
        course__hours="13.0",
        learn_from=FIRST,
        learn_until=LAST,
        venue="（架空）大森機械製作所 事務所",
    )
    for number, (kind, title, minutes) in enumerate(UNITS, start=1):
        Unit.objects.create(
            course=run.course, number=number, kind=kind, title=title, standard_minutes=minutes, duration_seconds=60
        )
    return run


@pytest.fixture
def finished(filed, enrolled):
    """Two finish everything, on the 12th of February and the 9th of March; the third leaves the quiz."""
    learn_all(enrolled[0], date(2027, 2, 12))
    learn_all(enrolled[1], date(2027, 3, 9))
    for unit in filed.run.course.units.all()[:2]:
        learn(enrolled[2], unit, date(2027, 3, 20))
    return filed


@pytest.fixture
def paid(finished, manager):
    add_cost(finished, amount_yen=66_000, paid_on=date(2027, 3, 1), payer="firm", by=manager.acting(CLAIM_DAY))
    return fresh(finished)


def units_of(case):
    return list(case.run.course.units.all())


def change_of(case):
    (found,) = drift_of(case, case.plans.get())
    return found


def test_plan_holds_days_units_and_whole_hours(stated):
    """300 + 330 + 130 = 760 minutes, and 12 whole hours."""
    training = gather_plan(stated, on=FILED_ON)["training"]

    assert (training["starts_on"], training["ends_on"]) == ("2027-02-01", "2027-03-31")
    assert (training["planned_minutes"], training["standard_hours"], training["lessons"]) == (760, 12, [])
    assert [(unit["title"], unit["minutes"]) for unit in training["units"]] == [unit[1:] for unit in UNITS]


def test_plan_without_units_takes_the_hours_of_the_course(stated):
    Unit.objects.all().delete()

    training = gather_plan(fresh(stated), on=FILED_ON)["training"]

    assert (training["planned_minutes"], training["standard_hours"], training["units"]) == (780, 13, [])


def test_plan_window_counts_from_the_first_day_of_access(stated):
    row = stated.deadlines.get()

    assert (row.event_on, row.first_on, row.last_on) == (FIRST, date(2026, 8, 1), date(2027, 1, 4))


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ({"learn_from": None, "learn_until": None}, "学習できる期間"),
        ({"page": ""}, "公開しているページ"),
        ({"lesson": True}, "組み合わせた計画"),
    ],
    ids=["no days", "not public", "mixed with lessons"],
)
def test_plan_names_what_an_online_run_lacks(stated, change, label):
    if change.pop("lesson", False):
        LessonFactory(run=stated.run)
    if "page" in change:
        Course.objects.update(provider_page=change.pop("page"))
    Run.objects.filter(pk=stated.run_id).update(apply_until=date(2027, 1, 31), **change)

    lacks = [one.label for one in missing_for_plan(gather_plan(fresh(stated), on=FILED_ON)) if one.is_needed]

    assert len(lacks) == 1
    assert label in lacks[0]


def test_forecast_of_three_learners_by_hand(run, establishment, enrolled):
    """22,000 × 75% × 3 = 49,500, and no wage aid."""
    found = forecast(run, establishment, [one.employment for one in enrolled], date(2026, 11, 20))

    assert (found.expense_aid, found.wage_aid, found.facts.standard_hours) == (49_500, 0, 12)
    assert (found.claim_window.first, found.claim_window.last) == (date(2027, 4, 1), date(2027, 5, 31))
    assert "賃金助成はありません" in [spoiler.title for spoiler in found.spoilers]
    assert "所定労働時間の外の訓練があります" not in [spoiler.title for spoiler in found.spoilers]


def test_run_without_days_has_no_forecast(run, establishment, enrolled):
    run.learn_from = run.learn_until = None

    assert forecast(run, establishment, [enrolled[0].employment], date(2026, 11, 20)) is None


def test_online_run_without_a_case_waits_for_one(run, firm, enrolled):
    (found,) = candidates([firm], today=date(2026, 11, 20))

    assert (found.run_id, found.starts_on, found.people) == (run.pk, FIRST, 3)


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
    found = standings(finished, on=CLAIM_DAY)

    assert [(one.attended_minutes, one.best_percent, one.can_pass) for one in found] == [
        (760, 100, True),
        (760, 100, True),
        (630, 82, False),
    ]


def test_unchanged_run_has_no_departure(filed):
    assert drift_of(filed, filed.plans.get()) == []


def test_longer_unit_asks_for_a_notice_before_the_first_day(filed):
    Unit.objects.filter(title="三面図").update(standard_minutes=200)

    found = change_of(filed)

    assert found.label == "教材「三面図」の標準学習時間が 300分 から 200分 に変わりました"
    assert (found.action, found.due) == ("change_notice", date(2027, 1, 31))
    assert "労働局に確かめてください" in found.because


def test_new_version_added_and_retired_units_are_departures(filed):
    first, second, _third = units_of(filed)
    now = moment(FILED_ON, "12:00:00")
    Unit.objects.filter(pk__in=[first.pk, second.pk]).update(retired_at=now)
    Unit.objects.create(
        course=filed.run.course, number=1, kind="text", title="三面図", standard_minutes=300, replaces=first
    )
    Unit.objects.create(course=filed.run.course, number=4, kind="text", title="幾何公差", standard_minutes=60)

    assert [change.label for change in drift_of(filed, filed.plans.get())] == [
        "教材「三面図」の内容が計画と変わりました",
        "教材「寸法と公差」がなくなりました",
        "計画にない教材「幾何公差」（60分）が増えました",
    ]


def test_changed_unit_nobody_told_is_asked_and_not_counted(finished):
    """760 − 200 = 560 minutes of today, of which the changed 300 count nothing: 460, seven whole hours."""
    Unit.objects.filter(title="三面図").update(standard_minutes=200)

    facts = gather_claim(finished, CLAIM_DAY)

    assert (facts["training"]["planned_minutes"], facts["grant"]["standard_hours"]) == (460, 7)
    assert [one["completed"] for one in facts["workers"]] == [True, True, False]


def test_told_change_counts_as_it_is_now(finished, advisor):
    Unit.objects.filter(title="三面図").update(standard_minutes=400)
    refresh(finished, by=None)
    row = finished.deadlines.open().get(code="change_notice")

    tell_change(row, filed_on=date(2027, 1, 20), by=advisor.acting(CLAIM_DAY))

    facts = gather_claim(finished, CLAIM_DAY)
    assert facts["training"]["planned_minutes"] == 860
    assert drift_of(finished, finished.plans.get())[0].is_told


@pytest.mark.parametrize(
    ("first", "last", "action", "due"),
    [
        (FIRST, date(2027, 4, 10), "change_notice", date(2027, 3, 30)),
        (FIRST, date(2027, 3, 15), "change_notice", date(2027, 3, 14)),
        (date(2027, 2, 10), LAST, "change_notice", date(2027, 1, 31)),
        (date(2027, 3, 1), LAST, "new_plan", None),
    ],
    ids=["longer", "shorter", "later start", "a month later"],
)
def test_moved_days_ask_for_their_notice(filed, first, last, action, due):
    Run.objects.filter(pk=filed.run_id).update(learn_from=first, learn_until=last)

    found = change_of(fresh(filed))

    assert (found.subject, found.action, found.due) == ("period", action, due)


def test_days_made_longer_without_a_notice_stay_the_planned_ones(finished, enrolled):
    Run.objects.filter(pk=finished.run_id).update(learn_until=date(2027, 4, 30))
    learn(enrolled[2], units_of(finished)[2], date(2027, 4, 2))

    facts = gather_claim(fresh(finished), date(2027, 5, 6))

    assert facts["training"]["ends_on"] == "2027-03-31"
    assert facts["workers"][2]["completed"] is False


def test_start_put_off_a_month_leaves_nothing_of_the_plan(finished):
    Run.objects.filter(pk=finished.run_id).update(learn_from=date(2027, 3, 1))

    assert {one["completed"] for one in gather_claim(fresh(finished), CLAIM_DAY)["workers"]} == {False}


def test_learner_who_left_the_firm_has_it_said(finished, enrolled):
    employment = enrolled[0].employment
    employment.ended_on = date(2027, 3, 5)
    employment.save()

    (found,) = [
        one for one in assess_claim(finished, CLAIM_DAY).outcome["conditions"] if one["code"] == "employed_throughout"
    ]

    assert found["subject"] == str(enrolled[0].pk)
    assert "2027-03-06 に在籍していません。eラーニングと通信制は、退職しても期間内に修了" in found["because"]


@pytest.fixture
def letters(run):
    """通信制: no units here, so that the certificate alone tells who finished."""
    Unit.objects.all().delete()
    Course.objects.update(method="correspondence")
    run.course.refresh_from_db()
    return run


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


def test_forms_of_an_e_learning_claim(paid, advisor):
    claim = freeze_anyway(paid, by=advisor.acting(CLAIM_DAY))

    assert [(spec.code, spec.person) for spec in forms_of_claim(claim)] == [
        ("checklist", ""),
        ("4-2", ""),
        ("6-2", ""),
        ("8-3", "糀谷 太郎"),
        ("log", "糀谷 太郎"),
        ("8-3", "雑色 太郎"),
        ("log", "雑色 太郎"),
    ]


def test_report_prints_the_log_and_leaves_the_learner_their_own_words(paid, enrolled, advisor):
    certify(enrolled[0], on=date(2027, 3, 1))
    forms = forms_of_claim(freeze_anyway(paid, by=advisor.acting(CLAIM_DAY)))

    report, log = (read_back(spec.pdf()) for spec in forms[3:5])

    for words in (
        "様式第8-3号",
        "eラーニング訓練実施結果報告書",
        "2027-02-12 09:00:07",
        "2027-02-12 11:30:59",
        "12時間40分（12時間）",
        "12時間40分 100％",
        "修了 令和9年2月12日",
        "C-1",
        "☐ 労働時間中に受講しました。 ☐ 訓練の費用を負担していません。",
    ):
        assert squeezed(words) in report.run_on
    assert len(report.pages) == 1
    assert squeezed("1 三面図 動画 5時間00分 2027-02-12 09:00:07 2027-02-12 11:30:59 100％ 修了") in log.run_on


def test_checklist_asks_for_certificate_and_log_and_not_for_time_cards(paid, advisor):
    checklist = read_back(forms_of_claim(freeze_anyway(paid, by=advisor.acting(CLAIM_DAY)))[0].pdf()).run_on

    assert squeezed("様式第8-3号の原本") in checklist
    assert squeezed("修了証の写し") in checklist
    assert squeezed("LMSの記録の写し") in checklist
    assert squeezed("出勤簿またはタイムカード") not in checklist
    assert squeezed("様式第8-1号の原本") not in checklist


def test_correspondence_has_its_own_report(letters, filed, enrolled, manager, advisor):
    certify(enrolled[0], on=date(2027, 3, 1))
    add_cost(filed, amount_yen=66_000, paid_on=date(2027, 3, 1), payer="firm", by=manager.acting(CLAIM_DAY))
    forms = forms_of_claim(freeze_anyway(fresh(filed), by=advisor.acting(CLAIM_DAY)))

    assert [spec.code for spec in forms] == ["checklist", "4-2", "6-2", "8-4"]
    assert squeezed("添削が返却された日") in read_back(forms[3].pdf()).run_on


def test_plan_notice_lists_units_in_place_of_dates(planned):
    notice = read_back(forms_of_plan(planned.plans.get())[0].pdf()).run_on

    assert squeezed("標準学習時間 12時間40分（12時間）") in notice
    assert squeezed("別紙 教材と標準学習時間（全3件）") in notice
    assert squeezed("訓練の日程") not in notice


def test_claim_page_shows_the_units_of_each(paid, manager, advisor):
    freeze_anyway(paid, by=advisor.acting(CLAIM_DAY))

    page = manager.client().get(f"/grants/cases/{paid.pk}/claim/")

    assert "教材ごとの記録を見る" in page.content.decode()
    assert "賃金助成の対象時間" not in page.content.decode()


def test_log_that_grows_after_the_claim_is_shown_and_leaves_it_alone(paid, enrolled, advisor):
    freeze_anyway(paid, by=advisor.acting(CLAIM_DAY))
    before = paid.claims.get()

    learn(enrolled[2], units_of(paid)[2], date(2027, 3, 30))

    assert late_records(fresh(paid), before) == [
        "矢口 太郎さんの受講時間が 630分（82%）から 760分（100%）に変わりました。"
    ]
    assert paid.claims.get().total_yen == 33_000
