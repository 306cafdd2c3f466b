"""What only courses/ can tell of a journal entry: firms/words/details.py."""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.models import Course, Run, Unit
from firms.verbs import Label
from firms.words.saying import said as _now


def from_to(people: list[int]) -> str:
    return _now("%(before)s人から%(after)s人") % {"before": people[0], "after": people[1]}


def fields_changed(changes: Collection[str]) -> str:
    """受講料（税込・1人）、身につくこと: the names of the fields in the models' own order, as jsonb keeps none."""
    labels: dict[str, str] = {}
    for model in (Unit, Run, Course):
        labels |= {field.name: str(field.verbose_name) for field in model._meta.fields}
    labels |= {"skills": _now("身につくスキル項目")}
    return "、".join(label for name, label in labels.items() if name in changes)


def words_given(words: list[dict]) -> str:
    """矢口 拓海 合格、池上 架空 不合格"""
    return "、".join(f"{word['learner']} {_now('合格') if word['has_passed'] else _now('不合格')}" for word in words)


DETAILS: dict[str, tuple[Label, Callable[[Any], str]]] = {
    "changes": (_("変更した項目"), fields_changed),
    "copied_from": (_("写した講座"), str),
    "span": (_("期間"), str),
    "rows": (_("記録した数"), str),
    "kept": (_("そのまま残した数"), str),
    "sheet": (_("署名のある名簿"), str),
    "skill": (_("スキル項目"), str),
    "skill_target": (_("目標の人数"), from_to),
    "learner": (_("受講者"), str),
    "lacking": (_("足りなかったもの"), "、".join),
    "words": (_("講師の判定"), words_given),
}
