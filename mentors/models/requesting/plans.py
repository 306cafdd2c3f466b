"""The sessions of a plan, the time they take of a マイスター, and the public money that pays them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models.organisations import DESK_ROLES, Kind
from mentors.models.requesting.requests import MentoringRequest
from mentors.states import SessionState

# Time is taken in pieces of this length: two sessions that share a piece share an hour of the same person.
PIECE = timedelta(minutes=15)


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, acting: Acting) -> "SessionQuerySet":
        """As the request they belong to; the マイスター's own stay theirs."""
        seen = Q(mentor=acting.person)
        if acting.role in DESK_ROLES:
            seen |= Q(request__host=acting.organisation_id)
        if acting.kind == Kind.WARD:
            seen |= Q(request__ward=acting.organisation_id)
        return self.filter(seen)

    def standing(self) -> "SessionQuerySet":
        return self.exclude(state=SessionState.CANCELLED)

    def between(self, first: date, last: date) -> "SessionQuerySet":
        """Those that begin in these days, both counted."""
        begin, end = midnight(first), midnight(last + timedelta(days=1))
        return self.filter(starts_at__gte=begin, starts_at__lt=end)


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


class Session(models.Model):
    """実技指導: one visit as it was planned."""

    tone = {
        SessionState.PLANNED: "info",
        SessionState.LOGGED: "warning",
        SessionState.CONFIRMED: "success",
        SessionState.STANDS: "success",
        SessionState.CANCELLED: "neutral",
    }

    request = models.ForeignKey(MentoringRequest, models.PROTECT, related_name="sessions", verbose_name=_("派遣依頼"))
    mentor = models.ForeignKey("firms.Person", models.PROTECT, related_name="mentored", verbose_name=_("マイスター"))
    number = models.PositiveSmallIntegerField(_("回"))
    starts_at = models.DateTimeField(_("開始"))
    ends_at = models.DateTimeField(_("終了"))
    break_minutes = models.PositiveSmallIntegerField(_("休憩（分）"), default=0)
    topic = models.CharField(_("指導する内容"), max_length=200)
    state = models.CharField(_("状態"), max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    because = models.CharField(_("中止・確定の理由"), max_length=400, blank=True)
    is_remote = models.BooleanField(_("遠隔で行う"), default=False)
    meeting_url = models.URLField(_("通話のリンク"), max_length=300, blank=True)
    is_dangerous = models.BooleanField(_("危険のある作業"), default=False)
    supervisor = models.CharField(_("現場で見守る方"), max_length=60, blank=True)
    called_at = models.DateTimeField(_("通話を始めた日時"), null=True, blank=True)
    cancelled_on = models.DateField(_("中止した日"), null=True, blank=True)
    is_cancelled_late = models.BooleanField(_("間際の中止"), default=False)
    logged_on = models.DateField(_("いまの記録の日"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("派遣先に催促した日時"), null=True, blank=True)
    # Of a row whose query asked for them (`mentors.queries.sessions.with_what_was_said`).
    has_moves: bool
    has_photos: bool
    has_messages: bool

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("実技指導")
        verbose_name_plural = _("実技指導")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_state_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.UniqueConstraint(fields=["request", "number"], name="session_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "stands"]) | ~Q(because=""), name="session_ends_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"]) | Q(logged_on__isnull=False),
                name="session_logged_with_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="stands") | Q(reminded_at__isnull=False), name="session_stands_after_a_reminder"
            ),
            models.CheckConstraint(
                condition=Q(is_remote=False, meeting_url="", is_dangerous=False, supervisor="", called_at=None)
                | (Q(is_remote=True) & ~Q(meeting_url="")),
                name="session_remote_with_a_link",
            ),
            models.CheckConstraint(
                condition=Q(is_dangerous=False) | ~Q(supervisor=""), name="session_danger_with_a_supervisor"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None, is_cancelled_late=False) | Q(state="cancelled"),
                name="session_cancelled_with_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request} 第{self.number}回"

    @property
    def on(self) -> date:
        return timezone.localtime(self.starts_at).date()

    @property
    def minutes(self) -> int:
        """Planned, without the break."""
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1)) - self.break_minutes

    @property
    def time_words(self) -> str:
        """As the journal keeps a time: 2027-02-10 13:00–15:30."""
        begin, end = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        return f"{begin:%Y-%m-%d %H:%M}–{end:%H:%M}"

    def pieces(self) -> Iterator[datetime]:
        """Every quarter of an hour the session touches."""
        at = self.starts_at - timedelta(minutes=self.starts_at.minute % 15, seconds=self.starts_at.second)
        while at < self.ends_at:
            yield at
            at += PIECE


class Booking(models.Model):
    """A quarter of an hour of a マイスター that is taken. The database lets one session have it."""

    mentor = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("マイスター"))
    piece = models.DateTimeField(_("時刻"))
    session = models.ForeignKey(Session, models.CASCADE, related_name="bookings", verbose_name=_("実技指導"))

    class Meta:
        verbose_name = _("予定の確保")
        verbose_name_plural = _("予定の確保")
        constraints = [models.UniqueConstraint(fields=["mentor", "piece"], name="booking_piece_once")]

    def __str__(self) -> str:
        return f"{self.mentor} {self.piece}"


class MoneySource(models.TextChoices):
    MENTORS = "mentors", _("マイスターの派遣")
    OTHER = "other", _("ほかの公的な助成")


class PublicMoney(models.Model):
    """What public money pays a session. One session has one: a second is refused by the database."""

    session = models.OneToOneField(Session, models.PROTECT, related_name="public_money", verbose_name=_("実技指導"))
    source = models.CharField(_("公費の種類"), max_length=8, choices=MoneySource.choices)
    told_at = models.DateTimeField(_("届出の日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("公費")
        verbose_name_plural = _("公費")
        constraints = [
            models.CheckConstraint(condition=Q(source__in=MoneySource.values), name="public_money_source_known")
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.get_source_display()}"
