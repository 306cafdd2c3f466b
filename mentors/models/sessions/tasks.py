"""How far a learner can do one task of 技能検定 before and after a session."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentors import skills
from mentors.models.requesting.requests import Learner
from mentors.models.sessions.logs import Level, SessionLog


class LogTask(models.Model):
    """Append-only, as the log it belongs to; `edition` names the list by which it was looked at."""

    log = models.ForeignKey(SessionLog, models.PROTECT, related_name="tasks", verbose_name=_("記録"))
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="tasks", verbose_name=_("受講者"))
    edition = models.CharField(_("課題の一覧の版"), max_length=10)
    task = models.CharField(_("課題"), max_length=30)
    before = models.PositiveSmallIntegerField(_("始める前"), choices=Level.choices)
    after = models.PositiveSmallIntegerField(_("終えたあと"), choices=Level.choices)

    class Meta:
        verbose_name = _("課題ごとの到達")
        verbose_name_plural = _("課題ごとの到達")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["log", "learner", "task"], name="log_task_once"),
            models.CheckConstraint(
                condition=Q(before__in=Level.values, after__in=Level.values), name="log_task_level_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.task}"

    @property
    def label(self) -> str:
        """Where the session and its request were fetched."""
        return self.label_in(self.log.session.request.occupation)

    def label_in(self, occupation: str) -> str:
        return skills.label_of(self.edition, occupation, self.task)
