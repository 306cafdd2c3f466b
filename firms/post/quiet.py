"""When a letter leaves: at once, after the quiet hours, or with the others in the morning."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from firms.models.letters import LetterWay, LetterWishes

# The morning's letter; whoever is quiet then gets it when they are no longer.
DIGEST_AT = time(7)


def leaves_at(wishes: LetterWishes, way: str, *, now: datetime) -> datetime:
    """The moment for a letter of this way that is written now; `now` itself where nothing holds it."""
    wanted = next_at(DIGEST_AT, now) if way == LetterWay.DAILY else now
    return after_quiet(wishes, wanted)


def after_quiet(wishes: LetterWishes, moment: datetime) -> datetime:
    first, end = wishes.quiet_from, wishes.quiet_until
    if first is None or end is None or not is_within(timezone.localtime(moment).time(), first, end):
        return moment
    return next_at(end, moment)


def is_within(clock: time, first: time, end: time) -> bool:
    """From `first` to before `end`, over midnight where the end is the smaller."""
    return first <= clock < end if first < end else clock >= first or clock < end


def next_at(clock: time, moment: datetime) -> datetime:
    """The next time the clock shows this, later than the moment."""
    local = timezone.localtime(moment)
    today = local.replace(hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=0)
    return today if today > local else today + timedelta(days=1)
