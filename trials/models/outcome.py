"""How a trial ends: each side's intent, blind to the other until both are in, and an end before the last day."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models.organisations import LEADING_ROLES, Kind
from trials.models.advising import in_own_hands, works_at_agency
from trials.models.agreement import TWO_SIDES, Placement
from trials.states import THREE, Party


def own_side(acting: Acting, *, placement: str) -> Q:
    """The rows a side wrote itself: the worker their own, who leads the host the host's."""
    mine = Q(**{"side": Party.WORKER, f"{placement}__person": acting.person})
    if acting.kind == Kind.FIRM and acting.role in LEADING_ROLES:
        host = f"{placement}__posting__establishment__organisation"
        # A manager who is the trialist themselves answers as the trialist alone.
        mine |= Q(**{"side": Party.HOST, host: acting.organisation_id}) & ~Q(**{f"{placement}__person": acting.person})
    return mine


class IntentQuerySet(models.QuerySet["Intent"]):
    def visible_to(self, acting: Acting) -> "IntentQuerySet":
        """One's own at once, the other's when both are in; the agency reads neither before."""
        other = Intent.objects.filter(placement=OuterRef("placement")).exclude(side=OuterRef("side"))
        seen = Placement.objects.visible_to(acting)
        return self.filter(own_side(acting, placement="placement") | Q(Exists(other), placement__in=seen))


class Intent(models.Model):
    """Append-only: whether one side wants the permanent job."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="intents", verbose_name=_("トライアル就労"))
    side = models.CharField(_("立場"), max_length=6, choices=Party.choices)
    is_yes = models.BooleanField(_("正社員としての採用を希望する"))
    reason = models.CharField(_("理由"), max_length=400, blank=True)
    answered_at = models.DateTimeField(_("回答日時"), auto_now_add=True)

    objects = IntentQuerySet.as_manager()

    class Meta:
        verbose_name = _("意向")
        verbose_name_plural = _("意向")
        ordering = ["placement", "side"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "side"], name="intent_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=TWO_SIDES), name="intent_by_worker_or_host"),
            models.CheckConstraint(
                condition=Q(is_yes=True) | ~Q(side="host") | ~Q(reason=""), name="intent_no_of_host_with_reason"
            ),
            models.CheckConstraint(condition=~Q(side="worker") | Q(reason=""), name="intent_of_worker_without_words"),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.get_side_display()}"


class PrivateWordsQuerySet(models.QuerySet["PrivateWords"]):
    def visible_to(self, acting: Acting) -> "PrivateWordsQuerySet":
        """The person, and whose hands they are in today; never the host, the ward, or others at the agency."""
        own = Q(placement__person=acting.person)
        if works_at_agency(acting):
            own |= in_own_hands(acting, seeker="placement__seeker")
        return self.filter(own)


class PrivateWords(models.Model):
    """Append-only: what the worker tells their adviser with their answer, and nobody else."""

    placement = models.OneToOneField(
        Placement, models.PROTECT, related_name="private_words", verbose_name=_("トライアル就労")
    )
    words = models.TextField(_("アドバイザーだけに伝えること"), max_length=1000)

    objects = PrivateWordsQuerySet.as_manager()

    class Meta:
        verbose_name = _("本人の言葉")
        verbose_name_plural = _("本人の言葉")

    def __str__(self) -> str:
        return str(self.placement)


class BackOut(models.Model):
    """Append-only: one side takes back by itself what had been agreed and bound nobody yet: terms being made, or a wish to hire."""

    placement = models.OneToOneField(
        Placement, models.PROTECT, related_name="back_out", verbose_name=_("トライアル就労")
    )
    side = models.CharField(_("取り下げた側"), max_length=6, choices=Party.choices)
    reason = models.CharField(_("理由"), max_length=400)
    said_at = models.DateTimeField(_("取り下げた日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("取下げ")
        verbose_name_plural = _("取下げ")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="back_out_with_reason"),
            models.CheckConstraint(condition=Q(side__in=THREE), name="back_out_of_a_party"),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.get_side_display()}"


class EndedBy(models.TextChoices):
    WORKER = "worker", _("本人の申出")
    HOST = "host", _("受入企業の都合")
    AGENCY = "agency", _("派遣元・事業の都合")
    NOT_STARTED = "not_started", _("開始せず")


class Termination(models.Model):
    """Append-only: an end before the last day; for the host's wish the checklist of 派遣先指針 第2の6."""

    placement = models.OneToOneField(
        Placement, models.PROTECT, related_name="termination", verbose_name=_("トライアル就労")
    )
    ended_by = models.CharField(_("終えた側"), max_length=12, choices=EndedBy.choices)
    noticed_on = models.DateField(_("予告した日"))
    ended_on = models.DateField(_("最後の日"))
    reason = models.CharField(_("理由"), max_length=400)
    is_agreed = models.BooleanField(_("派遣元の同意を得た"), default=False)
    other_work = models.CharField(_("ほかの就業先の確保"), max_length=200, blank=True)
    missing_days = models.PositiveSmallIntegerField(_("予告に足りない日数"), default=0)
    pays = models.BooleanField(_("足りない日数の賃金に相当する額を支払う"), default=False)

    class Meta:
        verbose_name = _("途中の終了")
        verbose_name_plural = _("途中の終了")
        constraints = [
            models.CheckConstraint(condition=Q(ended_on__gte=F("noticed_on")), name="termination_after_notice"),
            models.CheckConstraint(condition=~Q(reason=""), name="termination_with_reason"),
            models.CheckConstraint(
                condition=~Q(ended_by="host") | Q(is_agreed=True) & (Q(missing_days=0) | Q(pays=True)),
                name="termination_of_host_agreed_and_paid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.get_ended_by_display()}"
