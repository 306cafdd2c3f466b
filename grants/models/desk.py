"""The desk of an office: which colleague works for a client firm, and who stands in while they are away."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Organisation, Person
from firms.models.deputies import Deputising, DeputyQuerySet
from firms.models.organisations import Kind


def seen_from_the_office(acting: Acting) -> Q:
    """An office's own arrangements: nobody outside reads them, the client firm included."""
    return Q(office=acting.organisation_id) if acting.kind == Kind.OFFICE else Q(pk__in=[])


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def held(self) -> "AssignmentQuerySet":
        return self.filter(ended_at=None)

    def visible_to(self, acting: Acting) -> "AssignmentQuerySet":
        return self.filter(seen_from_the_office(acting))


class Assignment(models.Model):
    """Who works for one client firm. The 社会保険労務士 of the mandate stays the one whose name stands on the papers."""

    office = models.ForeignKey(Organisation, models.PROTECT, related_name="assignments", verbose_name=_("社労士事務所"))
    firm = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("顧問先"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments", verbose_name=_("担当者"))
    note = models.CharField(_("引継ぎの内容"), max_length=400, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("決めた人"))
    given_at = models.DateTimeField(_("決めた日時"), auto_now_add=True)
    ended_at = models.DateTimeField(_("終わった日時"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("担当")
        verbose_name_plural = _("担当")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "firm"], condition=Q(ended_at=None), name="assignment_one_of_a_firm"
            ),
            models.CheckConstraint(condition=~Q(office=F("firm")), name="assignment_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.person}"


class OfficeDeputyQuerySet(DeputyQuerySet["Deputy"]):
    def visible_to(self, acting: Acting) -> "OfficeDeputyQuerySet":
        return self.filter(seen_from_the_office(acting))


class Deputy(Deputising):
    """A colleague who is told of somebody's clients on the days that one is away."""

    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("社労士事務所"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("不在にする人"))
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("届けた人"))
    told_at = models.DateTimeField(_("届けた日時"), auto_now_add=True)

    objects = OfficeDeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("担当の代理")
        verbose_name_plural = _("担当の代理")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("starts_on")), name="office_deputy_days_in_order"),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="office_deputy_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.deputy}"


class SavedView(models.Model):
    """The words of one filter of the desk, kept by one person of one office under a name."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("利用者"))
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("社労士事務所"))
    name = models.CharField(_("名前"), max_length=30)
    query = models.CharField(_("条件"), max_length=400)

    class Meta:
        verbose_name = _("保存した絞込み")
        verbose_name_plural = _("保存した絞込み")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "office", "name"], name="saved_view_named_once")]

    def __str__(self) -> str:
        return self.name
