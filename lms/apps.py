"""The project's own app: pages that join the others."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = "Takumi"

    def ready(self) -> None:
        from firms.verbs import register_verbs

        register_verbs(
            {
                "calendar.make": _("カレンダーのアドレスを作成"),
                "calendar.revoke": _("カレンダーのアドレスを無効化"),
            }
        )
