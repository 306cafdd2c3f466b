"""Rough weather around a filed plan and a frozen claim: late marks, a cancelled run, somebody who leaves."""

from datetime import date

import pytest

from courses.actions.catalogue.runs import cancel_run
from courses.states import RunState
from firms.models import JournalEntry, Notification
from grants.actions.deadlines import refresh
from grants.cases.overview import overview
from grants.tasks import refresh_deadlines, tell_late_records
from tests.grants.conftest import CLAIM_DAY, fresh, mark

LATE = "矢口 太郎さんの受講時間が 6時間（50%）から 12時間（100%）に変わりました。"


@pytest.fixture
def late(claimed, enrolled):
    """The third was there after all: the college corrects its roster when the claim is out."""
    second = claimed.run.lessons.last()
    mark(enrolled[2], second, corrects=enrolled[2].marks.get(lesson=second), reason="遅れて届いた名簿")
    return claimed


def subjects(person):
    return list(Notification.objects.filter(person=person).values_list("subject", flat=True))


def told(case):
    return JournalEntry.objects.about(case).filter(verb="claim.late")


def test_late_mark_after_filing_is_shown_on_the_case_and_leaves_the_claim(late, manager):
    before = late.claims.get().facts

    assert overview(fresh(late), acting=manager.acting(CLAIM_DAY)).late == [LATE]
    assert (late.claims.get().facts, late.claims.get().total_yen) == (before, 57_000)


def test_late_mark_stands_on_both_pages(late, manager):
    client = manager.client()

    for address in (f"/grants/cases/{late.pk}/", f"/grants/cases/{late.pk}/claim/"):
        assert LATE in client.get(address).content.decode()


def test_late_mark_is_told_once_to_manager_and_advisor(late, manager, advisor):
    tell_late_records()
    tell_late_records()

    for one in (manager, advisor):
        assert (
            subjects(one.person).count(
                "支給申請のあとに記録が変わりました：（架空）大森機械製作所 現場IoT: センサで設備の稼働を見る"
            )
            == 1
        )
    assert [entry.details["change"] for entry in told(late)] == [LATE]


def test_second_correction_is_told_again(late, enrolled):
    tell_late_records()
    second = late.run.lessons.last()
    newest = enrolled[2].marks.newest().get(lesson=second)
    mark(enrolled[2], second, came="13:00", minutes=240, corrects=newest, reason="午前は欠席")

    tell_late_records()

    assert told(late).count() == 2


def test_records_older_than_the_claim_are_not_looked_at(claimed, django_assert_num_queries):
    with django_assert_num_queries(1):
        tell_late_records()

    assert not told(claimed).exists()


def test_late_mark_that_changes_no_minute_is_no_news(claimed, enrolled):
    second = claimed.run.lessons.last()
    mark(enrolled[0], second, corrects=enrolled[0].marks.get(lesson=second), reason="記録方法の訂正")

    tell_late_records()

    assert not told(claimed).exists()


@pytest.fixture
def cancelled(filed, coordinator):
    cancel_run(filed.run, reason="講師の都合", by=coordinator.acting())
    return filed


def test_cancelled_run_closes_its_deadline_with_the_reason(cancelled):
    refresh_deadlines()

    row = cancelled.deadlines.get(code="claim")
    entry = JournalEntry.objects.about(row).get(verb="deadline.lapse")
    assert (row.state, entry.details["reason"]) == ("lapsed", "開講が中止になったため")


def test_cancelled_run_of_a_filed_plan_is_told_once_to_manager_and_advisor(cancelled, manager, advisor):
    refresh_deadlines()
    refresh(fresh(cancelled), by=None)

    for one in (manager, advisor):
        found = [said for said in subjects(one.person) if "計画届の取下げか変更が必要です" in said]
        assert len(found) == 1


def test_cancelled_run_before_the_plan_is_told_once_too(planned, coordinator, manager, advisor):
    cancel_run(planned.run, reason="講師の都合", by=coordinator.acting())
    refresh_deadlines()
    refresh(fresh(planned), by=None)

    for one in (manager, advisor):
        found = [said for said in subjects(one.person) if said.startswith("開講が中止になりました")]
        assert len(found) == 1


def test_case_of_a_cancelled_run_says_what_to_do(cancelled, manager):
    found = overview(fresh(cancelled), acting=manager.acting(CLAIM_DAY)).guide

    assert found.title == "開講が中止になりました：計画届を取り下げるか、別の日程に変える"
    assert "1か月以上なら新しい計画届" in found.text
    assert found.url.endswith("/drop/")


def test_case_that_was_never_filed_owes_the_office_nothing(planned, manager):
    planned.run.state = RunState.CANCELLED
    planned.run.save()

    found = overview(fresh(planned), acting=manager.acting(CLAIM_DAY)).guide

    assert "労働局への手続きはありません" in found.text


def test_who_leaves_in_the_middle_is_named_on_the_case(filed, enrolled, manager):
    employment = enrolled[1].employment
    employment.ended_on = date(2027, 2, 5)
    employment.save()

    assert overview(fresh(filed), acting=manager.acting()).leavers == [("雑色 太郎", date(2027, 2, 5))]
    assert (
        "雑色 太郎さんは訓練の途中（2027年2月5日" in manager.client().get(f"/grants/cases/{filed.pk}/").content.decode()
    )


def test_who_leaves_after_the_last_day_is_not(filed, enrolled, manager):
    employment = enrolled[1].employment
    employment.ended_on = date(2027, 2, 10)
    employment.save()

    assert overview(fresh(filed), acting=manager.acting()).leavers == []
