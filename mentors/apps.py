"""The Django app of mentors/."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MentorsConfig(AppConfig):
    name = "mentors"
    verbose_name = _("マイスター")

    def ready(self) -> None:
        """Reads the files of figures and occupations, so that a broken one is refused here and not in the middle of a page."""
        from firms.journal import listen
        from firms.verbs import register_verbs
        from mentors import links, occupations, tasks  # noqa: F401
        from mentors.actions.sessions.logging import hear_countersigned
        from mentors.rules import current_law, current_programmes
        from mentors.verbs import VERBS

        register_verbs(VERBS)
        links.register()
        listen(hear_countersigned)
        occupations.editions()
        current_law()
        current_programmes()
