"""When the plan of a scheme may be filed: the window of the training, no further than the scheme itself lasts."""

from dataclasses import replace
from datetime import date

from firms.words.days import day_words
from firms.words.saying import said as _
from grants.rules import NoFigure, Window, figure, plan_window


def plan_window_of(scheme: str, starts_on: date) -> Window:
    """A temporary scheme closes in the middle of a window; one that closes before it opens leaves none to shorten."""
    found = plan_window(starts_on, scheme=scheme)
    try:
        closes = figure(scheme, "closes", found.first)
    except NoFigure:
        return found
    if not found.first <= closes.day < found.last:
        return found
    because = _("%(because)s ただし、この制度の計画届は %(day)s までです。") % {
        "because": found.because,
        "day": day_words(closes.day),
    }
    last_nominal = min(found.last_nominal, closes.day)
    return replace(
        found, last_nominal=last_nominal, last=closes.day, because=because, source=f"{found.source}; {closes.source}"
    )
