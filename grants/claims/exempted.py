"""What an exemption does to a claim of any subject: the requirement keeps its state, says so, and stops nothing."""

from datetime import date

from firms.words.saying import said as _
from grants.claims.checks import day_in_words
from grants.models import GrantCase


def exempted_on(case: GrantCase, day: date) -> dict[str, str]:
    """By requirement, in words: what is set aside that day, why, by whom and until when."""
    return {
        one.code: _("例外として止めません：%(why)s（%(who)s、%(until)sまで）。")
        % {"why": one.reason, "who": one.given_by.full_name, "until": day_in_words(one.expires_on)}
        for one in case.exemptions.in_force(day)
    }
