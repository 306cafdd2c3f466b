"""A film as it comes: in parts over a poor line, joined and checked by a job, or a link to where it lies."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Organisation, StoredFile
from mentors.states import FilmState


class FilmQuerySet(models.QuerySet["Film"]):
    def visible_to(self, acting: Acting) -> "FilmQuerySet":
        """Those of the firm one acts for; who may watch one is asked of the manual it belongs to."""
        return self.filter(firm=acting.organisation_id)

    def unfinished_of(self, acting: Acting) -> "FilmQuerySet":
        """What one may go on sending."""
        return self.visible_to(acting).filter(uploaded_by=acting.person, state=FilmState.RECEIVING)


class Film(models.Model):
    """`digest` is the hash over the hashes of the parts as the sender reckoned it; where the sender could not, it is empty."""

    tone = {
        FilmState.RECEIVING: "info",
        FilmState.CHECKING: "info",
        FilmState.CLEAN: "success",
        FilmState.REJECTED: "error",
    }

    firm = models.ForeignKey(Organisation, models.PROTECT, related_name="films", verbose_name=_("企業"))
    manual = models.ForeignKey(
        "mentors.SkillManual", models.PROTECT, related_name="films", verbose_name=_("技能マニュアル")
    )
    name = models.CharField(_("ファイル名"), max_length=200)
    size = models.PositiveBigIntegerField(_("大きさ（バイト）"), default=0)
    received = models.PositiveBigIntegerField(_("届いた分（バイト）"), default=0)
    digest = models.CharField(max_length=64, blank=True)
    link = models.URLField(_("動画のアドレス"), blank=True)
    state = models.CharField(_("状態"), max_length=10, choices=FilmState.choices, default=FilmState.RECEIVING)
    because = models.CharField(_("使えない理由"), max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("動画"))
    still = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("静止画"))
    duration_seconds = models.PositiveIntegerField(_("動画の長さ（秒）"), default=0)
    is_read_by_hand = models.BooleanField(_("長さは人が入力した"), default=False)
    uploaded_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("送った人"))
    begun_at = models.DateTimeField(_("送り始めた日時"), auto_now_add=True)
    touched_at = models.DateTimeField(_("最後に届いた日時"), auto_now=True)

    objects = FilmQuerySet.as_manager()

    class Meta:
        verbose_name = _("動画")
        verbose_name_plural = _("動画")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="film_receives_no_more_than_its_size"),
            models.CheckConstraint(
                condition=~Q(state="clean") | (Q(file__isnull=False, link="") | (Q(file__isnull=True) & ~Q(link=""))),
                name="film_is_here_or_elsewhere",
            ),
            models.CheckConstraint(condition=~Q(state="rejected") | ~Q(because=""), name="film_rejected_with_a_reason"),
            models.CheckConstraint(condition=Q(state__in=FilmState.values), name="film_state_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def percent(self) -> int:
        return self.received * 100 // self.size if self.size else 0


class FilmPart(models.Model):
    """What one request brought: its place, its own hash, and where it lies until the film is joined."""

    film = models.ForeignKey(Film, models.CASCADE, related_name="parts", verbose_name=_("動画"))
    number = models.PositiveIntegerField(_("番号"))
    size = models.PositiveIntegerField(_("大きさ（バイト）"))
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("動画の部分")
        verbose_name_plural = _("動画の部分")
        ordering = ["film", "number"]
        constraints = [models.UniqueConstraint(fields=["film", "number"], name="film_part_once")]

    def __str__(self) -> str:
        return f"{self.film} {self.number}"
