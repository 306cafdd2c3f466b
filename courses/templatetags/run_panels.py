"""The runs of a course with their lessons, however many: each look of a panel is a template drawn once, then filled in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString

from courses.models import Lesson, Run
from courses.states import RunState
from firms.web.rows import Patterns, addresses, joined
from firms.words.japanese import hm, jdate, jtime, yen
from firms.words.saying import said as _

register = template.Library()
NONE = SafeString("")
PANEL = "courses/catalogue/parts/run_panel.html"
LESSON = "courses/catalogue/parts/lesson_time.html"


@register.simple_tag(takes_context=True)
def run_panels(context: template.Context) -> SafeString:
    """Every run in `coming`, read with dates, seats and queue, its lessons prefetched; `may`, `today`, `next_run` are at hand."""
    panels = Panels(on=context["today"], may=context["may"], next_run=context["next_run"])
    return joined(panels.panel(run) for run in context["coming"])


@register.simple_tag
def lesson_rows(lessons: Iterable[Lesson]) -> SafeString:
    return rows_of(lessons, Patterns())


class Panels:
    """What all panels of one page share: who reads them, that day, and what was drawn already."""

    def __init__(self, *, on: date, may: Any, next_run: Run | None) -> None:
        self.on, self.may, self.next_run = on, may, next_run
        self.drawn = Patterns()
        self.url = addresses("courses:run")
        self.enrol, self.apply = addresses("courses:enrol"), addresses("courses:apply")

    def panel(self, run: Any) -> SafeString:
        lessons = list(run.lessons.all())
        is_open = run.state == RunState.OPEN and run.apply_until >= self.on
        look = {
            "has_minimum": run.min_seats > 1,
            "has_queue": bool(run.waiting),
            "has_cancel_day": run.cancel_until is not None,
            "has_lessons": bool(lessons),
            "offers_a_seat": is_open and run != self.next_run,
            "may_enrol": bool(self.may.get("enrol")),
            "may_apply": bool(self.may.get("apply")),
        }
        return self.drawn.fill(
            PANEL,
            look,
            pk=run.pk,
            url=self.url(run.pk),
            begins=begins(run),
            chip=self.chip(run),
            code=run.code,
            venue=run.venue,
            price=yen(run.price_yen),
            seats=run.seats,
            min_seats=run.min_seats,
            selection=run.get_selection_display(),
            waiting=run.waiting,
            apply_from=jdate(run.apply_from),
            apply_until=jdate(run.apply_until),
            days_left=self.days_left(run.apply_until) if is_open else NONE,
            cancel_until=jdate(run.cancel_until),
            lessons=rows_of(lessons, self.drawn),
            enrol_url=self.enrol(run.pk),
            apply_url=self.apply(run.pk),
        )

    def chip(self, run: Any) -> SafeString:
        if run.state != RunState.OPEN:
            return self.drawn.parts.draw("components/state_chip.html", run.state, thing=run)
        shows = (run.state_word, run.selection, run.seats, run.free)
        return self.drawn.parts.draw("courses/seats/parts/seats_chip.html", shows, run=run)

    def days_left(self, day: date) -> SafeString:
        return self.drawn.parts.draw("components/days_left.html", day, day=day, today=self.on)


def rows_of(lessons: Iterable[Lesson], drawn: Patterns) -> SafeString:
    return joined(lesson_row(one, drawn) for one in lessons)


def lesson_row(one: Lesson, drawn: Patterns) -> SafeString:
    return drawn.fill(
        LESSON,
        {"has_room": bool(one.room)},
        title=str(one),
        day=jdate(one.on),
        begins=jtime(one.starts_at),
        ends=jtime(one.ends_at),
        minutes=hm(one.minutes),
        room=one.room,
    )


def begins(run: Any) -> str:
    day = run.first_at or run.learn_from
    return f"{jdate(day)}〜" if day else _("日程未定")
