"""What the papers of a session and of a month are printed from: facts kept as they were told, append-only."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentors.models.sessions.logs import SessionLog
from mentors.models.sessions.paying import Statement


class LogFacts(models.Model):
    """Append-only: names, places and figures as of the moment a log was written."""

    log = models.OneToOneField(SessionLog, models.PROTECT, related_name="frozen", verbose_name=_("記録"))
    facts = models.JSONField(_("記載事項"))

    class Meta:
        verbose_name = _("活動報告書の記載事項")
        verbose_name_plural = _("活動報告書の記載事項")

    def __str__(self) -> str:
        return str(self.log)

    @property
    def lifted(self) -> dict[str, Any]:
        """What everybody reads: the facts in today's shape, of which there is one so far."""
        facts: dict[str, Any] = self.facts
        return facts


class StatementFacts(models.Model):
    """Append-only: the same of a month as it was closed."""

    statement = models.OneToOneField(Statement, models.PROTECT, related_name="frozen", verbose_name=_("支払明細"))
    facts = models.JSONField(_("記載事項"))

    class Meta:
        verbose_name = _("支払明細の記載事項")
        verbose_name_plural = _("支払明細の記載事項")

    def __str__(self) -> str:
        return str(self.statement)

    @property
    def lifted(self) -> dict[str, Any]:
        """What everybody reads: the facts in today's shape, of which there is one so far."""
        facts: dict[str, Any] = self.facts
        return facts
