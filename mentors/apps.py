"""The Django app of mentors/."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MentorsConfig(AppConfig):
    name = "mentors"
    verbose_name = _("マイスター")

    def ready(self) -> None:
        """Reads the files of figures, so that a broken one is refused here and not in the middle of a page."""
        from mentors.rules import current_law, current_programmes

        current_law()
        current_programmes()
