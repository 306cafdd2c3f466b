"""Completion: the instructor's word, the certificate frozen when it was given, its end, and what people say afterwards."""

from collections.abc import Mapping
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.seats.enrolments import Enrolment
from courses.shapes import CertificateFacts, lifted_certificate
from firms.acting import Acting
from firms.models.mandates import Scope
from firms.models.organisations import Kind
from firms.papers.codes import spoken_code


class InstructorWord(models.Model):
    """Append-only: whether the instructor holds the aim reached; the newest one speaks."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="words", verbose_name=_("受講"))
    has_passed = models.BooleanField(_("合格"))
    comment = models.CharField(_("講評"), max_length=400, blank=True)
    given_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("講師"))
    given_at = models.DateTimeField(_("日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("講師の判定")
        verbose_name_plural = _("講師の判定")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.has_passed}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def valid(self) -> "CertificateQuerySet":
        return self.filter(revocation=None)

    def matching(self, words: str) -> "CertificateQuerySet":
        """Every word stands in the name, the course or the number; a NUL, which PostgreSQL refuses, parts two words."""
        found = self
        for word in words.replace("\0", " ").split():
            told = Q(facts__name__icontains=word) | Q(facts__course__icontains=word)
            found = found.filter(told | Q(number__icontains=word))
        return found

    def visible_to(self, acting: Acting) -> "CertificateQuerySet":
        """One's own; the firm's managers and advisors those of the people it sent; the college those it gave."""
        seen = Q(enrolment__person=acting.person)
        if acting.kind == Kind.FIRM and acting.role == "manager":
            seen |= Q(enrolment__employment__establishment__organisation=acting.organisation_id)
        if acting.kind == Kind.OFFICE:
            seen |= Q(enrolment__employment__establishment__organisation__in=acting.clients_for(Scope.TRAINING_GRANTS))
        if acting.kind == Kind.COLLEGE:
            seen |= Q(enrolment__run__course__college=acting.organisation_id)
        return self.filter(seen)


class Certificate(models.Model):
    """Append-only. Every paper and page of it is made from `facts`, frozen the day it was given; a new one follows a revoked one.

    `check_code` is the public secret in its QR; `status_index` its place in the public status list of the badges.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="certificates", verbose_name=_("受講"))
    number = models.CharField(_("修了証番号"), max_length=30, unique=True)
    check_code = models.CharField(_("照会コード"), max_length=32, unique=True)
    status_index = models.PositiveIntegerField(_("状態リストの位置"), unique=True)
    facts: "models.JSONField[Mapping[str, object], Mapping[str, object]]" = models.JSONField(_("記載事項"))
    issued_on = models.DateField(_("発行日"))
    issued_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("発行した人"))
    issued_at = models.DateTimeField(_("発行日時"), auto_now_add=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("修了証")
        verbose_name_plural = _("修了証")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def is_valid(self) -> bool:
        return getattr(self, "revocation", None) is None

    @property
    def spoken_code(self) -> str:
        """The code in groups of five, as it is printed for people who type it."""
        return spoken_code(self.check_code)

    @cached_property
    def lifted(self) -> CertificateFacts:
        """What everybody reads: the frozen facts in today's shape."""
        return lifted_certificate(self.facts)


class CertificateRevocation(models.Model):
    """Append-only: a certificate that holds no more, with the reason the public check page shows."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="revocation", verbose_name=_("修了証"))
    reason = models.CharField(_("取消しの理由"), max_length=200)
    revoked_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("取り消した人"))
    revoked_at = models.DateTimeField(_("取消し日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("修了証の取消し")
        verbose_name_plural = _("修了証の取消し")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="revocation_has_reason")]

    def __str__(self) -> str:
        return f"{self.certificate}"


class SigningKey(models.Model):
    """The key badges are signed with. The private half is kept encrypted; a retired key still proves what it signed."""

    key_id = models.CharField(max_length=40, unique=True)
    private_key = models.TextField()
    public_key = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("署名鍵")
        verbose_name_plural = _("署名鍵")

    def __str__(self) -> str:
        return self.key_id


class SurveyAnswer(models.Model):
    """What a trainee says afterwards, once; the college and the ward see sums, never a name."""

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="survey", verbose_name=_("受講"))
    satisfaction = models.PositiveSmallIntegerField(_("満足度"))
    usefulness = models.PositiveSmallIntegerField(_("仕事に役立つ"))
    difficulty = models.PositiveSmallIntegerField(_("難しさ"))
    comment = models.TextField(_("自由記述"), blank=True)
    answered_at = models.DateTimeField(_("回答日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("アンケートの回答")
        verbose_name_plural = _("アンケートの回答")
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction__range=(1, 5), usefulness__range=(1, 5), difficulty__range=(1, 5)),
                name="survey_answers_from_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}"
