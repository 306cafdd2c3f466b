"""The Django app of grants/."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from grants.verbs import VERBS


class GrantsConfig(AppConfig):
    name = "grants"
    verbose_name = _("助成金")

    def ready(self) -> None:
        """Reads the scheme files (30 ms), so that a broken one is refused here and not in the middle of a claim."""
        from courses.hooks import register_funded_days, register_may_draw_grant
        from firms.actions.evidence import REJECTED
        from firms.journal import listen
        from firms.queries import today
        from firms.verbs import register_verbs
        from firms.words.details import day, register_words
        from grants import links, tasks  # noqa: F401
        from grants.actions.requests import ask_rejected_again
        from grants.cases.following import follow
        from grants.claims.checks import answers_in_words
        from grants.facts import funded_days
        from grants.queries import may_draw
        from grants.rules import current_schemes

        register_verbs(VERBS)
        listen(follow)
        register_words(
            {
                "answers": (_("回答"), answers_in_words),
                "step_on": (_("日付"), day),
                "due_on": (_("期限"), day),
                "paper": (_("様式"), str),
                "way": (_("提出の方法"), str),
            }
        )
        register_funded_days(funded_days)
        register_may_draw_grant(lambda courses: may_draw(courses, on=today()))
        links.register()
        REJECTED.append(ask_rejected_again)
        current_schemes()
