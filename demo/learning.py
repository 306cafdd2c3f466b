"""The demo's e-learning course: its units, and how far its learners are, from learning.toml."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from courses.actions.elearning.learning import fetch_file, finish_reading, open_unit, watch
from courses.actions.elearning.ledgers import OwnLog
from courses.actions.elearning.materials import stored_captions, stored_handout, stored_video
from courses.actions.elearning.quizzes import answer_quiz, questions_of, right_choices, start_quiz
from courses.actions.elearning.units import add_unit, publish_unit, save_question
from courses.models import Course, Enrolment, Question, Unit
from courses.models.elearning.learning import UnitKind
from courses.states import RunState
from demo.clock import as_of, at
from demo.world import HERE, World, read
from firms.acting import Acting
from firms.film.stretches import HEARTBEAT

WRITTEN_DAYS_AGO = 240
PLAIN = ("title", "standard_minutes", "body", "duration_seconds", "chapters", "draw", "pass_percent", "attempts")


@dataclass
class Evening:
    """One sitting of one learner: the clock goes on with what they do."""

    ledger: OwnLog
    now: datetime

    def after(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


def build(world: World) -> None:
    seeds = read("learning.toml")
    course = world.runs["security_now"].course
    units = make_units(world, course, seeds["unit"])
    course.runs.exclude(state=RunState.PREPARING).update(kept_units=[unit.pk for unit in units])
    for run in world.runs.values():
        run.refresh_from_db(fields=["kept_units"])
    for learner in seeds["learner"]:
        learn(world, units, learner)


def make_units(world: World, course: Course, seeds: list[dict[str, Any]]) -> list[Unit]:
    day = world.day(-WRITTEN_DAYS_AGO)
    by = world.acting("tech", "coordinator", on=day)
    with as_of(day, "13:00"):
        return [make_unit(course, seed, by=by) for seed in seeds]


def make_unit(course: Course, seed: dict[str, Any], *, by: Acting) -> Unit:
    facts = {name: seed[name] for name in PLAIN if name in seed} | files_of(seed)
    unit = add_unit(course, seed["kind"], {**facts, "body": facts.get("body", "").strip()}, by=by)
    for question in seed.get("question", []):
        save_question(unit, question, by=by)
    return publish_unit(unit, by=by)


def files_of(seed: dict[str, Any]) -> dict[str, Any]:
    """A film with its captions from films/, or a table to fill in."""
    if film := seed.get("film"):
        stem = HERE / "films" / film
        upload = SimpleUploadedFile(f"{seed['title']}.webm", stem.with_suffix(".webm").read_bytes())
        captions = SimpleUploadedFile("captions.vtt", stem.with_suffix(".vtt").read_bytes())
        return {**stored_video(upload), "captions": stored_captions(captions)}
    if rows := seed.get("rows"):
        return stored_handout(SimpleUploadedFile(seed["file_name"], "\r\n".join([*rows, ""]).encode("cp932")))
    return {}


def learn(world: World, units: list[Unit], learner: dict[str, Any]) -> None:
    run = world.runs[learner["run"]]
    enrolment = run.enrolments.select_related("person").get(
        employment=world.employments[learner["firm"], learner["name"]]
    )
    assert run.learn_from
    clocks: dict[date, datetime] = {}
    for unit, offset in zip(units, learner["days"], strict=False):
        day = run.learn_from + timedelta(days=offset)
        begins = clocks.get(day, at(day, "19:10"))
        clocks[day] = sit(enrolment, unit, begins, learner)


def sit(enrolment: Enrolment, unit: Unit, begins: datetime, learner: dict[str, Any]) -> datetime:
    """From opening a unit to its end; answers with when the next may begin."""
    evening = Evening(OwnLog(enrolment, unit), begins)
    with as_of(begins.date(), "23:00"):
        open_unit(evening.ledger, at=evening.now)
        DONE[UnitKind(unit.kind)](evening, learner)
    return evening.after(minutes=3)


def read_on(evening: Evening, learner: dict[str, Any]) -> None:
    finish_reading(evening.ledger, at=evening.after(minutes=evening.ledger.unit.standard_minutes * 0.8))


def fill_in(evening: Evening, learner: dict[str, Any]) -> None:
    fetch_file(evening.ledger, at=evening.after(seconds=40))
    read_on(evening, learner)


def look(evening: Evening, learner: dict[str, Any]) -> None:
    """In stretches as the page sends them; who stops half-way comes back a while later."""
    length = evening.ledger.unit.duration_seconds
    for start in range(0, length, HEARTBEAT):
        if learner.get("half_video_first") and start == 2 * HEARTBEAT:
            evening.after(minutes=25)
        end = min(start + HEARTBEAT, length)
        watch(evening.ledger, start=start, end=end, at=evening.after(seconds=end - start))


def answer(evening: Evening, learner: dict[str, Any]) -> None:
    """All right; who is told to fail first gets the first attempt wrong."""
    unit = evening.ledger.unit
    if learner.get("failed_first") == unit.number:
        attempt(evening, is_right=False)
    attempt(evening, is_right=True)


def attempt(evening: Evening, *, is_right: bool) -> None:
    started = start_quiz(evening.ledger, at=evening.after(minutes=2))
    answers = {one.pk: right_choices(one) if is_right else wrong_choices(one) for one in questions_of(started)}
    answer_quiz(
        evening.ledger, attempt=started.data["attempt"], answers=answers, at=evening.after(minutes=9, seconds=20)
    )


def wrong_choices(question: Question) -> list[int]:
    return [next(number for number, choice in enumerate(question.choices) if not choice["is_right"])]


DONE = {UnitKind.TEXT: read_on, UnitKind.FILE: fill_in, UnitKind.VIDEO: look, UnitKind.QUIZ: answer}
