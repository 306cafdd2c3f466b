"""CourseRevision: what a college wants changed on a listed course, for the ward to look at as a difference."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue.courses import Course
from courses.states import RevisionState
from firms.acting import Acting
from firms.models.organisations import Kind


class RevisionQuerySet(models.QuerySet["CourseRevision"]):
    def waiting(self) -> "RevisionQuerySet":
        return self.filter(state=RevisionState.OPEN)

    def visible_to(self, acting: Acting) -> "RevisionQuerySet":
        """The ward all, a college those of its own courses."""
        return self if acting.kind == Kind.WARD else self.filter(course__college=acting.organisation_id)


class CourseRevision(models.Model):
    """`changes`: field → [text now, text wanted, value wanted]; the course stays as it is until the ward says yes."""

    tone = {RevisionState.OPEN: "warning", RevisionState.ACCEPTED: "success", RevisionState.RETURNED: "error"}

    course = models.ForeignKey(Course, models.PROTECT, related_name="revisions", verbose_name=_("講座"))
    changes = models.JSONField(_("変更点"))
    state = models.CharField(_("状態"), max_length=10, choices=RevisionState.choices, default=RevisionState.OPEN)
    proposed_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("申請した人"))
    proposed_at = models.DateTimeField(_("申請日時"), auto_now_add=True)
    decided_by = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("確認した人")
    )
    decided_at = models.DateTimeField(_("確認日時"), null=True, blank=True)
    reason = models.CharField(_("差戻しの理由"), max_length=400, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("講座の変更申請")
        verbose_name_plural = _("講座の変更申請")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["course"], condition=Q(state="open"), name="revision_open_once"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="revision_decided_with_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.get_state_display()}"
