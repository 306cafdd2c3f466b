"""Which postings fit a person, with reasons, and a round in counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trials.models import JobSeeker, Placement, Posting, Round
from trials.rules import standard_number
from trials.states import AT_WORK, BEFORE_MATCHING, HIRED, PlacementState, PostingState

S = PlacementState


@dataclass(frozen=True)
class Suggestion:
    """Never by age or sex: field, hours and place alone."""

    posting: Posting
    reasons: tuple[str, ...]


def suggestions(seeker: JobSeeker) -> list[Suggestion]:
    """Every open posting, what fits best first. One query."""
    rows = Posting.objects.filter(state=PostingState.OPEN).select_related("establishment__organisation")
    found = [Suggestion(posting, reasons_for(seeker, posting)) for posting in rows.order_by("pk")]
    return sorted(found, key=lambda one: -len(one.reasons))


def reasons_for(seeker: JobSeeker, posting: Posting) -> tuple[str, ...]:
    hours, most = posting.weekly_hours, seeker.most_weekly_hours
    fits = {
        _("希望する仕事（%(field)s）") % {"field": posting.get_field_display()}: seeker.wished_field == posting.field,
        _("働ける時間の中（週%(hours)s時間）") % {"hours": hours}: bool(hours and most and hours <= most),
        _("希望する地域（%(area)s）") % {"area": seeker.wished_area}: bool(
            seeker.wished_area and seeker.wished_area in posting.establishment.address
        ),
    }
    return tuple(reason for reason, is_so in fits.items() if is_so)


GROUPS: tuple[tuple[object, tuple[str, ...]], ...] = (
    (gettext_lazy("登録・準備"), BEFORE_MATCHING),
    (gettext_lazy("打診・契約"), (S.MATCHING, S.TERMS_PENDING, S.CONTRACTED, S.READY)),
    (gettext_lazy("就労・意向確認"), AT_WORK),
    (gettext_lazy("採用の手続き"), (S.MUTUAL_AGREED, S.OFFERED)),
    (gettext_lazy("正社員に転換"), HIRED),
    (gettext_lazy("転換せず・終結"), (S.WORKER_DECLINED, S.HOST_DECLINED, S.TERMINATED, S.CLOSED)),
)


@dataclass(frozen=True)
class Counted:
    """`number` is None where showing it might tell who it is."""

    label: object
    number: int | None


def counts_of(round: Round) -> list[Counted]:
    """Placements of a round by where they stand, small numbers withheld."""
    rows = Placement.objects.filter(seeker__round=round).order_by().values_list("state").annotate(n=Count("pk"))
    by_state: Mapping[str, int] = dict(rows)
    numbers = [sum(by_state.get(state, 0) for state in states) for _label, states in GROUPS]
    least = standard_number("counts.least_shown", round.opens_on)
    shown = withheld(numbers, least=least)
    return [Counted(label, number) for (label, _states), number in zip(GROUPS, shown, strict=True)]


def withheld(numbers: list[int], *, least: int) -> list[int | None]:
    """Where one alone is withheld the next smallest goes with it, since the total would tell it."""
    hidden = {n for n, number in enumerate(numbers) if 0 < number < least}
    rest = [n for n, number in enumerate(numbers) if number >= least]
    if len(hidden) == 1 and rest:
        hidden.add(min(rest, key=lambda n: numbers[n]))
    return [None if n in hidden else number for n, number in enumerate(numbers)]


def taken_places(round: Round) -> int:
    return round.seekers.joined().exclude(placements__closed_with="withdrawn").count()
