"""Money and minutes as people read them, in one manner on every page, letter and paper."""

from decimal import Decimal

from django.utils.translation import gettext as _

from firms.words.saying import said_again
from firms.words.tongues import in_english

MINUTES_OF_HOUR = 60


@said_again
def yen_words(amount: int | Decimal) -> str:
    """22,000円"""
    return _("%(yen)s円") % {"yen": f"{int(amount):,}"}


@said_again
def minutes_words(minutes: int) -> str:
    """9時間36分; whole hours stand alone, and so does what is less than one."""
    hours, rest = divmod(abs(minutes), MINUTES_OF_HOUR)
    parts = [_("%(n)s時間") % {"n": hours} if hours else "", _("%(n)s分") % {"n": rest} if rest or not hours else ""]
    return "-" * (minutes < 0) + (" " if in_english() else "").join(part for part in parts if part)
