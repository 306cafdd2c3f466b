"""One entry of a feed, whatever room it comes from."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Event:
    """One entry. A date is a whole day; `sequence` grows with every change of what the calendar shows."""

    uid: str
    sequence: int
    starts: date | datetime
    ends: date | datetime
    summary: str
    description: str
    location: str
    url: str
    stamp: datetime
    is_cancelled: bool
    has_alarm: bool
