"""How many courses teach an item, for the pages of the skill standards."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def course_count(counts: Mapping[str, int], key: str) -> int:
    return counts.get(key, 0)
