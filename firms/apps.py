"""The Django app of firms/."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FirmsConfig(AppConfig):
    name = "firms"
    verbose_name = _("企業・組織")

    def ready(self) -> None:
        """Web processes write jobs and publish hints too, so they know the tasks as well."""
        from firms import checks, tasks  # noqa: F401
        from firms.signing import by_link

        by_link.register()
