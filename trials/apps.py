"""The Django app of trials/."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrialsConfig(AppConfig):
    name = "trials"
    verbose_name = _("トライアル就労")

    def ready(self) -> None:
        """Reads the files of figures, so that a broken one is refused here and not in the middle of a page."""
        from trials.rules import current_law, current_programmes

        current_law()
        current_programmes()
