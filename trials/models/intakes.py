"""Where an open page of a round leads: the agencies that take people who come by themselves."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Membership, Organisation
from firms.models.organisations import registered
from trials.models.advising import ADVISING_ROLES, works_at_agency
from trials.models.matching import Licence, LicenceKind, Round


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, acting: Acting) -> "IntakeQuerySet":
        return self.filter(agency=acting.organisation_id) if works_at_agency(acting) else self.none()

    def open(self) -> "IntakeQuerySet":
        return self.filter(closed_at=None)

    def shown_on(self, day: date) -> "IntakeQuerySet":
        """Open ones of agencies that are registered and licensed that day, whose contact still works there."""
        licensed = Licence.objects.filter(agency=OuterRef("agency"), kind=LicenceKind.DISPATCH)
        there = Membership.objects.on(day).filter(person=OuterRef("contact"), organisation=OuterRef("agency"))
        return self.open().filter(
            registered(day, organisation="agency"),
            Exists(licensed.covering(day, day)),
            Exists(there.filter(role__in=ADVISING_ROLES)),
            contact__is_active=True,
        )


class Intake(models.Model):
    """An agency takes people of a round from its open page; the letter to them goes out in the contact's name."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="intakes", verbose_name=_("募集回"))
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="intakes", verbose_name=_("派遣元"))
    contact = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("最初の担当者"))
    words = models.CharField(_("ひとこと"), max_length=200, blank=True)
    opened_at = models.DateTimeField(_("開いた日時"), auto_now_add=True)
    closed_at = models.DateTimeField(_("閉じた日時"), null=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("公開の受付")
        verbose_name_plural = _("公開の受付")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "agency"], condition=Q(closed_at=None), name="intake_open_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="intake_closed_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.agency}"
