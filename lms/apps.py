"""The project's own app: pages that join the others."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = "Takumi"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from firms.journal import listen
        from firms.verbs import register_verbs
        from lms.mentoring.trainings import completions, hear_certificate
        from lms.roles.visits import count_since_last_visit
        from lms.trial_learning import SOURCE
        from mentors.queries.certifying.trainings import fill_completions
        from trials.learning import fill_learning

        # Before Django's own receiver writes down this visit: lms stands before django.contrib.auth in INSTALLED_APPS.
        user_logged_in.connect(count_since_last_visit, dispatch_uid="since_last_visit")

        fill_completions(completions)
        fill_learning(SOURCE)
        listen(hear_certificate)
        register_verbs(
            {
                "calendar.make": _("カレンダーのアドレスを作成"),
                "calendar.revoke": _("カレンダーのアドレスを無効化"),
                "indicator_report.freeze": _("指標を報告として確定"),
            }
        )
