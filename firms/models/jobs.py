"""Jobs, notifications and calendar tokens: work and words that wait for someone."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firms.models.letters import LetterKind, LetterWay
from firms.models.organisations import Organisation
from firms.states import JobState


class JobQuerySet(models.QuerySet["Job"]):
    def due(self) -> "JobQuerySet":
        """Waiting and due, or running under a lease that ran out."""
        now = timezone.now()
        return self.filter(
            Q(state=JobState.WAITING, due_at__lte=now) | Q(state=JobState.RUNNING, leased_until__lte=now)
        )


class Job(models.Model):
    """The queue of record: written in the action's transaction, claimed by a worker with a lease."""

    kind = models.CharField(_("種類"), max_length=40)
    payload = models.JSONField(_("内容"), default=dict)
    once_key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    state = models.CharField(_("状態"), max_length=12, choices=JobState.choices, default=JobState.WAITING)
    due_at = models.DateTimeField(_("実行予定"), default=timezone.now)
    leased_until = models.DateTimeField(_("占有期限"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("試行回数"), default=0)
    progress_done = models.PositiveIntegerField(_("済み"), default=0)
    progress_total = models.PositiveIntegerField(_("全体"), default=0)
    last_error = models.TextField(_("最後の失敗"), blank=True)
    created_at = models.DateTimeField(_("登録日時"), auto_now_add=True)
    finished_at = models.DateTimeField(_("終了日時"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("ジョブ")
        verbose_name_plural = _("ジョブ")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="job_waiting"),
            models.Index(fields=["leased_until"], condition=Q(state="running"), name="job_running"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running", leased_until__isnull=False) | (~Q(state="running") & Q(leased_until=None)),
                name="job_lease_only_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "quarantined"], finished_at__isnull=False)
                | Q(state__in=["waiting", "running"], finished_at=None),
                name="job_finished_with_moment",
            ),
            models.CheckConstraint(
                condition=Q(progress_total=0) | Q(progress_done__lte=F("progress_total")), name="job_progress_within"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Notification(models.Model):
    """A message to a person, shown in the page and sent by mail through a job."""

    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="notifications", verbose_name=_("宛先"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.CharField(_("件名"), max_length=120)
    body = models.TextField(_("本文"))
    path = models.CharField(_("開くページ"), max_length=200, blank=True)
    kind = models.CharField(_("種類"), max_length=14, choices=LetterKind.choices, default=LetterKind.ORGANISATIONS)
    way = models.CharField(_("届け方"), max_length=8, choices=LetterWay.choices, default=LetterWay.AT_ONCE)
    created_at = models.DateTimeField(_("日時"), auto_now_add=True)
    read_at = models.DateTimeField(_("既読日時"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("メール送信日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("お知らせ")
        verbose_name_plural = _("お知らせ")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["person"], condition=Q(read_at=None), name="notification_unread"),
            models.Index(fields=["created_at", "kind"], name="notification_volume"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="notification_kind_known"),
            models.CheckConstraint(condition=Q(way__in=LetterWay.values), name="notification_way_known"),
        ]

    def __str__(self) -> str:
        return self.subject


class FeedToken(models.Model):
    """The secret of one private calendar feed, for a person acting for an organisation; revocable."""

    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="feed_tokens")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("カレンダー購読")
        verbose_name_plural = _("カレンダー購読")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=Q(revoked_at=None), name="feed_token_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.organisation}"


class FeedEntry(models.Model):
    """What a feed told last of one entry: only that decides whether a calendar has to hear of it again.

    `feed` is the hash of the feed's secret; `shown` the entry as it was told, for when it is gone and has to be called off.
    """

    feed = models.CharField(max_length=64)
    uid = models.CharField(max_length=120)
    sequence = models.PositiveIntegerField()
    stamp = models.DateTimeField()
    shown = models.JSONField()
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("カレンダーの表示内容")
        verbose_name_plural = _("カレンダーの表示内容")
        constraints = [models.UniqueConstraint(fields=["feed", "uid"], name="feed_entry_once")]

    def __str__(self) -> str:
        return f"{self.uid} {self.sequence}"
