"""Enrolment: a person in a run, through an employment where a firm sends them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue import Run
from courses.states import OPEN_ENROLMENTS, EnrolmentState
from firms.acting import Acting
from firms.models import Employment
from firms.models.mandates import Scope
from firms.models.organisations import Kind


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def accepted(self) -> "EnrolmentQuerySet":
        return self.filter(state=EnrolmentState.ACCEPTED)

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
    state = models.CharField(_("状態"), max_length=12, choices=EnrolmentState.choices, default=EnrolmentState.REQUESTED)
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
                condition=Q(state__in=["requested", "accepted", "waitlisted"]),
                name="enrolment_open_once",
                violation_error_message=_("この人はすでに申し込んでいます。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.run}"

    @property
    def is_open(self) -> bool:
        """Still wants something from the run."""
        return self.state in OPEN_ENROLMENTS
