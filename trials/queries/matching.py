"""Which postings fit a person, with reasons, and how many places of a round are taken."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from trials.models import JobSeeker, Posting, Round
from trials.states import PostingState


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


def taken_places(round: Round) -> int:
    return round.seekers.joined().exclude(placements__closed_with="withdrawn").count()
