"""Reads shared by the pages of grants/ and by lms/."""

from grants.queries.cases import STEPS, Candidate, candidates, case_list, firms_of, step_number
from grants.queries.deadlines import deadlines_for
from grants.queries.drawable import Drawable, drawable, may_draw
from grants.queries.forecast import Forecast, forecast, forecasts

__all__ = [
    "STEPS",
    "Candidate",
    "Drawable",
    "Forecast",
    "candidates",
    "case_list",
    "deadlines_for",
    "drawable",
    "firms_of",
    "forecast",
    "forecasts",
    "may_draw",
    "step_number",
]
