"""Who approves a manual, in order; whom a version was put before, and what each of them said."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from mentors.models.manuals.manuals import ManualVersion, SkillManual


class Approver(models.Model):
    """Who is to approve the next version, at which place in the order."""

    manual = models.ForeignKey(SkillManual, models.CASCADE, related_name="approvers", verbose_name=_("技能マニュアル"))
    number = models.PositiveSmallIntegerField(_("順番"))
    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("承認者"))

    class Meta:
        verbose_name = _("承認者")
        verbose_name_plural = _("承認者")
        ordering = ["manual", "number"]
        constraints = [
            models.UniqueConstraint(fields=["manual", "number"], name="approver_number_once"),
            models.UniqueConstraint(fields=["manual", "person"], name="approver_person_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def current(self) -> "ApprovalQuerySet":
        """Those nobody else was named in place of."""
        return self.filter(instead=None)

    def visible_to(self, acting: Acting) -> "ApprovalQuerySet":
        return self.filter(Q(approver=acting.person) | Q(version__manual__firm=acting.organisation_id))

    def in_turn(self) -> "ApprovalQuerySet":
        """Asked in the round of now, with nobody before them who has still to answer."""
        before = Approval._default_manager.filter(
            version=OuterRef("version"), round=OuterRef("round"), number__lt=OuterRef("number"), instead=None, word=None
        )
        asked = self.current().filter(word=None, version__state="reviewing", round=F("version__round"))
        return asked.exclude(Exists(before))


class Approval(models.Model):
    """Append-only: somebody is asked about a version, once a round; whoever left is followed by a further row."""

    version = models.ForeignKey(ManualVersion, models.PROTECT, related_name="approvals", verbose_name=_("版"))
    round = models.PositiveSmallIntegerField(_("承認の回"))
    number = models.PositiveSmallIntegerField(_("順番"))
    approver = models.ForeignKey("firms.Person", models.PROTECT, related_name="approvals", verbose_name=_("承認者"))
    instead_of = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="instead", verbose_name=_("代わる前の承認者")
    )
    because = models.CharField(_("承認者を替えた理由"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("依頼日時"), auto_now_add=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("承認の依頼")
        verbose_name_plural = _("承認の依頼")
        ordering = ["version", "round", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "round", "number"], condition=Q(instead_of=None), name="approval_place_once"
            ),
            models.CheckConstraint(
                condition=Q(instead_of=None) | ~Q(because=""), name="approval_replaced_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.approver}"

    @property
    def said(self) -> "ApprovalWord | None":
        return getattr(self, "word", None)


class Verdict(models.TextChoices):
    APPROVE = "approve", _("承認する")
    RETURN = "return", _("差し戻す")


class ApprovalWord(models.Model):
    """Append-only: what one approver said of a version."""

    approval = models.OneToOneField(Approval, models.PROTECT, related_name="word", verbose_name=_("承認の依頼"))
    verdict = models.CharField(_("判断"), max_length=8, choices=Verdict.choices)
    reason = models.CharField(_("ひとこと"), max_length=400, blank=True)
    said_at = models.DateTimeField(_("判断の日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("承認者の判断")
        verbose_name_plural = _("承認者の判断")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="approval_verdict_known"),
            models.CheckConstraint(
                condition=~Q(verdict="return") | ~Q(reason=""), name="approval_returned_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.approval} {self.get_verdict_display()}"
