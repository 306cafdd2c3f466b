"""One departure of reality from the filed plan, and the change notice it asks for."""

from dataclasses import dataclass
from datetime import date

from firms.words.days import spoken
from grants.rules import Notice, change_notice

VENUE = "venue"


@dataclass(frozen=True)
class Change:
    """One departure; `event` words its new state, so that a notice of an older state does not cover a newer one."""

    subject: str
    label: str
    event: str
    event_on: date
    due: date | None
    action: str
    because: str
    source: str
    is_told: bool = False

    def __str__(self) -> str:
        return self.label

    @property
    def needs_notice(self) -> bool:
        return self.action == "change_notice" and not self.is_told

    @property
    def is_settled(self) -> bool:
        """Told to the office, or of a kind nobody needs to tell."""
        return self.is_told or self.action == "none"

    @property
    def loses_all(self) -> bool:
        """Held elsewhere, or begun where only a new plan would have helped: no hour of it is of this plan."""
        return not self.is_settled and (self.subject == VENUE or self.action != "change_notice")


def shortened(words: str, mark: str) -> str:
    return f"{words[:50]} {mark[:8]}"


def noticed(
    subject: str, label: str, event: str, planned_on: date, new_on: date, *, start: Notice | None = None
) -> Change:
    notice = start or change_notice(planned_on, new_on)
    return Change(
        subject=subject,
        label=spoken(label),
        event=event,
        event_on=new_on,
        due=notice.due,
        action=notice.action,
        because=notice.because,
        source=notice.source,
    )
