"""SiteText: what the ward itself says to everybody: whom to ask, what becomes of personal data, terms, accessibility."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TextKind(models.TextChoices):
    CONTACT = "contact", _("お問い合わせ")
    PRIVACY = "privacy", _("個人情報の取扱い")
    TERMS = "terms", _("利用規約")
    ACCESSIBILITY = "accessibility", _("アクセシビリティ")


class SiteText(models.Model):
    """One text of each kind, in the ward's own words; what stood before is in the journal."""

    kind = models.CharField(_("種類"), max_length=14, choices=TextKind.choices, unique=True)
    body = models.TextField(_("本文"), max_length=20_000)
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("書いた人"))
    written_at = models.DateTimeField(_("更新日時"), auto_now=True)

    class Meta:
        verbose_name = _("区からのお知らせ文")
        verbose_name_plural = _("区からのお知らせ文")
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="site_text_says_something"),
            models.CheckConstraint(condition=Q(kind__in=TextKind.values), name="site_text_kind_known"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
