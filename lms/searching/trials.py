"""Trials: people in a round, their placements, and what firms offer."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models.organisations import DESK_ROLES, Kind
from lms.searching.firms import PERSON
from lms.searching.providers import Hit, Provider, Words, said
from trials.models import JobSeeker, Placement, Posting


def seekers(acting: Acting, words: Words) -> QuerySet[JobSeeker]:
    """By the name the adviser typed, or their own once they have joined."""
    own = [f"person__{name}" for name in PERSON]
    typed = said(words, "family_name", "given_name") & Q(person=None)
    rows = JobSeeker.objects.visible_to(acting).select_related("person", "round")
    return rows.filter(typed | said(words, *own)).order_by("-pk")


def seeker_hit(row: JobSeeker) -> Hit:
    return Hit(row.full_name, reverse("trials:seeker", args=[row.pk]), (str(row.round),))


def placements(acting: Acting, words: Words) -> QuerySet[Placement]:
    fields = [f"person__{name}" for name in PERSON]
    places = ("posting__title", "posting__establishment__organisation__name")
    return Placement.objects.visible_to(acting).with_sides().filter(said(words, *fields, *places)).order_by("-pk")


def placement_hit(row: Placement) -> Hit:
    title = row.posting.title if row.posting else row.seeker.round.title
    return Hit(
        title,
        reverse("trials:placement", args=[row.pk]),
        (row.person.full_name, str(row.get_state_display())),
    )


def postings(acting: Acting, words: Words) -> QuerySet[Posting]:
    rows = Posting.objects.visible_to(acting).select_related("establishment__organisation")
    return rows.filter(said(words, "title", "work", "establishment__organisation__name")).order_by("-pk")


def posting_hit(row: Posting) -> Hit:
    about = (row.establishment.organisation.name, str(row.get_state_display()))
    return Hit(row.title, reverse("trials:posting", args=[row.pk]), about)


def is_in_trials(acting: Acting) -> bool:
    """A host's and an agency's desk; and whoever acts for nobody, who may be in one."""
    return not acting.kind or (acting.kind in {Kind.FIRM, Kind.AGENCY} and acting.role in DESK_ROLES)


PROVIDERS = (
    Provider(
        "seekers", _("求職者"), "user", seekers, seeker_hit,
        concerns=lambda acting: acting.kind == Kind.AGENCY,
    ),
    Provider("placements", _("トライアル就労"), "flag", placements, placement_hit, concerns=is_in_trials),
    Provider("postings", _("求人"), "list", postings, posting_hit, concerns=is_in_trials),
)  # fmt: skip
