"""Deputising: somebody looks after the people or clients of another of the same organisation for some days."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeputyQuerySet[Appointed: models.Model](models.QuerySet[Appointed]):
    def on(self, day: date) -> Self:
        return self.filter(ended_at=None, starts_on__lte=day, last_on__gte=day)

    def standing(self, day: date) -> Self:
        """Today's and those to come."""
        return self.filter(ended_at=None, last_on__gte=day)

    def within(self, starts_on: date, last_on: date) -> Self:
        """Those that hold on one of these days at least."""
        return self.filter(ended_at=None, starts_on__lte=last_on, last_on__gte=starts_on)


class Deputising(models.Model):
    """From–until, both days included; an app's own `Deputy` says for whom, and what the deputy sees or hears."""

    deputy = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("代理の人"))
    starts_on = models.DateField(_("最初の日"))
    last_on = models.DateField(_("最後の日"))
    ended_at = models.DateTimeField(_("取りやめた日時"), null=True)

    class Meta:
        abstract = True
