"""Which postings fit a person, with reasons, and how many places of a round are taken."""

import re
from dataclasses import dataclass

from django.utils import timezone

from firms.words.names import plain
from firms.words.saying import said as _
from trials.models import Answer, JobSeeker, Posting, Round
from trials.rules import median_shown
from trials.states import Party, PostingState


@dataclass(frozen=True)
class Suggestion:
    """Never by age or sex: skills, distance, wishes and hours alone."""

    posting: Posting
    reasons: tuple[str, ...]


def suggestions(seeker: JobSeeker) -> list[Suggestion]:
    """Every open posting, what fits best first. One query."""
    rows = Posting.objects.filter(state=PostingState.OPEN).select_related("establishment__organisation")
    found = [Suggestion(posting, reasons_for(seeker, posting)) for posting in rows.order_by("pk")]
    return sorted(found, key=lambda one: -len(one.reasons))


def reasons_for(seeker: JobSeeker, posting: Posting) -> tuple[str, ...]:
    hours, most = posting.weekly_hours, seeker.most_weekly_hours
    shared = [
        one
        for one in listed(seeker.skills)
        if plain(one) in {plain(wanted) for wanted in listed(posting.wanted_skills)}
    ]
    fits = {
        _("生かせる技能（%(skills)s）") % {"skills": "・".join(shared)}: bool(shared),
        _("住んでいる地域にある（%(area)s）") % {"area": seeker.home_area}: bool(
            seeker.home_area and seeker.home_area in posting.establishment.address
        ),
        _("希望する仕事（%(field)s）") % {"field": posting.get_field_display()}: seeker.wished_field == posting.field,
        _("働ける時間の中（週%(hours)s時間）") % {"hours": hours}: bool(hours and most and hours <= most),
        _("希望する地域（%(area)s）") % {"area": seeker.wished_area}: bool(
            seeker.wished_area and seeker.wished_area in posting.establishment.address
        ),
    }
    return tuple(reason for reason, is_so in fits.items() if is_so)


def taken_places(round: Round) -> int:
    return round.seekers.joined().exclude(placements__closed_with="withdrawn").count()


def listed(text: str) -> list[str]:
    """What somebody separated by 、 or a comma."""
    return [one.strip() for one in re.split("[、,，]", text) if one.strip()]


@dataclass(frozen=True)
class Answering:
    """How fast a firm has answered so far; `days` is the middle one."""

    count: int
    days: int


def answering_of(organisation_id: int) -> Answering | None:
    """For whoever thinks of proposing somebody there; None while the firm has answered nothing."""
    theirs = Answer.objects.filter(side=Party.HOST, proposal__posting__establishment__organisation=organisation_id)
    waits = [
        (timezone.localdate(answered) - timezone.localdate(proposed)).days
        for answered, proposed in theirs.values_list("answered_at", "proposal__proposed_at")
    ]
    days = median_shown(waits, least=1)
    return None if days is None else Answering(len(waits), days)
