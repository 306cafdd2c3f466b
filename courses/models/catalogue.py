"""Course, Run, Lesson: what is taught, one offering of it, one timed meeting."""

from datetime import date, datetime

from django.db import models
from django.db.models import Count, F, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.search import search_form
from courses.states import CourseState, EnrolmentState, RunState
from firms.acting import Acting
from firms.models import Organisation
from firms.models.mandates import Scope
from firms.models.organisations import Kind


class Field(models.TextChoices):
    DX = "dx", _("DX（デジタル）")
    GX = "gx", _("GX（脱炭素）")
    CRAFT = "craft", _("技能")


class Level(models.TextChoices):
    ENTRY = "entry", _("入門")
    BASIC = "basic", _("基礎")
    PRACTICE = "practice", _("実践")
    ADVANCED = "advanced", _("応用")


class Method(models.TextChoices):
    """How it is taught, in the classes of 様式第1-1号 欄12."""

    CLASS = "class", _("通学制")
    LIVE_ONLINE = "live_online", _("同時双方向型の通信訓練")
    E_LEARNING = "e_learning", _("eラーニング")
    CORRESPONDENCE = "correspondence", _("通信制")


class CourseQuerySet(models.QuerySet["Course"]):
    def listed(self) -> "CourseQuerySet":
        return self.filter(state=CourseState.LISTED)

    def visible_to(self, acting: Acting) -> "CourseQuerySet":
        """Listed ones for everybody; a college sees all of its own, the ward all."""
        if acting.kind == Kind.WARD:
            return self
        return self.filter(Q(state=CourseState.LISTED) | Q(college=acting.organisation_id))

    def offered_by(self, acting: Acting) -> "CourseQuerySet":
        """Those one's organisation looks after: a college its own, the ward all."""
        return self if acting.kind == Kind.WARD else self.filter(college=acting.organisation_id)

    def bookable(self, *, on: date) -> "CourseQuerySet":
        return self.filter(pk__in=Run.objects.bookable(on=on).values("course"))

    def matching(self, words: str) -> "CourseQuerySet":
        """Every word occurs in the course's text; width, case and kana are forgiven."""
        found = self
        for word in search_form(words).split():
            found = found.filter(search_text__contains=word)
        return found


class Course(models.Model):
    tone = {CourseState.PROPOSED: "warning", CourseState.LISTED: "success"}

    college = models.ForeignKey(Organisation, models.PROTECT, related_name="courses", verbose_name=_("連携校"))
    title = models.CharField(_("講座名"), max_length=100)
    field = models.CharField(_("分野"), max_length=6, choices=Field.choices)
    level = models.CharField(_("レベル"), max_length=10, choices=Level.choices, default=Level.BASIC)
    method = models.CharField(_("実施方法"), max_length=16, choices=Method.choices, default=Method.CLASS)
    summary = models.CharField(_("ひとことで（60字まで）"), max_length=60)
    goals = models.TextField(_("身につくこと"), blank=True)
    syllabus = models.TextField(_("内容"), blank=True)
    audience = models.CharField(_("対象者"), max_length=200, blank=True)
    hours = models.DecimalField(_("総時間（休憩を除く）"), max_digits=5, decimal_places=1)
    fee_yen = models.PositiveIntegerField(_("受講料（税込・1人）"))
    seats = models.PositiveSmallIntegerField(_("標準の定員"))
    completion_rule = models.CharField(_("修了の条件"), max_length=200, blank=True)
    provider_page = models.URLField(_("連携校の公開ページ"), blank=True)
    state = models.CharField(_("状態"), max_length=10, choices=CourseState.choices, default=CourseState.DRAFT)
    listed_on = models.DateField(_("掲載日"), null=True, blank=True)
    search_text = models.TextField(editable=False, blank=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("講座")
        verbose_name_plural = _("講座")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["college", "title"], name="course_title_once_per_college"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="course_has_hours"),
            models.CheckConstraint(condition=Q(seats__gt=0), name="course_has_seats"),
            models.CheckConstraint(
                condition=~Q(state="listed") | Q(listed_on__isnull=False), name="course_listed_with_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def hours_label(self) -> str:
        return gettext("%(hours)s時間") % {"hours": f"{float(self.hours):g}"}

    @property
    def seats_label(self) -> str:
        return gettext("%(seats)s人") % {"seats": self.seats}

    @property
    def facet_label(self) -> str:
        return f"{self.get_field_display()}・{self.get_level_display()}"

    def words(self) -> str:
        """What the catalogue's search looks through."""
        parts = [self.title, self.summary, self.goals, self.syllabus, self.college.name, self.get_field_display()]
        return search_form(" ".join(parts))


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
        return ends.filter(Q(ends_at=None) | Q(ends_at__date__gte=on))

    def with_seats(self) -> "RunQuerySet":
        """Adds `taken`: the seats held by accepted enrolments."""
        accepted = Q(enrolments__state=EnrolmentState.ACCEPTED)
        return self.annotate(taken=Count("enrolments", filter=accepted, distinct=True))

    def bookable(self, *, on: date) -> "RunQuerySet":
        """Open, before its application day has passed."""
        return self.filter(state=RunState.OPEN, apply_until__gte=on)

    def with_queue(self) -> "RunQuerySet":
        """Adds `waiting`: how many stand in the queue for a seat."""
        waiting = Q(enrolments__state=EnrolmentState.WAITLISTED)
        return self.annotate(waiting=Count("enrolments", filter=waiting, distinct=True))

    def offered_by(self, acting: Acting) -> "RunQuerySet":
        """Those one's organisation looks after: a college its own, the ward all."""
        return self if acting.kind == Kind.WARD else self.filter(course__college=acting.organisation_id)

    def visible_to(self, acting: Acting) -> "RunQuerySet":
        """Open runs of listed courses, and those one's organisation teaches or has people in."""
        if acting.kind == Kind.WARD:
            return self
        public = Q(course__state=CourseState.LISTED, state__in=[RunState.OPEN, RunState.CANCELLED])
        involved = Q(
            pk__in=Run.objects.filter(
                Q(enrolments__employment__establishment__organisation=acting.organisation_id)
                | Q(enrolments__employment__establishment__organisation__in=acting.clients_for(Scope.TRAINING_GRANTS))
                | Q(enrolments__person=acting.person)
            ).values("pk")
        )
        return self.filter(public | Q(course__college=acting.organisation_id) | involved)


class Run(models.Model):
    """開講: one offering of a course with seats and dates."""

    tone = {RunState.OPEN: "success", RunState.CANCELLED: "error"}

    course = models.ForeignKey(Course, models.PROTECT, related_name="runs", verbose_name=_("講座"))
    code = models.CharField(_("開講番号"), max_length=20, unique=True)
    seats = models.PositiveSmallIntegerField(_("定員"))
    fee_yen = models.PositiveIntegerField(_("受講料（税込・1人）"))
    venue = models.CharField(_("会場"), max_length=100)
    venue_address = models.CharField(_("会場の所在地"), max_length=200, blank=True)
    apply_until = models.DateField(_("申込締切日"))
    state = models.CharField(_("状態"), max_length=10, choices=RunState.choices, default=RunState.PREPARING)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("開講")
        verbose_name_plural = _("開講")
        ordering = ["apply_until", "pk"]
        constraints = [models.CheckConstraint(condition=Q(seats__gt=0), name="run_has_seats")]

    def __str__(self) -> str:
        return f"{self.course.title}（{self.code}）"

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


def minutes_between(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds()) // 60
