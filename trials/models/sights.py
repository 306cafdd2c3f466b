"""What a place looks like: pictures and a short film of a posting, each with its words."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.models import StoredFile
from trials.models.matching import Posting


class SightKind(models.TextChoices):
    PICTURE = "picture", _("写真")
    FILM = "film", _("動画")


class Sight(models.Model):
    """`words` say what there is to see, for who cannot; a film has captions."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="sights", verbose_name=_("求人"))
    kind = models.CharField(_("種類"), max_length=7, choices=SightKind.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("ファイル"))
    captions = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("字幕"))
    words = models.CharField(_("写っているもの"), max_length=200)
    removed_at = models.DateTimeField(_("外した日時"), null=True)

    class Meta:
        verbose_name = _("職場の写真・動画")
        verbose_name_plural = _("職場の写真・動画")
        ordering = ["posting", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting"], condition=Q(kind="film", removed_at=None), name="sight_one_film"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="sight_with_words"),
            models.CheckConstraint(
                condition=Q(kind="film", captions__isnull=False) | Q(kind="picture", captions=None),
                name="sight_film_with_captions",
            ),
        ]

    def __str__(self) -> str:
        return self.words
