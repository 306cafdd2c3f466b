"""JournalEntry: who, for which organisation, under which mandate, did what to what, from → to."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models.mandates import Scope
from firms.models.organisations import DESK_ROLES
from firms.verbs import verb_label
from firms.words.details import in_words

# The apps whose stories belong to the training grants alone.
OF_TRAINING = ("courses.", "grants.")


def concerning_clients(acting: Acting) -> Q:
    """What concerns a client, as far as the mandate reaches."""
    of_training = Q()
    for app in OF_TRAINING:
        of_training |= Q(subject_type__startswith=app)
    mandated = Q(concerns__in=acting.clients_for(Scope.TRAINING_GRANTS))
    return Q(concerns__in=acting.client_ids) & (mandated | ~of_training)


class JournalQuerySet(models.QuerySet["JournalEntry"]):
    def about(self, subject: models.Model) -> "JournalQuerySet":
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def visible_to(self, acting: Acting) -> "JournalQuerySet":
        """Entries one's organisation made, and those that concern it or a client; without a desk, one's own."""
        if acting.role not in DESK_ROLES:
            return self.filter(person=acting.person)
        own = Q(organisation=acting.organisation_id) | Q(concerns=acting.organisation_id)
        return self.filter(own | concerning_clients(acting)) if acting.client_ids else self.filter(own)

    def once(self) -> "JournalQuerySet":
        """Of each event the entry written first of those that are here: one event is one row to one reader."""
        earlier = self.order_by().filter(event=OuterRef("event"), pk__lt=OuterRef("pk"))
        return self.filter(Q(event=None) | ~Exists(earlier))

    def for_page(self) -> "JournalQuerySet":
        return self.select_related("person", "organisation", "mandate__office")

    def told(self, most: int | None = None) -> "list[JournalEntry]":
        """As a page shows them, the newest first, each with the other entries of its event. Two queries."""
        return self.with_fellows(list(self.once().for_page()[:most]))

    def with_fellows(self, entries: "list[JournalEntry]") -> "list[JournalEntry]":
        """Sets `fellows` on entries of `once`: those here that were written in the same event."""
        shown = {entry.event: entry for entry in entries if entry.event}
        if not shown:
            return entries
        found: dict[UUID, list[JournalEntry]] = defaultdict(list)
        for one in self.order_by("pk").filter(event__in=list(shown)):
            if one.event and one != shown[one.event]:
                found[one.event].append(one)
        for event, fellows in found.items():
            shown[event].fellows = fellows
        return entries


class JournalEntry(models.Model):
    """Append-only: the database refuses UPDATE and DELETE by trigger."""

    at = models.DateTimeField(_("日時"), auto_now_add=True)
    person = models.ForeignKey("firms.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("利用者"))
    organisation = models.ForeignKey(
        "firms.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("所属組織")
    )
    mandate = models.ForeignKey("firms.Mandate", models.PROTECT, null=True, related_name="+", verbose_name=_("委任"))
    concerns = models.ForeignKey(
        "firms.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("対象の組織")
    )
    verb = models.CharField(_("操作"), max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(_("対象"), max_length=200)
    from_state = models.CharField(_("前"), max_length=20, blank=True)
    to_state = models.CharField(_("後"), max_length=20, blank=True)
    details = models.JSONField(_("内容"), default=dict)
    # Shared by the entries one act of one person leaves under one verb, whatever organisations and objects they are for.
    event = models.UUIDField(null=True, editable=False)

    fellows: "Sequence[JournalEntry]" = ()

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = _("履歴")
        verbose_name_plural = _("履歴")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="journal_subject"),
            models.Index(fields=["concerns", "-id"], name="journal_concerns"),
            models.Index(fields=["event", "id"], condition=~Q(event=None), name="journal_event"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject_label}"

    @property
    def verb_label(self) -> str:
        return verb_label(self.verb)

    @property
    def told(self) -> list[tuple[str, str]]:
        return in_words(self.details)

    @property
    def subject(self) -> tuple[str, int]:
        return self.subject_type, self.subject_id

    @cached_property
    def others(self) -> "list[JournalEntry]":
        """What its fellows say beyond it: of other objects, and of the same one what only another organisation was told."""
        kept: dict[tuple[str, int], list[JournalEntry]] = {self.subject: [self]}
        for fellow in self.fellows:
            same = kept.setdefault(fellow.subject, [])
            if not any(one.covers(fellow) for one in same):
                same.append(fellow)
        return [entry for entries in kept.values() for entry in entries if entry is not self]

    def covers(self, other: "JournalEntry") -> bool:
        """Says all that the other says of the same object."""
        return all(holds(self.details.get(name), value) for name, value in other.details.items())

    @property
    def from_label(self) -> str:
        return self.state_label(self.from_state)

    @property
    def to_label(self) -> str:
        return self.state_label(self.to_state)

    def state_label(self, state: str) -> str:
        """The word of the subject's own states for it."""
        if not state:
            return ""
        field = apps.get_model(self.subject_type)._meta.get_field("state")
        return str(dict(field.flatchoices).get(state, state))


def holds(whole: Any, share: Any) -> bool:
    """A firm is told of its own people and their number, the college of all."""
    if isinstance(whole, list) and isinstance(share, list):
        return all(one in whole for one in share)
    if isinstance(whole, int) and isinstance(share, int):
        return share <= whole
    return bool(whole == share)
