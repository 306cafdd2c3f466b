"""Placement: one trial from registration to its outcome, with what was proposed, answered, shown and agreed on the way."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Employment, Organisation
from firms.models.organisations import LEADING_ROLES, Kind
from firms.words.days import day_words
from trials.models.advising import advised_by, works_at_agency
from trials.models.matching import JobSeeker, Posting
from trials.states import BEFORE_CONTRACT, BEFORE_MATCHING, BEFORE_WORK, HIRED, WORKED, Party, PlacementState


class ClosedWith(models.TextChoices):
    SUCCESS = "success", _("6か月定着")
    LEFT = "left", _("転換後に離職")
    REMATCH = "rematch", _("次の受入先へ")
    NO_CONVERSION = "no_conversion", _("転換せず")
    DISPATCH = "dispatch", _("通常の派遣へ")
    WITHDRAWN = "withdrawn", _("参加をやめた")


class LeftBecause(models.TextChoices):
    """Kept apart as 職業安定法32条の16 counts them."""

    VOLUNTARY = "voluntary", _("自己都合")
    DISMISSAL = "dismissal", _("解雇")
    MUTUAL = "mutual", _("合意による退職")
    UNKNOWN = "unknown", _("わからない")


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, acting: Acting) -> "PlacementQuerySet":
        """The agency's desk and the adviser, the host it is proposed to, and the person; the ward sees counts alone."""
        own = Q(person=acting.person)
        if works_at_agency(acting):
            own |= advised_by(acting, seeker="seeker")
        if acting.kind == Kind.FIRM and acting.role in LEADING_ROLES:
            own |= Q(posting__establishment__organisation=acting.organisation_id)
        return self.filter(own)

    def open(self) -> "PlacementQuerySet":
        return self.exclude(state=PlacementState.CLOSED)

    def overlapping(self, first: date, last: date) -> "PlacementQuerySet":
        return self.filter(starts_on__lte=last, last_on__gte=first)

    def found(self, words: str, *, acting: Acting) -> "PlacementQuerySet":
        """By the name of the person or the host, or what is offered; a name that may not be known yet finds nothing."""
        name = Q(person__family_name__icontains=words) | Q(person__given_name__icontains=words)
        name |= Q(person__family_kana__icontains=words) | Q(person__given_kana__icontains=words)
        if acting.kind == Kind.FIRM:
            name &= ~Q(state__in=BEFORE_CONTRACT) | Q(seeker__round__terms__legal_kind="temp_to_perm")
        host = Q(posting__establishment__organisation__name__icontains=words)
        return self.filter(name | host | Q(posting__title__icontains=words))

    def with_sides(self) -> "PlacementQuerySet":
        return self.select_related(
            "person", "seeker__round", "seeker__agency", "seeker__adviser", "posting__establishment__organisation"
        )


class Placement(models.Model):
    """One trial. `last_on` is the last day agreed, or where it ended before, the day it ended."""

    seeker = models.ForeignKey(JobSeeker, models.PROTECT, related_name="placements", verbose_name=_("求職者"))
    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="placements", verbose_name=_("本人"))
    before = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="next", verbose_name=_("前のトライアル")
    )
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="placements", verbose_name=_("求人"))
    state = models.CharField(
        _("状態"), max_length=16, choices=PlacementState.choices, default=PlacementState.REGISTERED
    )
    registered_at = models.DateTimeField(_("登録日時"), auto_now_add=True)
    preparation = models.TextField(_("面談と事前研修"), max_length=1000, blank=True)
    bar_on = models.DateField(_("抵触日"), null=True)
    bar_told_on = models.DateField(_("抵触日の通知日"), null=True)
    pay_told_on = models.DateField(_("待遇情報の提供日"), null=True)
    starts_on = models.DateField(_("最初の日"), null=True)
    last_on = models.DateField(_("最後の日"), null=True)
    safety_trained_on = models.DateField(_("安全衛生教育の日"), null=True)
    started_on = models.DateField(_("就労を始めた日"), null=True)
    suspended_on = models.DateField(_("休止した日"), null=True)
    intent_opened_on = models.DateField(_("意向確認を始めた日"), null=True)
    intent_reminded_at = models.DateTimeField(null=True)
    intent_escalated_at = models.DateTimeField(null=True)
    hired_on = models.DateField(_("雇入れの日"), null=True)
    employment = models.OneToOneField(
        Employment, models.PROTECT, null=True, related_name="placement", verbose_name=_("雇用")
    )
    left_on = models.DateField(_("離職日"), null=True)
    left_because = models.CharField(_("離職の理由"), max_length=10, choices=LeftBecause.choices, blank=True)
    cleared_on = models.DateField(_("アカウント等を片付けた日"), null=True)
    clear_up_asked_on = models.DateField(_("片付けを催促した日"), null=True)
    closed_on = models.DateField(_("終結した日"), null=True)
    closed_with = models.CharField(_("終結の内容"), max_length=14, choices=ClosedWith.choices, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("トライアル就労")
        verbose_name_plural = _("トライアル就労")
        ordering = ["-pk"]
        # On PostgreSQL the migration adds that no two trials of a person share a day.
        constraints = [
            models.UniqueConstraint(fields=["seeker"], condition=~Q(state="closed"), name="placement_open_once"),
            models.CheckConstraint(
                condition=Q(starts_on=None, last_on=None) | Q(last_on__gte=F("starts_on")),
                name="placement_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state="closed")
                # Taken back before its first day: the days are free again.
                | Q(state="terminated", started_on=None)
                | Q(state__in=BEFORE_CONTRACT, starts_on=None)
                | (~Q(state__in=BEFORE_CONTRACT) & Q(starts_on__isnull=False)),
                name="placement_contracted_with_days",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "terminated"])
                | Q(state__in=BEFORE_WORK, started_on=None)
                | Q(state__in=WORKED, started_on__isnull=False),
                # An unknown state is in neither list.
                name="placement_at_work_with_first_day",
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(started_on__gte=F("starts_on"), started_on__lte=F("last_on")),
                name="placement_started_within_its_days",
            ),
            models.CheckConstraint(
                condition=Q(state="closed")
                | Q(state__in=BEFORE_MATCHING, posting=None)
                | (~Q(state__in=BEFORE_MATCHING) & Q(posting__isnull=False)),
                name="placement_matched_with_posting",
            ),
            models.CheckConstraint(
                condition=Q(state="suspended", suspended_on__isnull=False)
                | (~Q(state="suspended") & Q(suspended_on=None)),
                name="placement_suspended_with_day",
            ),
            models.CheckConstraint(
                condition=Q(state="closed")
                | Q(state__in=HIRED, hired_on__isnull=False, employment__isnull=False)
                | (~Q(state__in=HIRED) & Q(hired_on=None, employment=None)),
                name="placement_hired_with_employment",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None, left_because="") & ~Q(state="left_early")
                | Q(state__in=["left_early", "closed"], left_on__gte=F("hired_on")) & ~Q(left_because=""),
                name="placement_left_with_day_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(hired_on=None) | Q(hired_on__gt=F("last_on")), name="placement_hired_after_trial"
            ),
            models.CheckConstraint(
                condition=(Q(state="closed", closed_on__isnull=False) & ~Q(closed_with=""))
                | (~Q(state="closed") & Q(closed_on=None, closed_with="")),
                name="placement_closed_with_day",
            ),
        ]

    def __str__(self) -> str:
        return f"トライアル {self.pk}"

    @property
    def agency(self) -> Organisation:
        return self.seeker.agency

    @property
    def host(self) -> Organisation | None:
        return self.posting.establishment.organisation if self.posting else None

    @property
    def host_id(self) -> int:
        return self.posting.establishment.organisation_id if self.posting else 0

    @property
    def may_be_interviewed(self) -> bool:
        """派遣法26条6項: only before 紹介予定派遣 may the host know who comes."""
        return self.seeker.round.rules.legal_kind == "temp_to_perm"

    @property
    def name_for_host(self) -> str:
        """Under an ordinary dispatch nothing that tells who it is reaches the host before the contract."""
        if self.state in BEFORE_CONTRACT and not self.may_be_interviewed:
            return f"候補者 {self.pk}"
        return self.person.full_name


class Proposal(models.Model):
    """One posting put before one person and its firm; a declined one stays."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="proposals", verbose_name=_("トライアル就労"))
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="proposals", verbose_name=_("求人"))
    proposed_at = models.DateTimeField(_("提示日時"), auto_now_add=True)
    answer_by = models.DateField(_("回答期限"))
    reminded_at = models.DateTimeField(_("督促日時"), null=True)
    escalated_at = models.DateTimeField(_("相談員と区に知らせた日時"), null=True)
    ended_at = models.DateTimeField(_("終わった日時"), null=True)

    class Meta:
        verbose_name = _("求人の提示")
        verbose_name_plural = _("求人の提示")
        ordering = ["placement", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement"], condition=Q(ended_at=None), name="proposal_open_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("proposed_at")), name="proposal_ends_after_begin"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.posting}"


# Who answers a proposal, an intent and a check.
TWO_SIDES = [Party.WORKER.value, Party.HOST.value]


class Answer(models.Model):
    """Append-only: what one side says to a proposal."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="answers", verbose_name=_("求人の提示"))
    side = models.CharField(_("立場"), max_length=6, choices=Party.choices)
    is_yes = models.BooleanField(_("受ける"))
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("回答日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("打診への回答")
        verbose_name_plural = _("打診への回答")
        ordering = ["proposal", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "side"], name="answer_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=TWO_SIDES), name="answer_by_worker_or_host"),
            models.CheckConstraint(condition=Q(is_yes=True) | ~Q(reason=""), name="answer_no_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.get_side_display()}"


class ViewingKind(models.TextChoices):
    TOUR = "tour", _("職場見学")
    INTERVIEW = "interview", _("面接")


class Viewing(models.Model):
    """Append-only: a tour or an interview before the contract."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="viewings", verbose_name=_("求人の提示"))
    kind = models.CharField(_("種類"), max_length=10, choices=ViewingKind.choices)
    held_on = models.DateField(_("日付"))
    note = models.CharField(_("内容"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("見学・面接")
        verbose_name_plural = _("見学・面接")
        ordering = ["proposal", "held_on"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {day_words(self.held_on)}"


class TrialTerms(models.Model):
    """Append-only: the terms of the contract as drafted, first or as an extension; they hold once all have signed."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="terms", verbose_name=_("トライアル就労"))
    number = models.PositiveSmallIntegerField(_("版"))
    starts_on = models.DateField(_("最初の日"))
    last_on = models.DateField(_("最後の日"))
    hourly_yen = models.PositiveIntegerField(_("時給（円）"))
    exception = models.CharField(_("日雇派遣の例外"), max_length=20, blank=True)
    insured_from = models.DateField(_("社会保険の加入日"), null=True)
    drafted_at = models.DateTimeField(_("作成日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("個別契約の条件")
        verbose_name_plural = _("個別契約の条件")
        ordering = ["placement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "number"], name="trial_terms_number_once"),
            models.CheckConstraint(condition=Q(last_on__gte=F("starts_on")), name="trial_terms_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.placement} 第{self.number}版"
