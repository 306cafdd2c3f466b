"""The tabs that join the pages of one run; each page is a line of TABS."""

from collections.abc import Callable
from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.models import Run
from courses.policies import (
    may_import_attendance,
    may_invoice_run,
    may_see_attendance,
    may_see_run_log,
    may_see_survey,
    may_try_units,
)
from firms.acting import Acting

register = template.Library()


@dataclass(frozen=True)
class Tab:
    """One page of a run, who sees it, and whether it is the one at hand."""

    label: object
    url: str
    is_current: bool


def everybody(acting: Acting, run: Run) -> bool:
    return True


def teaches_online(acting: Acting, run: Run) -> bool:
    return may_try_units(acting, run.course)


def may_keep_rosters_of(acting: Acting, run: Run) -> bool:
    return may_import_attendance(acting) and run.course.college_id == acting.organisation_id


# label, name of the address (it takes the run's pk), who sees it
TABS: tuple[tuple[object, str, Callable[[Acting, Run], bool]], ...] = (
    (_("開講の概要"), "courses:run", everybody),
    (_("出席状況"), "courses:attendance", may_see_attendance),
    (_("名簿・取込み"), "courses:run_sheets", may_keep_rosters_of),
    (_("連絡"), "courses:run_messages", may_see_attendance),
    (_("修了"), "courses:completion", may_see_attendance),
    (_("教材"), "courses:run_units", teaches_online),
    (_("学習ログ"), "courses:run_log", may_see_run_log),
    (_("請求"), "courses:run_invoices", may_invoice_run),
    (_("アンケート"), "courses:survey_results", may_see_survey),
)


@register.inclusion_tag("courses/catalogue/parts/run_tabs.html")
def run_tabs(acting: Acting, run: Run, here: str) -> dict[str, object]:
    """`{% run_tabs acting run "courses:run" %}`; a single tab is none."""
    # Several tabs ask the same; each question is asked once.
    answers = {may_see: may_see(acting, run) for may_see in {may_see for _label, _name, may_see in TABS}}
    tabs = [Tab(label, reverse(name, args=[run.pk]), name == here) for label, name, may_see in TABS if answers[may_see]]
    return {"tabs": tabs if len(tabs) > 1 else []}
