"""SkillManual with its versions, steps, captions, and the firms it is shared with."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.film.chapters import clock
from firms.models import Organisation, StoredFile
from firms.models.organisations import LEADING_ROLES
from mentors import occupations
from mentors.models.manuals.films import Film
from mentors.states import OPEN_VERSIONS, FilmState, ManualState


class Visibility(models.TextChoices):
    FIRM = "firm", _("自社だけ")
    NAMED = "named", _("名前を挙げた企業とも共有")
    WARD = "ward", _("区内で共有（登録している組織の全員）")


# Who agreed to be seen by so many agreed to be seen by fewer.
COVERED_BY = {
    Visibility.FIRM: (Visibility.FIRM, Visibility.NAMED, Visibility.WARD),
    Visibility.NAMED: (Visibility.NAMED, Visibility.WARD),
    Visibility.WARD: (Visibility.WARD,),
}


class SkillManualQuerySet(models.QuerySet["SkillManual"]):
    def visible_to(self, acting: Acting) -> "SkillManualQuerySet":
        """Who leads the firm sees all of its manuals, its people the published ones; others what is shared with them;
        the keeper, an approver still asked and whoever appears in it the one they have to do with."""
        versions = ManualVersion.objects.filter(manual=OuterRef("pk"))
        shares = ManualShare.objects.filter(manual=OuterRef("pk"), firm=acting.organisation_id, ended_on=None)
        published, named = Q(Exists(versions.published())), Q(Exists(shares))
        seen = Q(Exists(versions.asked_of(acting))) | Q(Exists(versions.showing(acting)))
        if acting.organisation_id:
            own = Q(firm=acting.organisation_id)
            led = own if acting.role in LEADING_ROLES else own & (Q(keeper=acting.person) | published)
            shared = Q(visibility=Visibility.NAMED) & named | Q(visibility=Visibility.WARD)
            seen |= led | (shared & published)
        return self.filter(seen)

    def of_firm(self, acting: Acting) -> "SkillManualQuerySet":
        return self.filter(firm=acting.organisation_id)


class SkillManual(models.Model):
    """One craft of one firm. What it says stands in its versions; the title here is that of the newest."""

    firm = models.ForeignKey(Organisation, models.PROTECT, related_name="manuals", verbose_name=_("企業"))
    keeper = models.ForeignKey("firms.Person", models.PROTECT, related_name="manuals", verbose_name=_("担当者"))
    title = models.CharField(_("題名"), max_length=100)
    occupation = models.CharField(_("職種"), max_length=40)
    visibility = models.CharField(_("見られる人"), max_length=5, choices=Visibility.choices, default=Visibility.FIRM)
    review_on = models.DateField(_("見直す日"))
    made_at = models.DateTimeField(_("作成日時"), auto_now_add=True)

    objects = SkillManualQuerySet.as_manager()

    class Meta:
        verbose_name = _("技能マニュアル")
        verbose_name_plural = _("技能マニュアル")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="manual_visibility_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def occupation_label(self) -> str:
        return occupations.label_of(self.occupation)


class ManualShare(models.Model):
    """A firm named to see a manual, until that is ended; rows are never taken away."""

    manual = models.ForeignKey(SkillManual, models.PROTECT, related_name="shares", verbose_name=_("技能マニュアル"))
    firm = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("共有先の企業"))
    started_on = models.DateField(_("共有を始めた日"))
    ended_on = models.DateField(_("共有を終えた日"), null=True, blank=True)

    class Meta:
        verbose_name = _("共有先")
        verbose_name_plural = _("共有先")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["manual", "firm"], condition=Q(ended_on=None), name="manual_share_once"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="manual_share_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.firm)


class ManualVersionQuerySet(models.QuerySet["ManualVersion"]):
    def open(self) -> "ManualVersionQuerySet":
        """Not published yet: a manual has one of these at most."""
        return self.filter(state__in=OPEN_VERSIONS)

    def published(self) -> "ManualVersionQuerySet":
        return self.filter(state=ManualState.PUBLISHED)

    def asked_of(self, acting: Acting) -> "ManualVersionQuerySet":
        """Put before the person to approve: of their own firm's, or as a certified マイスター of anybody's."""
        asked = Q(approvals__approver=acting.person, approvals__instead=None)
        is_theirs = Q(manual__firm=acting.organisation_id) | Q(approvals__approver__certifications__isnull=False)
        return self.open().filter(asked, is_theirs)

    def showing(self, acting: Acting) -> "ManualVersionQuerySet":
        """In whose pictures the person is."""
        return self.filter(manual__appearances__person=acting.person)

    def visible_to(self, acting: Acting) -> "ManualVersionQuerySet":
        """Of the manuals one sees; not the versions that are only being written, unless one has to do with them."""
        seen = self.filter(manual__in=SkillManual.objects.visible_to(acting).order_by())
        same = ManualVersion.objects.filter(pk=OuterRef("pk"))
        shown = Q(state=ManualState.PUBLISHED) | Q(Exists(same.asked_of(acting))) | Q(Exists(same.showing(acting)))
        if acting.organisation_id:
            own = Q(manual__firm=acting.organisation_id)
            shown |= own if acting.role in LEADING_ROLES else own & Q(manual__keeper=acting.person)
        return seen.filter(shown)


class ManualVersion(models.Model):
    """What a manual says. It is written while a draft; what was published is not written over, a new version is."""

    tone = {
        ManualState.DRAFT: "neutral",
        ManualState.REVIEWING: "info",
        ManualState.APPROVED: "info",
        ManualState.PUBLISHED: "success",
        ManualState.REPLACED: "neutral",
        ManualState.WITHDRAWN: "error",
    }

    manual = models.ForeignKey(SkillManual, models.PROTECT, related_name="versions", verbose_name=_("技能マニュアル"))
    number = models.PositiveSmallIntegerField(_("版"))
    state = models.CharField(_("状態"), max_length=10, choices=ManualState.choices, default=ManualState.DRAFT)
    title = models.CharField(_("題名"), max_length=100)
    machine = models.CharField(_("機械"), max_length=100, blank=True)
    method = models.CharField(_("やり方・工法"), max_length=200, blank=True)
    summary = models.TextField(_("説明"), max_length=2000, blank=True)
    also = models.CharField(_("別の言い方・読み"), max_length=200, blank=True)
    film = models.ForeignKey(
        Film, models.PROTECT, null=True, blank=True, related_name="versions", verbose_name=_("動画")
    )
    chapters = models.JSONField(_("目次"), default=list, blank=True)
    has_nobody = models.BooleanField(_("動画と静止画に、人は写っていません"), default=False)
    round = models.PositiveSmallIntegerField(_("承認の回"), default=0)
    because = models.CharField(_("差戻し・取下げの理由"), max_length=400, blank=True)
    search_text = models.TextField(editable=False, blank=True)
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("書いた人"))
    made_at = models.DateTimeField(_("作成日時"), auto_now_add=True)
    published_at = models.DateTimeField(_("公開した日時"), null=True, blank=True)
    ended_at = models.DateTimeField(_("公開を終えた日時"), null=True, blank=True)

    objects = ManualVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("技能マニュアルの版")
        verbose_name_plural = _("技能マニュアルの版")
        ordering = ["manual", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["manual", "number"], name="manual_version_number_once"),
            models.UniqueConstraint(
                fields=["manual"],
                condition=Q(state__in=["draft", "reviewing", "approved"]),
                name="manual_open_version_once",
            ),
            models.UniqueConstraint(
                fields=["manual"], condition=Q(state="published"), name="manual_published_version_once"
            ),
            models.CheckConstraint(condition=Q(state__in=ManualState.values), name="manual_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "replaced"]) | Q(published_at__isnull=False),
                name="manual_published_with_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | (~Q(because="") & Q(ended_at__isnull=False)),
                name="manual_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} 第{self.number}版"

    @property
    def is_draft(self) -> bool:
        return self.state == ManualState.DRAFT

    @property
    def plays(self) -> bool:
        """There is a film, checked and whole."""
        return self.film is not None and self.film.state == FilmState.CLEAN

    def text(self) -> str:
        """All it says, as lines: two versions are compared by it."""
        parts = [self.title, self.machine, self.method, self.summary, self.also]
        parts += [f"{clock(one['at'])} {one['title']}" for one in self.chapters]
        for step in self.steps.all():
            parts += [f"{step.number}. {step.title}", step.text, step.caution]
        parts += [f"{one.clock} {one.text}" for one in self.captions.all()]
        return "\n".join(part for part in parts if part)


class StepMark(models.Model):
    """The code of a step on its label: the same in every version, so that a label on a machine stays good."""

    manual = models.ForeignKey(SkillManual, models.PROTECT, related_name="marks", verbose_name=_("技能マニュアル"))
    code = models.CharField(_("ラベルの符号"), max_length=12, unique=True)

    class Meta:
        verbose_name = _("手順の符号")
        verbose_name_plural = _("手順の符号")

    def __str__(self) -> str:
        return self.code


class Step(models.Model):
    """One step of a version: what is done, what to beware of, and where in the film."""

    version = models.ForeignKey(ManualVersion, models.CASCADE, related_name="steps", verbose_name=_("版"))
    number = models.PositiveSmallIntegerField(_("番号"))
    mark = models.ForeignKey(StepMark, models.PROTECT, related_name="steps", verbose_name=_("符号"))
    title = models.CharField(_("手順の名前"), max_length=80)
    text = models.TextField(_("説明"), max_length=1000, blank=True)
    caution = models.CharField(_("注意"), max_length=200, blank=True)
    at = models.PositiveIntegerField(_("動画の時刻（秒）"), default=0)
    remark = models.ForeignKey(
        "mentors.Remark",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name=_("遠隔の指導のひとこと"),
    )
    still = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("静止画")
    )
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        verbose_name = _("手順")
        verbose_name_plural = _("手順")
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="step_number_once"),
            models.UniqueConstraint(fields=["version", "mark"], name="step_mark_once"),
            models.UniqueConstraint(fields=["version", "remark"], name="step_remark_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def clock(self) -> str:
        return clock(self.at)


class Caption(models.Model):
    """One caption of a version, in thousandths of a second."""

    version = models.ForeignKey(ManualVersion, models.CASCADE, related_name="captions", verbose_name=_("版"))
    number = models.PositiveSmallIntegerField(_("番号"))
    starts_ms = models.PositiveIntegerField(_("始まり"))
    ends_ms = models.PositiveIntegerField(_("終わり"))
    text = models.CharField(_("文"), max_length=500)
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        verbose_name = _("字幕")
        verbose_name_plural = _("字幕")
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="caption_number_once"),
            models.CheckConstraint(condition=Q(ends_ms__gt=F("starts_ms")), name="caption_in_order"),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def at(self) -> int:
        return self.starts_ms // 1000

    @property
    def clock(self) -> str:
        return clock(self.at)


class Permission(models.TextChoices):
    ALLOWED = "allowed", _("所有者の許可がある")
    MASKED = "masked", _("映らないようにした")
    UNKNOWN = "unknown", _("まだ確かめていない")


class Drawing(models.Model):
    """A drawing or part of somebody else that is in the picture."""

    version = models.ForeignKey(ManualVersion, models.CASCADE, related_name="drawings", verbose_name=_("版"))
    what = models.CharField(_("何が映るか"), max_length=100)
    owner_name = models.CharField(_("所有者"), max_length=100)
    permission = models.CharField(_("扱い"), max_length=8, choices=Permission.choices)
    at = models.PositiveIntegerField(_("動画の時刻（秒）"), default=0)

    class Meta:
        verbose_name = _("第三者の図面")
        verbose_name_plural = _("第三者の図面")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(permission__in=Permission.values), name="drawing_permission_known")
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def clock(self) -> str:
        return clock(self.at)
