"""The Django app of courses/."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


def count_changes_of_courses(using: str, **_about: Any) -> None:
    from courses.models.catalogue.changes import COUNTED, COUNTER
    from firms.ledgers.counting import count_changes

    count_changes(connections[using], COUNTER, COUNTED)


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("講座")

    def ready(self) -> None:
        """Reads the skill standards (10 ms), so that a broken file is refused here and not on somebody's page."""
        from courses import tasks  # noqa: F401
        from courses.details import DETAILS
        from courses.frameworks import current_frameworks
        from courses.listening import college_saved
        from courses.verbs import VERBS
        from firms.verbs import register_verbs
        from firms.words.details import register_words

        register_verbs(VERBS)
        register_words(DETAILS)
        current_frameworks()
        post_save.connect(college_saved, sender="firms.Organisation")
        post_migrate.connect(count_changes_of_courses, sender=self)
