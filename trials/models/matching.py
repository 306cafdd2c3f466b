"""What is matched: a programme's rounds, agencies' licences, job seekers with their consents and past jobs, and postings."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Establishment, Organisation
from firms.models.organisations import LEADING_ROLES, Kind
from firms.models.signing import hash_of_text
from firms.words.days import day_words
from trials.models.advising import advised_by, works_at_agency
from trials.rules import Definition, Programme
from trials.shapes import lifted_round
from trials.states import PostingState


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, acting: Acting) -> "RoundQuerySet":
        """The ward's own; agencies see every round, since any of them may bring people."""
        if acting.kind == Kind.WARD:
            return self.filter(ward=acting.organisation_id)
        return self if works_at_agency(acting) else self.none()

    def open_on(self, day: date) -> "RoundQuerySet":
        return self.filter(opens_on__lte=day, closes_on__gte=day)


class Round(models.Model):
    """One year's places of a programme; `terms` and `definition` (of its numbers) as the file said when it was opened."""

    ward = models.ForeignKey(Organisation, models.PROTECT, related_name="rounds", verbose_name=_("区"))
    programme = models.CharField(_("事業"), max_length=40)
    title = models.CharField(_("名称"), max_length=120)
    budget_year = models.PositiveSmallIntegerField(_("予算年度"))
    places = models.PositiveSmallIntegerField(_("定員"))
    opens_on = models.DateField(_("受付の最初の日"))
    closes_on = models.DateField(_("受付の最後の日"))
    terms = models.JSONField()
    definition = models.JSONField()
    opened_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("開いた人"))

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("募集回")
        verbose_name_plural = _("募集回")
        ordering = ["-budget_year", "programme", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ward", "programme", "budget_year"], name="round_once_a_year"),
            models.CheckConstraint(condition=Q(places__gte=1), name="round_has_places"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="round_closes_after_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.budget_year}年度"

    @property
    def rules(self) -> Programme:
        """The terms people joined under, whatever the file says by now."""
        lists = ("statuses", "feeds", "intent_days_before", "retention_months", "unverified")
        terms: dict[str, Any] = {**lifted_round(self.terms)}
        terms.pop("shape")
        given = {**terms, **{name: tuple(terms[name]) for name in lists}}
        return Programme(**{**given, "verified_until": date.fromisoformat(terms["verified_until"])})

    @property
    def counted_by(self) -> Definition:
        """How this round's numbers are counted, whatever the file says by now."""
        return Definition(**self.definition)


class LicenceKind(models.TextChoices):
    DISPATCH = "dispatch", _("労働者派遣事業")
    PLACEMENT = "placement", _("有料職業紹介事業")


class LicenceQuerySet(models.QuerySet["Licence"]):
    def visible_to(self, acting: Acting) -> "LicenceQuerySet":
        if acting.kind == Kind.WARD:
            return self
        return self.filter(agency=acting.organisation_id) if works_at_agency(acting) else self.none()

    def covering(self, first: date, last: date) -> "LicenceQuerySet":
        in_force = Q(ended_on=None) | Q(ended_on__gte=last)
        return self.filter(in_force, valid_from__lte=first, valid_until__gte=last)


class Licence(models.Model):
    """A licence of an agency as the ward has seen it; a renewed one is a further row. `ended_on` is the last day of one that
    was revoked or given up before its term was over."""

    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="licences", verbose_name=_("派遣元"))
    kind = models.CharField(_("許可の種類"), max_length=10, choices=LicenceKind.choices)
    number = models.CharField(_("許可番号"), max_length=20)
    valid_from = models.DateField(_("有効期間の最初の日"))
    valid_until = models.DateField(_("有効期間の最後の日"))
    ended_on = models.DateField(_("取消し・廃止までの最後の日"), null=True)
    ended_because = models.CharField(_("取消し・廃止の理由"), max_length=200, blank=True)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("許可")
        verbose_name_plural = _("許可")
        ordering = ["agency", "kind", "-valid_until"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "valid_from"], name="licence_once_a_term"),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="licence_ends_after_begin"),
            models.CheckConstraint(condition=~Q(number=""), name="licence_has_its_number"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_because="")
                | Q(ended_on__isnull=False, ended_on__lt=F("valid_until"), ended_on__gte=F("valid_from"))
                & ~Q(ended_because=""),
                name="licence_ended_within_its_term_with_reason",
            ),
            models.CheckConstraint(condition=Q(kind__in=LicenceKind.values), name="licence_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def last_valid_on(self) -> date:
        return self.ended_on or self.valid_until


class Standing(models.TextChoices):
    """Whether one works, in the words of the programmes' files."""

    NOT_REGULAR = "not_regular", _("非正規雇用で働いている")
    NOT_WORKING = "not_working", _("働いていない")
    REGULAR = "regular", _("正規雇用で働いている")


class Field(models.TextChoices):
    MACHINING = "machining", _("機械加工")
    ASSEMBLY = "assembly", _("組立・検査")
    WELDING = "welding", _("溶接・板金")
    DESIGN = "design", _("設計・生産技術")
    OFFICE = "office", _("事務・購買")


class JobSeekerQuerySet(models.QuerySet["JobSeeker"]):
    def visible_to(self, acting: Acting) -> "JobSeekerQuerySet":
        """The desk of their agency, the adviser whose hands they are in, and they themselves."""
        return self.filter(Q(person=acting.person) | advised_by(acting))

    def joined(self) -> "JobSeekerQuerySet":
        return self.filter(joined_at__isnull=False)


class JobSeeker(models.Model):
    """A person in a round through an agency; until they confirm by their mail there is only what their adviser typed."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="seekers", verbose_name=_("募集回"))
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="seekers", verbose_name=_("派遣元"))
    adviser = models.ForeignKey(
        "firms.Person", models.PROTECT, related_name="advised_seekers", verbose_name=_("キャリアアドバイザー")
    )
    person = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, related_name="seekings", verbose_name=_("本人")
    )
    family_name = models.CharField(_("姓"), max_length=40)
    given_name = models.CharField(_("名"), max_length=40)
    email = models.EmailField(_("メールアドレス"))
    born_on = models.DateField(_("生年月日"))
    standing = models.CharField(_("いまの就業状況"), max_length=12, choices=Standing.choices)
    skills = models.CharField(_("できること"), max_length=200, blank=True)
    home_area = models.CharField(_("住んでいる地域"), max_length=40, blank=True)
    wished_field = models.CharField(_("希望する仕事"), max_length=10, choices=Field.choices, blank=True)
    wished_area = models.CharField(_("希望する地域"), max_length=40, blank=True)
    most_weekly_hours = models.PositiveSmallIntegerField(_("働ける時間（週・時間まで）"), null=True, blank=True)
    wishes = models.TextField(_("その他の希望"), max_length=1000, blank=True)
    came_by_page = models.BooleanField(_("公開のページから申し込んだ"), default=False)
    invited_at = models.DateTimeField(_("招待日時"), auto_now_add=True)
    joined_at = models.DateTimeField(_("登録日時"), null=True)

    objects = JobSeekerQuerySet.as_manager()

    class Meta:
        verbose_name = _("求職者")
        verbose_name_plural = _("求職者")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="seeker_once_a_round"),
            models.UniqueConstraint(fields=["round", "agency", "email"], name="seeker_invited_once"),
            models.CheckConstraint(
                condition=Q(person=None, joined_at=None) | Q(person__isnull=False, joined_at__isnull=False),
                name="seeker_joined_with_person",
            ),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="seeker_standing_known"),
        ]

    def __str__(self) -> str:
        return f"求職者 {self.pk}"

    @property
    def full_name(self) -> str:
        return self.person.full_name if self.person else f"{self.family_name} {self.given_name}"

    def age_on(self, day: date) -> int:
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> "ConsentQuerySet":
        return self.filter(end=None)

    def to(self, recipient: str, purpose: str) -> "ConsentQuerySet":
        return self.filter(recipient=recipient, purpose=purpose)


class Consent(models.Model):
    """Append-only: what somebody agreed to, in the words they read, to whom and for what."""

    seeker = models.ForeignKey(JobSeeker, models.PROTECT, related_name="consents", verbose_name=_("求職者"))
    recipient = models.CharField(_("提供先"), max_length=12)
    purpose = models.CharField(_("目的"), max_length=12)
    version = models.DateField(_("文面の日付"))
    text = models.TextField(_("文面"))
    sha256 = models.CharField(_("ハッシュ値"), max_length=64)
    given_at = models.DateTimeField(_("同意日時"), auto_now_add=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("同意")
        verbose_name_plural = _("同意")
        ordering = ["seeker", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="consent_keeps_its_text")]

    def __str__(self) -> str:
        return f"{self.recipient}/{self.purpose}"

    @property
    def is_intact(self) -> bool:
        return self.sha256 == hash_of_text(self.text)

    @property
    def taken_back(self) -> "ConsentEnd | None":
        """None where it stands. No query where `end` was selected."""
        return getattr(self, "end", None)


class ConsentEnd(models.Model):
    """Append-only: a consent taken back, from that moment on."""

    consent = models.OneToOneField(Consent, models.PROTECT, related_name="end", verbose_name=_("同意"))
    ended_at = models.DateTimeField(_("撤回日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("同意の撤回")
        verbose_name_plural = _("同意の撤回")

    def __str__(self) -> str:
        return f"{self.consent} {day_words(timezone.localdate(self.ended_at))}"


class PastJob(models.Model):
    """Where somebody has worked, for the year in which a firm they left may not receive them (派遣法35条の5)."""

    seeker = models.ForeignKey(JobSeeker, models.PROTECT, related_name="past_jobs", verbose_name=_("求職者"))
    employer = models.CharField(_("会社名"), max_length=120)
    firm = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登録されている企業")
    )
    started_on = models.DateField(_("入社日"))
    left_on = models.DateField(_("離職日"), null=True, blank=True)
    is_retiree_over_60 = models.BooleanField(_("60歳以上の定年退職"), default=False)

    class Meta:
        verbose_name = _("職歴")
        verbose_name_plural = _("職歴")
        ordering = ["seeker", "-started_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("started_on")), name="past_job_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.employer


# What 職業安定法5条の3 and 施行規則4条の2 ask of a posting since 2024-04-01, and cannot be empty in an open one.
REQUIRED_TEXTS = (
    "title", "work", "work_range", "place", "place_range", "term", "renewal", "hours", "breaks", "days_off",
    "overtime", "probation", "insurance", "smoking", "planned_work", "planned_pay",
)  # fmt: skip
REQUIRED_NUMBERS = ("hourly_yen", "weekly_hours")


def all_told() -> Q:
    told = Q(**{f"{name}__isnull": False for name in REQUIRED_NUMBERS})
    for name in REQUIRED_TEXTS:
        told &= ~Q(**{name: ""})
    return told


class PostingQuerySet(models.QuerySet["Posting"]):
    def visible_to(self, acting: Acting) -> "PostingQuerySet":
        """The firm's own for who leads it, the open ones for agencies, and for a trialist those proposed to them."""
        own = Q(proposals__placement__person=acting.person)
        if acting.kind == Kind.FIRM and acting.role in LEADING_ROLES:
            own |= Q(establishment__organisation=acting.organisation_id)
        if works_at_agency(acting):
            own |= Q(state=PostingState.OPEN) | advised_by(acting, seeker="proposals__placement__seeker")
        return self.filter(own).distinct()


class Posting(models.Model):
    """A trial a firm offers, with every item the law asks for, and the terms planned after it."""

    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="postings", verbose_name=_("事業所"))
    title = models.CharField(_("求人の名称"), max_length=80)
    field = models.CharField(_("仕事の分野"), max_length=10, choices=Field.choices)
    work = models.TextField(_("仕事の内容"), max_length=1000, blank=True)
    work_range = models.CharField(_("仕事の変更の範囲"), max_length=200, blank=True)
    place = models.CharField(_("就業の場所"), max_length=200, blank=True)
    place_range = models.CharField(_("場所の変更の範囲"), max_length=200, blank=True)
    term = models.CharField(_("契約の期間"), max_length=100, blank=True)
    renewal = models.CharField(_("更新の有無・基準・上限"), max_length=200, blank=True)
    hours = models.CharField(_("始業・終業の時刻"), max_length=100, blank=True)
    breaks = models.CharField(_("休憩"), max_length=100, blank=True)
    days_off = models.CharField(_("休日・休暇"), max_length=200, blank=True)
    overtime = models.CharField(_("時間外労働"), max_length=100, blank=True)
    weekly_hours = models.PositiveSmallIntegerField(_("1週間の所定労働時間（時間）"), null=True, blank=True)
    hourly_yen = models.PositiveIntegerField(_("時給（円）"), null=True, blank=True)
    probation = models.CharField(_("試用期間"), max_length=100, blank=True)
    insurance = models.CharField(_("加入する保険"), max_length=100, blank=True)
    smoking = models.CharField(_("受動喫煙を防ぐ措置"), max_length=100, blank=True)
    equipment = models.CharField(_("使う設備"), max_length=200, blank=True)
    wanted_skills = models.CharField(_("生かせる技能"), max_length=200, blank=True)
    planned_work = models.CharField(_("採用後に予定する仕事"), max_length=200, blank=True)
    planned_pay = models.CharField(_("採用後に予定する賃金"), max_length=200, blank=True)
    wage_is_checked = models.BooleanField(_("最低賃金を労働局の公表で確かめた"), default=False)
    state = models.CharField(_("状態"), max_length=8, choices=PostingState.choices, default=PostingState.DRAFT)
    opened_on = models.DateField(_("公開日"), null=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("求人")
        verbose_name_plural = _("求人")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="open") | all_told(), name="posting_open_with_every_item"),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(opened_on__isnull=False), name="posting_open_with_its_day"
            ),
            models.CheckConstraint(condition=Q(state__in=PostingState.values), name="posting_state_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def missing(self) -> list[str]:
        """Labels of the items the law asks for that are still empty."""
        names = [name for name in REQUIRED_TEXTS if not getattr(self, name)]
        names += [name for name in REQUIRED_NUMBERS if getattr(self, name) is None]
        return [str(self._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]
