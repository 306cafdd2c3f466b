"""The calendar of runs: a month of openings, for everybody."""

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import jpholiday
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from courses.forms.catalogue.catalogue import CatalogueForm
from courses.models.catalogue.courses import Field
from courses.queries import listed_matching
from courses.queries.catalogue.catalogue import Opening, facet_choices, openings
from courses.queries.catalogue.changes import changes_of_all
from courses.views.catalogue.catalogue import address_of
from courses.views.catalogue.kept import kept_for_visitors
from firms.queries import today as this_day

SHOWN_IN_A_DAY = 4
# Years the calendar shows; beyond them lies a mistyped address.
YEARS = range(2000, 2100)


@dataclass(frozen=True)
class Day:
    """One square of the month: what begins that day, cut to what fits, and how many more there are."""

    on: date
    is_of_month: bool
    openings: list[Opening]
    more: int
    holiday: str


@login_not_required
@require_safe
@kept_for_visitors(changes_of_all)
def calendar(request: HttpRequest) -> HttpResponse:
    today = this_day()
    first = month_asked(request.GET.get("month", ""), today)
    only = day_asked(request.GET.get("day", ""), first)
    form = CatalogueForm(request.GET, choices=facet_choices(on=today))
    last = next_month(first) - timedelta(days=1)
    found = openings(listed_matching(form.facets(), on=today), first=first, last=last)
    context = {
        "first": first,
        "earlier": first - timedelta(days=1),
        "later": next_month(first),
        "days": days_of(first, found) if only is None else [],
        "only": only,
        "on_the_day": [one for one in found if one.on == only] if only else [],
        "count": len(found),
        "fields": Field.choices,
        "field": form.facets().get("field", ""),
        "chips": form.chips(),
        "today": today,
        "canonical": address_of(reverse("courses:calendar")),
    }
    return render(request, "courses/catalogue/calendar.html", context)


def month_asked(text: str, today: date) -> date:
    """The first day of the month an address names as 2027-02; of the present one where it makes no sense."""
    try:
        asked = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007
    except ValueError:
        return today.replace(day=1)
    return asked if asked.year in YEARS else today.replace(day=1)


def day_asked(text: str, first: date) -> date | None:
    """One day of that month, to see all of it."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return None
    return asked if asked.replace(day=1) == first else None


def next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def days_of(first: date, found: list[Opening]) -> list[Day]:
    """Whole weeks from Monday to Sunday."""
    by_day: dict[date, list[Opening]] = defaultdict(list)
    for one in found:
        by_day[one.on].append(one)
    return [square(on, first, by_day.get(on, [])) for on in Calendar().itermonthdates(first.year, first.month)]


def square(on: date, first: date, begins: list[Opening]) -> Day:
    return Day(
        on=on,
        is_of_month=on.month == first.month,
        openings=begins[:SHOWN_IN_A_DAY],
        more=max(len(begins) - SHOWN_IN_A_DAY, 0),
        holiday=jpholiday.is_holiday_name(on) or "",
    )
