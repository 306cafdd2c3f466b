"""The Django app of trials/."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrialsConfig(AppConfig):
    name = "trials"
    verbose_name = _("トライアル就労")

    def ready(self) -> None:
        """Reads the files of figures, so that a broken one is refused here and not in the middle of a page."""
        from firms.journal import listen
        from firms.verbs import register_verbs
        from firms.words.details import register_words
        from trials import approving, joining
        from trials.consents import known_consents
        from trials.listening import document_signed
        from trials.rules import current_law, current_programmes
        from trials.verbs import VERBS, WORDS

        current_law()
        current_programmes()
        known_consents()
        register_verbs(VERBS)
        joining.register()
        approving.register()
        register_words(WORDS)
        listen(document_signed)
