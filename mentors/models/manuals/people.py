"""Who appears in the picture of a manual, and that they agreed: consent is a row, and so is its end."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from mentors.models.manuals.manuals import COVERED_BY, ManualVersion, SkillManual, Visibility


class AppearanceQuerySet(models.QuerySet["Appearance"]):
    def visible_to(self, acting: Acting) -> "AppearanceQuerySet":
        """One's own, and those of the firm one acts for."""
        return self.filter(Q(person=acting.person) | Q(manual__firm=acting.organisation_id))

    def in_version(self, version: ManualVersion) -> "AppearanceQuerySet":
        number = version.number
        return self.filter(
            Q(until_version=None) | Q(until_version__gte=number), manual=version.manual_id, from_version__lte=number
        )

    def in_outer_version(self) -> "AppearanceQuerySet":
        """The same inside a query of versions."""
        number = OuterRef("number")
        return self.filter(
            Q(until_version=None) | Q(until_version__gte=number), manual=OuterRef("manual"), from_version__lte=number
        )

    def missing(self, visibility: str) -> "AppearanceQuerySet":
        """No consent in force that reaches so far: never given, given for fewer, or taken back."""
        covering = PictureConsent.objects.in_force().filter(shown_to__in=COVERED_BY[Visibility(visibility)])
        return self.filter(~Exists(covering.filter(appearance=OuterRef("pk"))))

    def taken_back(self) -> "AppearanceQuerySet":
        given = PictureConsent.objects.filter(appearance=OuterRef("pk"))
        return self.filter(Exists(given), ~Exists(given.in_force()))


class Appearance(models.Model):
    """Somebody in the pictures of a manual, from a version on and until one; with an account here, or by name."""

    manual = models.ForeignKey(
        SkillManual, models.PROTECT, related_name="appearances", verbose_name=_("技能マニュアル")
    )
    name = models.CharField(_("氏名"), max_length=60)
    person = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, blank=True, related_name="appearances", verbose_name=_("利用者")
    )
    email = models.EmailField(_("メールアドレス"), blank=True)
    from_version = models.PositiveSmallIntegerField(_("最初の版"))
    until_version = models.PositiveSmallIntegerField(_("最後の版"), null=True, blank=True)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("写っている人")
        verbose_name_plural = _("写っている人")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["manual", "name"], name="appearance_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="appearance_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.manual} {self.name}"


class Way(models.TextChoices):
    PAGE = "page", _("本人がこの画面で")
    LINK = "link", _("本人がリンクで")
    PAPER = "paper", _("本人が署名した紙で")


class PictureConsentQuerySet(models.QuerySet["PictureConsent"]):
    def in_force(self) -> "PictureConsentQuerySet":
        return self.filter(end=None)


class PictureConsent(models.Model):
    """Append-only: in which words somebody agreed, to be shown to whom, when and how."""

    appearance = models.ForeignKey(Appearance, models.PROTECT, related_name="consents", verbose_name=_("写っている人"))
    text = models.TextField(_("同意した文"))
    shown_to = models.CharField(_("見られてよい人"), max_length=5, choices=Visibility.choices)
    way = models.CharField(_("同意の方法"), max_length=8, choices=Way.choices)
    recorded_by = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("記録した人")
    )
    agreed_at = models.DateTimeField(_("同意した日時"), auto_now_add=True)

    objects = PictureConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("写ることの同意")
        verbose_name_plural = _("写ることの同意")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="picture_consent_has_words"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="picture_consent_way_known"),
            models.CheckConstraint(condition=Q(shown_to__in=Visibility.values), name="picture_consent_reach_known"),
        ]

    def __str__(self) -> str:
        return str(self.appearance)


class PictureConsentEnd(models.Model):
    """Append-only: a consent taken back. What it covered is shown no more from this moment."""

    consent = models.OneToOneField(PictureConsent, models.PROTECT, related_name="end", verbose_name=_("同意"))
    because = models.CharField(_("理由"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("記録した人")
    )
    ended_at = models.DateTimeField(_("取りやめた日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("同意の取りやめ")
        verbose_name_plural = _("同意の取りやめ")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.consent)
