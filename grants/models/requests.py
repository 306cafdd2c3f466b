"""EvidenceRequest: what an office asks of a client firm for its cases, and what came back."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Evidence, Organisation, Person
from firms.models.mandates import Scope
from firms.models.organisations import Kind, Role
from firms.words.days import day_words
from grants.models.cases import GrantCase
from grants.states import RequestState

LABEL_LETTERS = 120


class RequestQuerySet(models.QuerySet["EvidenceRequest"]):
    def open(self) -> "RequestQuerySet":
        return self.filter(state=RequestState.OPEN)

    def visible_to(self, acting: Acting) -> "RequestQuerySet":
        """The office that asks, while its mandate lasts, and the managers of the firm that is asked."""
        if acting.kind == Kind.OFFICE:
            return self.filter(office=acting.organisation_id, firm__in=acting.clients_for(Scope.TRAINING_GRANTS))
        if acting.kind == Kind.FIRM and acting.role == Role.MANAGER:
            return self.filter(firm=acting.organisation_id)
        return self.none()


class EvidenceRequest(models.Model):
    """One letter to one firm, for as many of its cases as it is about."""

    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("社労士事務所"))
    firm = models.ForeignKey(Organisation, models.PROTECT, related_name="evidence_requests", verbose_name=_("企業"))
    to = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("お願いする人"))
    due_on = models.DateField(_("いつまでに"))
    note = models.TextField(_("ひとこと"), blank=True)
    state = models.CharField(_("状態"), max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("お願いした人"))
    asked_at = models.DateTimeField(_("お願いした日時"), auto_now_add=True)
    reminded_at = models.DateTimeField(_("催促した日時"), null=True, blank=True)
    closed_at = models.DateTimeField(_("終わった日時"), null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("書類のお願い")
        verbose_name_plural = _("書類のお願い")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="request_closed_with_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} {day_words(self.due_on)}まで"

    def get_absolute_url(self) -> str:
        return reverse("grants:request", args=[self.pk])

    @property
    def counts(self) -> tuple[int, int]:
        """How many documents came, of how many; of rows prefetched with `items__given__evidence`."""
        items = self.items.all()
        return sum(bool(item.answers) for item in items), len(items)


class RequestItem(models.Model):
    """One document of one case. It waits until something came that was not rejected."""

    request = models.ForeignKey(EvidenceRequest, models.PROTECT, related_name="items", verbose_name=_("書類のお願い"))
    case = models.ForeignKey(GrantCase, models.PROTECT, related_name="request_items", verbose_name=_("助成金案件"))
    label = models.CharField(_("書類"), max_length=LABEL_LETTERS)

    class Meta:
        verbose_name = _("お願いした書類")
        verbose_name_plural = _("お願いした書類")
        ordering = ["request", "case", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "case", "label"], name="request_item_once"),
            models.CheckConstraint(condition=~Q(label=""), name="request_item_named"),
        ]

    def __str__(self) -> str:
        return f"{self.case.number} {self.label}"

    @property
    def answers(self) -> "list[RequestAnswer]":
        """What came and was not rejected; `given` may be prefetched with its evidence."""
        return [one for one in self.given.all() if one.holds]


class RequestAnswer(models.Model):
    """A file, or a word on why there is none. Append-only."""

    item = models.ForeignKey(RequestItem, models.PROTECT, related_name="given", verbose_name=_("お願いした書類"))
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("届いたファイル")
    )
    note = models.CharField(_("ひとこと"), max_length=200, blank=True)
    who = models.CharField(_("渡した人"), max_length=160)
    given_at = models.DateTimeField(_("届いた日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("お願いへの返事")
        verbose_name_plural = _("お願いへの返事")
        ordering = ["item", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(evidence__isnull=False) | ~Q(note=""), name="request_answer_says_something"
            ),
            models.CheckConstraint(condition=~Q(who=""), name="request_answer_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.who}"

    @property
    def holds(self) -> bool:
        return self.evidence is None or self.evidence.state != "rejected"
