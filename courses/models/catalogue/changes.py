"""ChangeCount: how often what the open pages of a course show has changed; the database itself counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from firms.ledgers.counting import Counted


class ChangeCount(models.Model):
    """Written by triggers alone. `about`: the number of a run, of a course with a minus before it, 0 for all courses.

    The counters only grow, each in the transaction of its change: their sum is another after every one of them.
    """

    about = models.BigIntegerField(primary_key=True)
    changes = models.PositiveBigIntegerField(_("変更の回数"))

    class Meta:
        verbose_name = _("変更の回数")
        verbose_name_plural = _("変更の回数")

    def __str__(self) -> str:
        return f"{self.about}: {self.changes}"


COUNTER = "courses_changecount"
# Everything the catalogue, the calendar of runs, the page of a course and the open page of a run are made of.
COUNTED = {
    "courses_course": Counted("-id"),
    "courses_courseskill": Counted("-course_id"),
    "courses_unit": Counted("-course_id"),
    "courses_run": Counted("id"),
    "courses_lesson": Counted("run_id"),
    "courses_enrolment": Counted("run_id", columns=("run_id", "state")),
    "courses_seatquota": Counted("run_id"),
    # Breaks know their lesson alone; they are changed with it, and seldom.
    "courses_lessonbreak": Counted("0"),
    # What a college is called and where it is; a new organisation has no course yet.
    "firms_organisation": Counted("0"),
}
