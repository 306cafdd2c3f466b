"""Lighter postings: a factory tour on a theme and a paid internship, asked for by a school or an agency, answered, attended."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Establishment, Organisation
from firms.models.organisations import LEADING_ROLES, Kind, Role
from trials.models.advising import works_at_agency
from trials.states import PostingState


class VisitKind(models.TextChoices):
    TOUR = "tour", _("工場見学")
    INTERNSHIP = "internship", _("有給インターンシップ")


def asks_for_visits(acting: Acting) -> bool:
    """The desk of a school, and those who work at an agency."""
    return works_at_agency(acting) or (acting.kind == Kind.COLLEGE and acting.role == Role.COORDINATOR)


def offers_visits(acting: Acting) -> bool:
    return acting.kind == Kind.FIRM and acting.role in LEADING_ROLES


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, acting: Acting) -> "VisitQuerySet":
        """The firm's own, and for who may ask the open ones with those they asked for."""
        if offers_visits(acting):
            return self.filter(establishment__organisation=acting.organisation_id)
        if asks_for_visits(acting):
            return self.filter(Q(state=PostingState.OPEN) | Q(requests__asker=acting.organisation_id)).distinct()
        return self.none()


class Visit(models.Model):
    """One day at a firm; an internship is work and is paid by the hour."""

    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="visits", verbose_name=_("事業所"))
    kind = models.CharField(_("種類"), max_length=10, choices=VisitKind.choices)
    theme = models.CharField(_("テーマ"), max_length=80)
    words = models.TextField(_("見られること・すること"), max_length=1000)
    day = models.DateField(_("日付"))
    starts_at = models.TimeField(_("始まり"))
    ends_at = models.TimeField(_("終わり"))
    places = models.PositiveSmallIntegerField(_("定員（人）"))
    hourly_yen = models.PositiveIntegerField(_("時給（円）"), null=True)
    state = models.CharField(_("状態"), max_length=8, choices=PostingState.choices, default=PostingState.DRAFT)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("見学・インターンシップ")
        verbose_name_plural = _("見学・インターンシップ")
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="visit_ends_after_start"),
            models.CheckConstraint(condition=Q(places__gte=1), name="visit_has_places"),
            models.CheckConstraint(
                condition=Q(kind="internship", hourly_yen__isnull=False) | Q(kind="tour", hourly_yen=None),
                name="visit_internship_is_paid",
            ),
            models.CheckConstraint(condition=Q(state__in=PostingState.values), name="visit_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.theme}"

    @property
    def firm(self) -> Organisation:
        return self.establishment.organisation


class VisitRequest(models.Model):
    """`people` is how many would come, `attended` how many came; who they are stays with the school or agency."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="requests", verbose_name=_("見学・インターンシップ"))
    asker = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("申し込んだ組織"))
    asked_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("申し込んだ人"))
    people = models.PositiveSmallIntegerField(_("人数"))
    note = models.CharField(_("伝えること"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("申込み日時"), auto_now_add=True)
    answer_by = models.DateField(_("回答期限"))
    is_yes = models.BooleanField(_("受け入れる"), null=True)
    reason = models.CharField(_("断る理由"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("回答日時"), null=True)
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    attended = models.PositiveSmallIntegerField(_("来た人数"), null=True)

    class Meta:
        verbose_name = _("見学・インターンシップの申込み")
        verbose_name_plural = _("見学・インターンシップの申込み")
        ordering = ["visit", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "asker"], name="visit_asked_once"),
            models.CheckConstraint(condition=Q(people__gte=1), name="visit_request_of_somebody"),
            models.CheckConstraint(
                condition=Q(is_yes=None, answered_at=None) | Q(is_yes__isnull=False, answered_at__isnull=False),
                name="visit_answered_with_moment",
            ),
            models.CheckConstraint(condition=~Q(is_yes=False) | ~Q(reason=""), name="visit_no_with_reason"),
            models.CheckConstraint(
                condition=Q(attended=None) | Q(is_yes__isnull=False, is_yes=True, attended__lte=F("people")),
                name="visit_attended_by_guests",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.asker}"
