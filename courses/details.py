"""What only courses/ can tell of a journal entry: firms/details.py."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _


def from_to(people: list[int]) -> str:
    return _now("%(before)s人から%(after)s人") % {"before": people[0], "after": people[1]}


DETAILS = {"skill": (_("スキル項目"), str), "skill_target": (_("目標の人数"), from_to)}
