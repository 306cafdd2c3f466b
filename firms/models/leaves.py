"""休業・休職: the days on which somebody employed does not work."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models.organisations import EMPLOYERS, LEADING_ROLES, Establishment, Kind


class LeaveKind(models.TextChoices):
    """What the firm needs to know of it, and no more: an illness is 休職, and nobody is asked which."""

    CHILDCARE = "childcare", _("育児休業")
    MATERNITY = "maternity", _("産前産後休業")
    NURSING = "nursing", _("介護休業")
    SUSPENSION = "suspension", _("休職")
    OTHER = "other", _("その他の休業")


class LeaveQuerySet(models.QuerySet["Leave"]):
    def standing(self) -> "LeaveQuerySet":
        """Those that were not taken back as recorded by mistake."""
        return self.filter(is_withdrawn=False)

    def within(self, first: date, last: date) -> "LeaveQuerySet":
        return self.standing().filter(Q(ended_on=None) | Q(ended_on__gte=first), started_on__lte=last)

    def visible_to(self, acting: Acting) -> "LeaveQuerySet":
        """As the employment they are of: who leads the employer, a mandated office, and oneself."""
        own = Q(person=acting.person)
        if acting.kind in EMPLOYERS and acting.role in LEADING_ROLES:
            return self.filter(own | Q(establishment__organisation=acting.organisation_id))
        if acting.kind == Kind.OFFICE:
            return self.filter(own | Q(establishment__organisation__in=acting.client_ids))
        return self.filter(own)


class Leave(models.Model):
    """From–until, both days included; without a last day it goes on. Put right by corrections, never removed."""

    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="leaves", verbose_name=_("利用者"))
    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="leaves", verbose_name=_("事業所"))
    kind = models.CharField(_("種類"), max_length=12, choices=LeaveKind.choices)
    started_on = models.DateField(_("休業の最初の日"))
    ended_on = models.DateField(_("休業の最後の日"), null=True, blank=True)
    is_withdrawn = models.BooleanField(_("誤って記録した"), default=False)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("休業")
        verbose_name_plural = _("休業")
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "establishment"],
                condition=Q(ended_on=None, is_withdrawn=False),
                name="leave_open_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="leave_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(kind__in=LeaveKind.values), name="leave_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()}"

    def covers(self, day: date) -> bool:
        return not self.is_withdrawn and self.started_on <= day and (self.ended_on is None or day <= self.ended_on)
