"""Course: what is taught, with everything a catalogue says of it."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses import frameworks
from courses.states import CourseState, RunState
from courses.terms import hours_in_words, price_of
from firms.acting import Acting
from firms.models import Organisation
from firms.models.organisations import Kind
from firms.words.searching import search_form


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


class Timing(models.TextChoices):
    DAY = "day", _("平日・昼")
    EVENING = "evening", _("平日・夜")
    WEEKEND = "weekend", _("土日")
    ANYTIME = "anytime", _("いつでも（eラーニング）")


class Audience(models.TextChoices):
    """Whether anybody may take it: the grants look at public and made-to-order training apart."""

    PUBLIC = "public", _("公開講座")
    ORDER_MADE = "order_made", _("オーダーメイド")


class TaxRate(models.IntegerChoices):
    """消費税 inside the fee; which of them a course bears is the college's to say."""

    EXEMPT = 0, _("非課税")
    STANDARD = 10, _("10%")


class CourseQuerySet(models.QuerySet["Course"]):
    def listed(self) -> "CourseQuerySet":
        return self.filter(state=CourseState.LISTED)

    def visible_to(self, acting: Acting | None) -> "CourseQuerySet":
        """Listed ones for everybody, signed in or not; a college sees all of its own, the ward all."""
        if acting is None:
            return self.listed()
        if acting.kind == Kind.WARD:
            return self
        return self.filter(Q(state=CourseState.LISTED) | Q(college=acting.organisation_id))

    def offered_by(self, acting: Acting) -> "CourseQuerySet":
        """Those one's organisation looks after: a college its own, the ward all."""
        return self if acting.kind == Kind.WARD else self.filter(college=acting.organisation_id)

    def bookable(self, *, on: date) -> "CourseQuerySet":
        """With a run that takes applications that day; `RunQuerySet.bookable` says the same of runs."""
        opened = Q(runs__apply_from=None) | Q(runs__apply_from__lte=on)
        open_runs = Course.objects.filter(opened, runs__state=RunState.OPEN, runs__apply_until__gte=on)
        return self.filter(pk__in=open_runs.order_by().values("pk"))

    def matching(self, words: str) -> "CourseQuerySet":
        """Every word occurs in the course's text or is the number of a run; width, case and kana are forgiven."""
        found = self
        for word in search_form(words).split():
            numbered = Course.objects.filter(runs__code=word.upper()).order_by().values("pk")
            found = found.filter(Q(search_text__contains=word) | Q(pk__in=numbered))
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
    prerequisites = models.CharField(_("受講の条件"), max_length=200, blank=True)
    timing = models.CharField(_("時間帯"), max_length=8, choices=Timing.choices, default=Timing.DAY)
    offering = models.CharField(_("公開の別"), max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    language = models.CharField(_("使用する言語"), max_length=40, default="日本語")
    textbook = models.CharField(_("教材"), max_length=200, blank=True)
    textbook_yen = models.PositiveIntegerField(_("教材費（税込・受講料に含まないとき）"), default=0)
    tax_percent = models.PositiveSmallIntegerField(_("消費税"), choices=TaxRate.choices, default=TaxRate.STANDARD)
    cancel_rule = models.CharField(_("取消しの決まり"), max_length=200, blank=True)
    has_captions = models.BooleanField(_("字幕あり"), default=False)
    is_wheelchair_accessible = models.BooleanField(_("車いすで受講できる"), default=False)
    has_printable_history = models.BooleanField(_("受講履歴を印刷できる"), default=True)
    contact_name = models.CharField(_("問い合わせ窓口"), max_length=60, blank=True)
    contact_phone = models.CharField(_("問い合わせ電話番号"), max_length=20, blank=True)
    contact_email = models.EmailField(_("問い合わせメールアドレス"), blank=True)
    hours = models.DecimalField(_("総時間（休憩を除く）"), max_digits=5, decimal_places=1)
    fee_yen = models.PositiveIntegerField(_("受講料（税込・1人）"))
    seats = models.PositiveSmallIntegerField(_("標準の定員"))
    completion_rule = models.CharField(_("修了の条件"), max_length=200, blank=True)
    needed_percent = models.PositiveSmallIntegerField(_("修了に要る出席率（%）"), default=80)
    needs_units = models.BooleanField(_("すべての教材を終えること"), default=False)
    needs_quiz = models.BooleanField(_("すべての確認テストに合格すること"), default=False)
    needs_word = models.BooleanField(_("講師が合格と認めること"), default=False)
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
            models.CheckConstraint(condition=Q(needed_percent__lte=100), name="course_percent_within_100"),
            models.CheckConstraint(
                condition=~Q(state="listed") | Q(listed_on__isnull=False), name="course_listed_with_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def price_yen(self) -> int:
        return price_of(self.fee_yen, self.textbook_yen)

    @property
    def code(self) -> str:
        """講座番号; the numbers of its runs begin with it."""
        return f"K{self.pk:04d}"

    @property
    def hours_label(self) -> str:
        return hours_in_words(self.hours)

    @property
    def seats_label(self) -> str:
        return gettext("%(seats)s人") % {"seats": self.seats}

    @property
    def facet_label(self) -> str:
        return f"{self.get_field_display()}・{self.get_level_display()}"

    def words(self, items: Iterable[str] = ()) -> str:
        """What the catalogue's search looks through, with the skill items (their keys) it is tagged with."""
        told = [self.title, self.summary, self.goals, self.syllabus, self.audience, self.prerequisites]
        chosen = [self.get_field_display(), self.get_level_display(), self.get_method_display()]
        skills = [f"{one.label} {one.also}" for key in items if (one := frameworks.item(key))]
        return search_form(" ".join([*told, *chosen, self.college.name, self.college.name_kana, *skills]))
