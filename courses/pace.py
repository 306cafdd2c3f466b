"""How somebody stands against the share of a run they have to attend: whole minutes, whole percent, no rounding in favour."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from courses.minutes import needed_minutes


class PaceState(TextChoices):
    MET = "met", _("達成")
    ON_TRACK = "on_track", _("順調")
    AT_RISK = "at_risk", _("あと1コマ休むと届かない")
    AWAY = "away", _("不在の予定の日があり届かない見込み")
    UNRECORDED = "unrecorded", _("記録待ち")
    LOST = "lost", _("届かない")


TONES = {
    PaceState.MET: "success",
    PaceState.ON_TRACK: "info",
    PaceState.AT_RISK: "warning",
    PaceState.LOST: "error",
} | {
    PaceState.UNRECORDED: "warning",
    PaceState.AWAY: "warning",
}


@dataclass(frozen=True)
class LessonMinutes:
    """One lesson of a run for one person: `attended` is None where nothing is recorded; `is_away`: of a day of leave."""

    planned: int
    attended: int | None = None
    is_over: bool = False
    is_away: bool = False


@dataclass(frozen=True)
class Pace:
    """Minutes of one person in one run: `held` are those of lessons with a record, `ahead` of each lesson still to come,
    `unrecorded` of lessons that are over and of which nobody knows yet whether the person was there, `away` of those
    to come on a day of leave: one may come all the same, so they are not missed yet."""

    planned: int
    held: int
    attended: int
    ahead: tuple[int, ...]
    unrecorded: int
    needed_percent: int
    away: int = 0

    @property
    def line(self) -> int:
        """The minutes to reach: exactly the share is enough, one minute less is not."""
        return needed_minutes(self.planned, self.needed_percent)

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
    def standing(self) -> PaceState:
        if self.slack < 0:
            return PaceState.LOST
        if self.attended >= self.line:
            return PaceState.MET
        if self.slack < self.away:
            return PaceState.AWAY
        if self.missed and self.slack < min(self.ahead, default=0):
            return PaceState.AT_RISK
        if self.unrecorded:
            return PaceState.UNRECORDED
        return PaceState.ON_TRACK

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @property
    def is_worrying(self) -> bool:
        return self.standing in {PaceState.AT_RISK, PaceState.AWAY, PaceState.LOST}


def share(minutes: int, planned: int) -> str:
    return f"{minutes * 100 / planned:.2f}" if planned else "0"


def pace_of(lessons: Collection[LessonMinutes], *, needed_percent: int) -> Pace:
    unmarked = [one for one in lessons if one.attended is None]
    return Pace(
        planned=sum(one.planned for one in lessons),
        held=sum(one.planned for one in lessons if one.attended is not None),
        attended=sum(one.attended or 0 for one in lessons),
        ahead=tuple(one.planned for one in unmarked if not one.is_over),
        unrecorded=sum(one.planned for one in unmarked if one.is_over),
        needed_percent=needed_percent,
        away=sum(one.planned for one in unmarked if one.is_away and not one.is_over),
    )
