"""Run and Lesson: one offering of a course with seats and dates, and its timed meetings."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue.courses import Course
from courses.states import HOLDING_SEAT, CourseState, EnrolmentState, RunState
from courses.terms import price_of, with_terms
from firms.acting import Acting
from firms.models import Organisation
from firms.models.mandates import Scope
from firms.models.organisations import Kind, Role


class Selection(models.TextChoices):
    """How seats are given."""

    FIRST_COME = "first_come", _("先着順")
    LOTTERY = "lottery", _("抽選")
    CHOICE = "choice", _("選考")


class RunQuerySet(models.QuerySet["Run"]):
    def with_dates(self) -> "RunQuerySet":
        """Adds `first_at`, `last_at` and `lesson_count` from the lessons, and puts the earliest first."""
        dated = self.annotate(
            first_at=Min("lessons__starts_at"),
            last_at=Max("lessons__ends_at"),
            lesson_count=Count("lessons", distinct=True),
        )
        return dated.order_by("first_at", "pk")

    def coming(self, *, on: date) -> "RunQuerySet":
        """Not over yet, or without any lesson so far; cancelled ones are not coming."""
        ends = self.exclude(state=RunState.CANCELLED).annotate(ends_at=Max("lessons__ends_at"))
        undated = Q(ends_at=None, learn_until=None)
        return ends.filter(undated | Q(ends_at__date__gte=on) | Q(learn_until__gte=on))

    def begun(self, *, on: date) -> "RunQuerySet":
        """The day of the first lesson has come, or the first day of learning where there are no lessons."""
        taught = Lesson.objects.filter(run=OuterRef("pk"), starts_at__date__lte=on)
        return self.filter(Q(Exists(taught)) | Q(learn_from__lte=on))

    def not_begun(self, *, on: date) -> "RunQuerySet":
        return self.exclude(pk__in=Run.objects.begun(on=on).order_by().values("pk"))

    def with_seats(self) -> "RunQuerySet":
        """Adds `taken`: the seats held by people, offers that wait for an answer, and seats firms reserve without a name."""
        holding = Q(enrolments__state__in=HOLDING_SEAT)
        return self.annotate(
            held=Count("enrolments", filter=holding, distinct=True), reserved=reserved_seats(OuterRef("pk"))
        ).annotate(taken=F("held") + F("reserved"))

    def bookable(self, *, on: date) -> "RunQuerySet":
        """Open, within its days of application; `CourseQuerySet.bookable` says the same of courses."""
        return self.filter(Q(apply_from=None) | Q(apply_from__lte=on), state=RunState.OPEN, apply_until__gte=on)

    def with_queue(self) -> "RunQuerySet":
        """Adds `waiting`: how many stand in the queue for a seat."""
        waiting = Q(enrolments__state=EnrolmentState.WAITLISTED)
        return self.annotate(waiting=Count("enrolments", filter=waiting, distinct=True))

    def offered_by(self, acting: Acting) -> "RunQuerySet":
        """Those one's organisation looks after: a college its own, the ward all."""
        return self if acting.kind == Kind.WARD else self.filter(course__college=acting.organisation_id)

    def visible_to(self, acting: Acting | None) -> "RunQuerySet":
        """Open runs of listed courses for everybody, and those one's organisation teaches or has people in."""
        public = Q(course__state=CourseState.LISTED, state__in=[RunState.OPEN, RunState.CANCELLED])
        if acting is None:
            return self.filter(public)
        if acting.kind == Kind.WARD:
            return self
        involved = Q(
            pk__in=Run.objects.filter(
                Q(enrolments__employment__establishment__organisation=acting.organisation_id)
                | Q(enrolments__employment__establishment__organisation__in=acting.clients_for(Scope.TRAINING_GRANTS))
                | Q(enrolments__person=acting.person)
            ).values("pk")
        )
        return self.filter(public | Q(course__college=acting.organisation_id) | involved)


class Run(models.Model):
    """開講: one offering of a course with seats and dates. `kept_units` are the ids of the units it was opened with."""

    tone = {RunState.OPEN: "success", RunState.CANCELLED: "error"}

    course = models.ForeignKey(Course, models.PROTECT, related_name="runs", verbose_name=_("講座"))
    code = models.CharField(_("開講番号"), max_length=20, unique=True)
    seats = models.PositiveSmallIntegerField(_("定員"))
    fee_yen = models.PositiveIntegerField(_("受講料（税込・1人）"))
    venue = models.CharField(_("会場"), max_length=100)
    venue_address = models.CharField(_("会場の所在地"), max_length=200, blank=True)
    link = models.URLField(_("オンラインの入室先"), blank=True)
    min_seats = models.PositiveSmallIntegerField(_("最少開講人数"), default=1)
    selection = models.CharField(
        _("受講者の決め方"), max_length=10, choices=Selection.choices, default=Selection.FIRST_COME
    )
    apply_from = models.DateField(_("申込開始日"), null=True, blank=True)
    apply_until = models.DateField(_("申込締切日"))
    cancel_until = models.DateField(_("取消しができる最後の日"), null=True, blank=True)
    confirm_days = models.PositiveSmallIntegerField(_("繰上げの返事を待つ日数"), default=3)
    learn_from = models.DateField(_("学習を始められる日（eラーニング）"), null=True, blank=True)
    learn_until = models.DateField(_("学習を終える日（eラーニング）"), null=True, blank=True)
    kept_units = models.JSONField(_("募集を始めたときの教材"), null=True, blank=True)
    min_missed_at = models.DateTimeField(_("最少開講人数に届かないと知らせた日時"), null=True, blank=True)
    state = models.CharField(_("状態"), max_length=10, choices=RunState.choices, default=RunState.PREPARING)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("開講")
        verbose_name_plural = _("開講")
        ordering = ["apply_until", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gt=0), name="run_has_seats"),
            models.CheckConstraint(condition=Q(min_seats__lte=F("seats")), name="run_minimum_within_seats"),
            models.CheckConstraint(condition=Q(confirm_days__gt=0), name="run_waits_for_an_answer"),
            models.CheckConstraint(
                condition=Q(apply_from=None) | Q(apply_from__lte=F("apply_until")), name="run_application_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(learn_from=None, learn_until=None)
                | Q(learn_from__isnull=False, learn_until__isnull=False, learn_until__gte=F("learn_from")),
                name="run_learning_days_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "apply_until", "course"], name="run_bookable"),
            models.Index(fields=["course", "state", "apply_until"], name="run_closes_next"),
            models.Index(fields=["state", "venue_address"], name="run_held_at"),
            models.Index(fields=["learn_from"], name="run_learns_from"),
        ]

    def __str__(self) -> str:
        return f"{self.course.title}（{self.code}）"

    @property
    def state_word(self) -> str:
        """募集中 only as long as one may apply; afterwards the state's own name would send people in vain."""
        is_closed = self.state == RunState.OPEN and self.apply_until < timezone.localdate()
        return gettext("受付終了") if is_closed else ""

    def is_bookable(self, *, on: date) -> bool:
        """As `RunQuerySet.bookable` says it, for one run that is at hand."""
        has_begun = self.apply_from is None or self.apply_from <= on
        return self.state == RunState.OPEN and has_begun and on <= self.apply_until

    @property
    def price_yen(self) -> int:
        """What one person costs who applies now."""
        return price_of(self.fee_yen, self.course.textbook_yen)

    @property
    def free(self) -> int:
        """Seats left, for a run read `with_seats()`."""
        return max(self.seats - self.taken, 0)  # type: ignore[attr-defined]

    @property
    def free_label(self) -> str:
        return gettext("残り%(free)s席") % {"free": self.free}


class LessonQuerySet(models.QuerySet["Lesson"]):
    def offered_by(self, acting: Acting) -> "LessonQuerySet":
        """Those of the runs one's organisation looks after: a college its own, the ward all."""
        return self if acting.kind == Kind.WARD else self.filter(run__course__college=acting.organisation_id)

    def taught_by(self, acting: Acting) -> "LessonQuerySet":
        """Those of the college one acts for; nobody else keeps its rosters."""
        return self.filter(run__course__college=acting.organisation_id)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> "LessonQuerySet":
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class Lesson(models.Model):
    """コマ: one timed meeting; its minutes leave out meals."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="lessons", verbose_name=_("開講"))
    number = models.PositiveSmallIntegerField(_("回"))
    topic = models.CharField(_("内容"), max_length=120)
    starts_at = models.DateTimeField(_("開始"))
    ends_at = models.DateTimeField(_("終了"))
    room = models.CharField(_("教室"), max_length=60, blank=True)
    instructor = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, blank=True, related_name="lessons", verbose_name=_("講師")
    )

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("コマ")
        verbose_name_plural = _("コマ")
        ordering = ["run", "starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="lesson_number_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="lesson_ends_after_start",
                violation_error_message=_("終了は開始より後の時刻にしてください。"),
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="lesson_starts_at")]

    def __str__(self) -> str:
        return _("第%(number)s回 %(topic)s") % {"number": self.number, "topic": self.topic}

    @property
    def on(self) -> date:
        return timezone.localtime(self.starts_at).date()

    @property
    def minutes(self) -> int:
        """Scheduled minutes without meals; short breaks stay in (支給要領 0305 counts them up to a limit)."""
        meals = sum(pause.minutes for pause in self.breaks.all() if pause.is_meal)
        return minutes_between(self.starts_at, self.ends_at) - meals


class LessonBreak(models.Model):
    """A pause inside a lesson: a meal, which never counts, or a short one."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="breaks", verbose_name=_("コマ"))
    starts_at = models.DateTimeField(_("開始"))
    ends_at = models.DateTimeField(_("終了"))
    is_meal = models.BooleanField(_("食事休憩"), default=False)

    class Meta:
        verbose_name = _("休憩")
        verbose_name_plural = _("休憩")
        ordering = ["lesson", "starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="lesson_break_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%H:%M}–{timezone.localtime(self.ends_at):%H:%M}"

    @property
    def minutes(self) -> int:
        return minutes_between(self.starts_at, self.ends_at)

    def minutes_within(self, start: datetime, end: datetime) -> int:
        return max(minutes_between(max(start, self.starts_at), min(end, self.ends_at)), 0)


def minutes_between(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds()) // 60


class SeatQuotaQuerySet(models.QuerySet["SeatQuota"]):
    def create(self, **fields: Any) -> Any:
        """Whoever is named for a reserved seat takes part under the terms it was reserved under."""
        return super().create(**with_terms(fields))

    def open(self) -> "SeatQuotaQuerySet":
        """Still holding seats without a name."""
        return self.filter(released_at=None)

    def visible_to(self, acting: Acting) -> "SeatQuotaQuerySet":
        """The managers of the firm that reserved; the college that teaches, and the ward."""
        if acting.kind == Kind.WARD:
            return self
        seen = Q(run__course__college=acting.organisation_id)
        if acting.role == Role.MANAGER:
            seen |= Q(firm=acting.organisation_id)
        return self.filter(seen)


class SeatQuota(models.Model):
    """Seats a firm reserves in a run and names people for later; what is still without a name when it ends is given back."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="quotas", verbose_name=_("開講"))
    firm = models.ForeignKey(Organisation, models.PROTECT, related_name="seat_quotas", verbose_name=_("企業"))
    seats = models.PositiveSmallIntegerField(_("確保した席"))
    unnamed = models.PositiveSmallIntegerField(_("氏名が未定の席"))
    name_until = models.DateField(_("氏名を届ける期限"))
    terms_kept = models.JSONField(_("確保の条件"))
    reserved_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("確保した人"))
    reserved_at = models.DateTimeField(_("確保した日時"), auto_now_add=True)
    released_at = models.DateTimeField(_("終了日時"), null=True, blank=True)

    objects = SeatQuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("企業の確保席")
        verbose_name_plural = _("企業の確保席")
        ordering = ["run", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "firm"], condition=Q(released_at=None), name="quota_open_once"),
            models.CheckConstraint(condition=Q(seats__gt=0), name="quota_has_seats"),
            models.CheckConstraint(condition=Q(unnamed__lte=F("seats")), name="quota_unnamed_within_seats"),
            models.CheckConstraint(condition=Q(released_at=None) | Q(unnamed=0), name="quota_released_holds_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.firm} {self.seats}"


def reserved_seats(run: OuterRef) -> Coalesce:
    """Seats of a run that firms hold without a name."""
    held = SeatQuota.objects.filter(run=run).order_by().values("run").annotate(n=Sum("unnamed")).values("n")
    return Coalesce(Subquery(held), 0)


class LotteryDraw(models.Model):
    """Append-only: the order drawn for a run. The same seed and applicants always give the same `ranking` (enrolment ids)."""

    run = models.OneToOneField(Run, models.PROTECT, related_name="draw", verbose_name=_("開講"))
    seed = models.CharField(_("抽選の種"), max_length=64)
    applicants = models.JSONField(_("申込みの一覧"))
    ranking = models.JSONField(_("抽選の順"))
    drawn_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("抽選した人"))
    drawn_at = models.DateTimeField(_("抽選日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("抽選")
        verbose_name_plural = _("抽選")

    def __str__(self) -> str:
        return f"{self.run} {self.seed}"


class RunFeed(models.Model):
    """The secret of one run's calendar feed for a person acting for an organisation; revocable."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="feeds")
    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="run_feeds")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("開講のカレンダー購読")
        verbose_name_plural = _("開講のカレンダー購読")
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], condition=Q(revoked_at=None), name="run_feed_open_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.run}"
