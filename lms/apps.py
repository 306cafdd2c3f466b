"""The project's own app: pages that join the others."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = "Takumi"

    def ready(self) -> None:
        from firms.journal import listen
        from firms.verbs import register_verbs
        from lms.mentoring.trainings import completions, hear_certificate
        from mentors.queries.certifying.trainings import fill_completions

        fill_completions(completions)
        listen(hear_certificate)
        register_verbs(
            {
                "calendar.make": _("カレンダーのアドレスを作成"),
                "calendar.revoke": _("カレンダーのアドレスを無効化"),
            }
        )
