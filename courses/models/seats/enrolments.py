"""Enrolment: a person in a run, through an employment where a firm sends them."""

from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue.runs import Run, SeatQuota
from courses.states import OPEN_ENROLMENTS, SEATED, EnrolmentState
from courses.terms import Terms, with_terms
from firms.acting import Acting
from firms.models import Employment
from firms.models.mandates import Scope
from firms.models.organisations import Kind


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def create(self, **fields: Any) -> Any:
        """Under the terms the run offers now, unless others were promised."""
        return super().create(**with_terms(fields))

    def accepted(self) -> "EnrolmentQuerySet":
        """Those with a seat of their own, whether or not it is decided already that they completed."""
        return self.filter(state__in=SEATED)

    def in_queue_order(self) -> "EnrolmentQuerySet":
        """The order in which freed seats are offered: as drawn, else as applied for."""
        return self.order_by("queue_rank", "pk")

    def visible_to(self, acting: Acting) -> "EnrolmentQuerySet":
        """Their own; the firm's managers and its advisor those it sends; the college those it teaches."""
        seen = Q(person=acting.person)
        if acting.kind == Kind.FIRM and acting.role == "manager":
            seen |= Q(employment__establishment__organisation=acting.organisation_id)
        if acting.kind == Kind.OFFICE:
            seen |= Q(employment__establishment__organisation__in=acting.clients_for(Scope.TRAINING_GRANTS))
        if acting.kind == Kind.COLLEGE:
            seen |= Q(run__course__college=acting.organisation_id)
        return self.filter(seen)


class Enrolment(models.Model):
    run = models.ForeignKey(Run, models.PROTECT, related_name="enrolments", verbose_name=_("開講"))
    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="enrolments", verbose_name=_("受講者"))
    employment = models.ForeignKey(
        Employment, models.PROTECT, null=True, blank=True, related_name="enrolments", verbose_name=_("雇用")
    )
    state = models.CharField(_("状態"), max_length=14, choices=EnrolmentState.choices, default=EnrolmentState.REQUESTED)
    quota = models.ForeignKey(
        SeatQuota, models.PROTECT, null=True, blank=True, related_name="enrolments", verbose_name=_("企業の確保席")
    )
    queue_rank = models.PositiveIntegerField(_("順番"), default=0)
    answer_until = models.DateTimeField(_("繰上げの返事の期限"), null=True, blank=True)
    motive = models.CharField(_("受講の動機"), max_length=400, blank=True)
    terms_kept = models.JSONField(_("申込みの条件"))
    applied_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("申込者"))
    applied_at = models.DateTimeField(_("申込日時"), auto_now_add=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("受講")
        verbose_name_plural = _("受講")
        ordering = ["run", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "person"],
                condition=~Q(state__in=["declined", "rejected", "cancelled"]),
                name="enrolment_open_once",
                violation_error_message=_("この人はすでに申し込んでいます。"),
            ),
            models.CheckConstraint(
                condition=Q(state="offered", answer_until__isnull=False) | ~Q(state="offered"),
                name="enrolment_offer_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.run}"

    @cached_property
    def terms(self) -> Terms:
        """What this person applied under, whatever the course says by now."""
        return Terms.kept(self.terms_kept)

    @property
    def mail(self) -> str:
        """The person's own address, or the one their firm invites them at."""
        return self.employment.mail if self.employment else self.person.email or ""

    @property
    def is_open(self) -> bool:
        """Still wants something from the run."""
        return self.state in OPEN_ENROLMENTS
