"""What only courses/ can tell of a journal entry: firms/details.py."""

from collections.abc import Iterable

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from courses.models import Course, Run, Unit


def from_to(people: list[int]) -> str:
    return _now("%(before)s人から%(after)s人") % {"before": people[0], "after": people[1]}


def fields_changed(changes: Iterable[str]) -> str:
    """受講料（税込・1人）、身につくこと: the names of the fields, wherever they stand."""
    labels = {"skills": _now("身につくスキル項目")}
    for model in (Unit, Run, Course):
        labels |= {field.name: str(field.verbose_name) for field in model._meta.fields}
    return "、".join(labels[name] for name in changes if name in labels)


DETAILS = {
    "changes": (_("変更した項目"), fields_changed),
    "skill": (_("スキル項目"), str),
    "skill_target": (_("目標の人数"), from_to),
}
