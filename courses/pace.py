"""How somebody stands against the share of a run they have to attend: whole minutes, whole percent, no rounding in favour."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    MET = "met", _("達成")
    ON_TRACK = "on_track", _("順調")
    AT_RISK = "at_risk", _("あと1コマ休むと届かない")
    LOST = "lost", _("届かない")


TONES = {Standing.MET: "success", Standing.ON_TRACK: "info", Standing.AT_RISK: "warning", Standing.LOST: "error"}


@dataclass(frozen=True)
class Pace:
    """Minutes of one person in one run: `held` are those of lessons with a record, `ahead` of each lesson without one."""

    planned: int
    held: int
    attended: int
    ahead: tuple[int, ...]
    needed_percent: int

    @property
    def line(self) -> int:
        """The minutes to reach: exactly the share is enough, one minute less is not."""
        return -(-self.planned * self.needed_percent // 100)

    @property
    def missed(self) -> int:
        return self.held - self.attended

    @property
    def possible(self) -> int:
        """What is still in reach, nothing missed from now on."""
        return self.planned - self.missed

    @property
    def slack(self) -> int:
        """How many minutes may still be missed; below nothing once the line is out of reach."""
        return self.possible - self.line

    @property
    def short(self) -> int:
        return max(-self.slack, 0)

    @property
    def percent(self) -> int:
        """Of all that is planned, rounded down: what is not reached is not shown as reached."""
        return self.attended * 100 // self.planned if self.planned else 0

    @property
    def attended_share(self) -> str:
        """Of a hundred, for the bar."""
        return share(self.attended, self.planned)

    @property
    def possible_share(self) -> str:
        return share(self.possible, self.planned)

    @property
    def held_percent(self) -> int:
        return self.attended * 100 // self.held if self.held else 0

    @property
    def standing(self) -> Standing:
        if self.slack < 0:
            return Standing.LOST
        if self.attended >= self.line:
            return Standing.MET
        if self.missed and self.slack < min(self.ahead, default=0):
            return Standing.AT_RISK
        return Standing.ON_TRACK

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @property
    def is_worrying(self) -> bool:
        return self.standing in {Standing.AT_RISK, Standing.LOST}


def share(minutes: int, planned: int) -> str:
    return f"{minutes * 100 / planned:.2f}" if planned else "0"


def pace_of(lessons: Collection[tuple[int, int | None]], *, needed_percent: int) -> Pace:
    """From each lesson's minutes and the minutes attended of it, None where nothing is recorded."""
    marked = [(minutes, attended) for minutes, attended in lessons if attended is not None]
    return Pace(
        planned=sum(minutes for minutes, _attended in lessons),
        held=sum(minutes for minutes, _attended in marked),
        attended=sum(attended for _minutes, attended in marked),
        ahead=tuple(minutes for minutes, attended in lessons if attended is None),
        needed_percent=needed_percent,
    )
