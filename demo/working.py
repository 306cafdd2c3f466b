"""Days at work of the demo's trials: clocked, missed, entered from paper, approved, closed; a complaint and an accident."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from demo.clock import as_of, at, is_closed
from demo.trials import TrialStory
from demo.world import World
from firms.offline.conflicts import mark_of_facts
from trials.actions.working.approving import Said, approve
from trials.actions.working.calls import record_call
from trials.actions.working.clocking import Moments, clock_in, clock_out, enter_paper, tell_day
from trials.actions.working.closing import close_month, register_agreement
from trials.actions.working.records import (
    answer_complaint,
    issue,
    raise_complaint,
    report_accident,
    take_step,
    write_note,
)
from trials.models import AbsenceCode, AccidentWhat, DayKind, Placement, WorkMonth
from trials.queries.working import entry_on, facts_of_out, last_day_in, rows_of
from trials.states import Party

# Which stories are told day by day; the others only say that they went on.
TOLD = ("active", "intent_open", "offered", "suspended", "terminated")
SATURDAY = 5
OVERTIME_ON, PAPER_ON, ABSENT_ON, TOO_LONG_ON = 2, 3, 4, 5
LEFT_TO_APPROVE = 2
# One day of everybody ends later; one of the trial that stands still is beyond the 36協定, which nobody has looked at yet.
LATE_ENDS: dict[Any, str] = {OVERTIME_ON: "18:45", ("suspended", TOO_LONG_ON): "21:10"}
SHEET = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def build(world: World) -> None:
    """The agency's 36協定 of the year, then every day at work of the trials that stand at work."""
    register(world)
    for placement in Placement.objects.filter(state__in=TOLD).with_sides().order_by("pk"):
        assert placement.host is not None
        assert placement.starts_on is not None
        host = world.key_of(placement.host)
        story = TrialStory(
            world, placement.seeker.round, placement.person, placement.posting, placement.starts_on, host, placement
        )
        play(story, state=placement.state)


def register(world: World) -> None:
    with as_of(world.day(-300), "10:00"):
        register_agreement(
            filed_on=world.day(-300),
            valid_from=world.day(-290),
            valid_until=world.day(200),
            day_minutes=180,
            month_minutes=1800,
            year_minutes=18000,
            by=world.acting("agency", "coordinator", on=world.day(-300)),
        )


def play(story: TrialStory, *, state: str) -> None:
    """Every day at work up to yesterday, or to the day it stood still; today is the trialist's to press."""
    assert story.trial.last_on is not None
    until = min(story.trial.last_on, story.world.today - timedelta(days=1))
    if story.trial.suspended_on:
        until = story.trial.suspended_on - timedelta(days=1)
    days = [story.first + timedelta(days=n) for n in range((until - story.first).days + 1)]
    worked = [day for day in days if day.weekday() < SATURDAY and not is_closed(day)]
    note(story, worked[0])
    for number, day in enumerate(worked):
        tell(story, day, number, ends=LATE_ENDS.get((state, number), LATE_ENDS.get(number, "17:31")))
    approve_before(story, worked[-1] if state == "active" else story.world.today)
    close_months(story)
    if state == "intent_open":
        complain(story, worked[3])
        call_at_host(story, worked[5])
        print_ledgers(story, story.world.today)
    if state == "suspended":
        hurt(story, worked[-1])


def note(story: TrialStory, day: date) -> None:
    with as_of(day, "09:30"):
        write_note(
            story.trial,
            side=Party.HOST,
            given={
                "officer": "総務課長 大森 佳代",
                "phone": "03-0000-0101",
                "commander": "機械加工課 班長 池上 徹",
                "unit": "製造部 機械加工課",
                "duty": "役職なし。不具合のときは班長に知らせる。",
            },
            by=story.manager(day),
        )
        write_note(
            story.trial,
            side=Party.AGENCY,
            given={
                "officer": "事業部長 城南 望",
                "phone": "03-0000-0202",
                "agreement_kind": "agreement",
                "term_kind": "fixed",
                "stability": "派遣先への直接雇用の依頼",
                "training": "開始前：現場の安全の基礎 2時間、図面の読み方入門 3時間",
            },
            by=story.adviser(day),
        )


def tell(story: TrialStory, day: date, number: int, *, ends: str) -> None:
    """Most days by the two buttons; one with overtime, one from paper, one missed."""
    if number == ABSENT_ON:
        with as_of(day, "07:40"):
            tell_day(story.trial, day, missed(), seen="", at=moments(day, "07:40"), by=story.worker(day))
        return
    if number == PAPER_ON:
        with as_of(day, "18:30"):
            sheet = SimpleUploadedFile("勤務表（デモ）.pdf", SHEET, content_type="application/pdf")
            enter_paper(story.trial, day, whole(), scan=sheet, seen="", at=moments(day, "18:30"), by=story.adviser(day))
        return
    with as_of(day, "08:24"):
        given = {"on": day, "starts_at": time(8, 24), "is_said": False}
        clock_in(story.trial, given, seen="", at=moments(day, "08:24"), by=story.worker(day))
    with as_of(day, ends):
        given = {
            "on": day,
            "ends_at": time.fromisoformat(ends),
            "break_minutes": 60,
            "comment": "段取りの練習をした" if number == 1 else "",
            "is_said": False,
        }
        seen = mark_of_facts(facts_of_out(entry_on(story.trial, day)))
        clock_out(story.trial, given, seen=seen, at=moments(day, ends), by=story.worker(day))


def moments(day: date, clock: str) -> Moments:
    moment = at(day, clock)
    return Moments(moment, moment)


def whole() -> dict[str, Any]:
    return {
        "kind": DayKind.WORK,
        "starts_at": time(8, 30),
        "ends_at": time(17, 30),
        "break_minutes": 60,
        "absence": "",
        "comment": "",
        "because": "",
        "private_words": "",
    }


def missed() -> dict[str, Any]:
    told = {"kind": DayKind.ABSENT, "starts_at": None, "ends_at": None, "break_minutes": 0}
    return {**whole(), **told, "absence": AbsenceCode.OWN, "private_words": "歯の治療で、午前から通院します。"}


def approve_before(story: TrialStory, day: date) -> None:
    """The last days wait, so that there is something to approve."""
    on = max(day, story.first)
    approved = on - timedelta(days=LEFT_TO_APPROVE)
    with as_of(on, "19:00"):
        for month in story.trial.months.with_sides():
            rows = [row for row in rows_of(month) if row.waits and not row.is_over and row.on <= approved]
            said = {row.entry.pk: Said(row.entry.pk, is_ok=True) for row in rows if row.entry}
            if said:
                approve(month, said, by=story.manager(on))


def close_months(story: TrialStory) -> None:
    today = story.world.today
    for month in story.trial.months.with_sides():
        last = last_day_in(month)
        if last < today and all(row.is_approved for row in rows_of(month) if row.entry):
            close(story, month, last + timedelta(days=1))


def close(story: TrialStory, month: WorkMonth, day: date) -> None:
    on = min(max(day, story.world.day(-1)), story.world.today)
    with as_of(on, "19:30"):
        close_month(month, by=story.adviser(on))


def print_ledgers(story: TrialStory, on: date) -> None:
    with as_of(on, "08:30"):
        issue(story.trial, kind="agency_ledger", by=story.adviser(on))
        issue(story.trial, kind="host_ledger", by=story.manager(on))


def complain(story: TrialStory, day: date) -> None:
    with as_of(day, "17:50"):
        content = "集塵機の音が大きく、指示が聞き取れないことがある。"
        one = raise_complaint(story.trial, side=Party.AGENCY, raised_on=day, content=content, by=story.worker(day))
    after = day + timedelta(days=1)
    with as_of(after, "10:00"):
        words = "耳栓を渡し、指示は手元のボードでも示すことにした。"
        answer_complaint(one, side=Party.HOST, answered_on=after, words=words, by=story.manager(after))
        words = "現場を見て、本人に改善を確かめた。"
        answer_complaint(one, side=Party.AGENCY, answered_on=after, words=words, by=story.adviser(after))


def call_at_host(story: TrialStory, day: date) -> None:
    told = {
        "met": "本人、指揮命令者",
        "seen": "旋盤の段取りを一人で行っていた。保護眼鏡と耳栓を着けていた。",
        "said": "本人は、図面の読み方をもっと習いたいと話した。指揮命令者は、週に一度の時間を取ると話した。",
        "follows": "翌週に、図面の時間が取れたかを電話で確かめる。",
    }
    with as_of(day, "16:10"):
        record_call(story.trial, {"called_on": day, **told}, by=story.adviser(day))


def hurt(story: TrialStory, day: date) -> None:
    """Four days off: both report without delay; the host has filed, the agency has not yet."""
    happened: datetime = at(day, "11:20")
    with as_of(day, "13:00"):
        accident = report_accident(
            story.trial,
            given={
                "happened_at": happened,
                "place": "機械加工場 旋盤3号機",
                "is_commuting": False,
                "injury": "右手人差し指の切創（5針）",
                "story": "旋盤の切りくずを手で払おうとして、指を切った。",
                "days_off": 6,
            },
            by=story.manager(day),
        )
    after = day + timedelta(days=1)
    with as_of(after, "11:00"):
        take_step(
            accident,
            side=Party.HOST,
            what=AccidentWhat.FILED,
            done_on=after,
            receipt="2026-0001234",
            by=story.manager(after),
        )
