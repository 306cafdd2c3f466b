"""Beside the trials of the story: who looks after whom, the open page, a firm's own hires, tours and internships."""

from datetime import time, timedelta
from typing import Any

from courses.models import Course, Run
from courses.states import RunState
from demo.clock import as_of
from demo.learning import make_unit
from demo.world import World
from firms.actions.people import start_employment
from trials.actions.conversion import direct
from trials.actions.matching import advising, intakes, results, visits
from trials.models import JobSeeker, Round
from trials.rules import report_days

# Days before and after today on which the e-learning of trials is open, and for how many.
LEARNED_SINCE, LEARNED_UNTIL, ROOM = 340, 180, 200


def hire_directly(world: World) -> None:
    """国のトライアル雇用 at the second firm: one whose plan is due, and one that has ended and waits for its claim."""
    place = world.establishments["precision"]
    for name, kana, days in (("嶺町 陸", "ミネマチ リク", -8), ("田園 楓", "デンエン カエデ", -110)):
        (family, given), (family_kana, given_kana) = name.split(), kana.split()
        hired = world.day(days)
        by = world.acting("precision", "manager", on=hired)
        with as_of(hired, "09:00"):
            employment = start_employment(
                place,
                by=by,
                started_on=hired,
                names={
                    "family_name": family,
                    "given_name": given,
                    "family_kana": family_kana,
                    "given_kana": given_kana,
                },
                contract="fixed_term",
                pattern=place.working_patterns.first(),
                insured_number="",
                job_title="検査",
            )
            told: dict[str, Any] = {
                "office": "ハローワーク（架空）",
                "referred_on": hired - timedelta(days=7),
                "weekly_hours": 40,
            }
            begun = direct.begin_direct(employment, last_on=None, by=by, **told)
        if begun.last_on < world.today:
            filed, ended = hired + timedelta(days=5), begun.last_on
            direct.file_plan(begun, filed_on=filed, by=world.acting("precision", "manager", on=filed))
            direct.end_direct(begun, how="finished", on=ended, by=world.acting("precision", "manager", on=ended))


def offer_learning(world: World, told: dict[str, Any]) -> None:
    """What costs nothing and may be learned at any hour, for whoever begins a trial."""
    known = Course.objects.get(pk=world.runs["security_now"].course_id)
    first, last = world.day(-LEARNED_SINCE), world.day(LEARNED_UNTIL)
    with as_of(first, "09:00"):
        known.pk, known.fee_yen, known.hours, known.seats, known.needs_quiz = None, 0, 1, ROOM, False
        known.title, known.summary, known.goals = told["title"], told["summary"], told["goals"]
        known.provider_page = f"{known.provider_page}-safety"
        known.save()
        unit = make_unit(known, told["unit"], by=world.acting("tech", "coordinator", on=first))
        days = {"apply_from": first, "apply_until": last, "learn_from": first, "learn_until": last}
        words = {"code": f"{first:%y%m}-900", "venue": "eラーニング（いつでも）", "state": RunState.OPEN}
        Run.objects.create(course=known, seats=ROOM, fee_yen=0, kept_units=[unit.pk], **days, **words)


def offer_visits(world: World) -> None:
    """A tour a school has asked for, and an internship that is open."""
    place, day = world.establishments["shop"], world.day(-4)
    by = world.acting("shop", "manager", on=day)
    told: dict[str, Any] = {"starts_at": time(13, 30), "ends_at": time(16), "places": 12, "hourly_yen": None}
    with as_of(day, "10:00"):
        tour = visits.offer_visit(
            place,
            kind="tour",
            theme="1ミクロンを測る",
            words="三次元測定機と、若手の測定の仕事",
            day=world.day(20),
            by=by,
            **told,
        )
        visits.offer_visit(
            place,
            by=by,
            kind="internship",
            theme="若手と一日つくる",
            words="材料の取付けから検査まで、社員と一緒に働きます。",
            day=world.day(30),
            wage_is_checked=True,
            **told | {"hourly_yen": 1500},
        )
        school = world.acting("tech", "coordinator", on=day)
        visits.ask_visit(tour, people=8, note="機械科2年", by=school)


def open_intakes(world: World, round: Round) -> None:
    """Whoever finds the ward's own round comes to the agency by themselves."""
    by = world.acting("agency", "coordinator", on=world.today)
    words = "初めての方にも、見学から一緒に考えます。"
    intakes.open_intake(round, contact=by.person, words=words, by=by)


def share_out(world: World) -> None:
    """Every third person is handed to the other adviser, for whom the first deputises these days."""
    day, agency = world.day(-1), world.organisations["agency"]
    by = world.acting("agency", "coordinator", on=day)
    taker = world.first("agency", "career").person
    with as_of(day, "16:00"):
        for seeker in JobSeeker.objects.filter(agency=agency).order_by("pk")[2::3]:
            advising.hand_over(seeker, to=taker, reason="担当する人数をならすため", by=by)
        days = {"starts_on": day, "last_on": world.day(6)}
        advising.appoint_deputy(taker, agency=agency, deputy=by.person, by=by, **days)


def report_quarters(world: World, round: Round) -> None:
    """The last two quarters, each reported as the agency's desk came in today."""
    by = world.acting("agency", "coordinator", on=world.today)
    for until in reversed(report_days(round.opens_on, world.today)[:2]):
        results.report_results(round, until=until, by=by)
