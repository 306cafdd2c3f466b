"""The list a keeper's page stands under, in the words of that keeper's navigation."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models.organisations import Kind, Role

register = template.Library()

# kind and role → the list; whoever keeps nothing came by the catalogue.
LISTS: dict[tuple[str, str], tuple[Promise, str]] = {
    (Kind.COLLEGE, Role.COORDINATOR): (_("自校の講座"), "courses:own_courses"),
    (Kind.COLLEGE, Role.INSTRUCTOR): (_("担当するコマ"), "courses:my_lessons"),
    (Kind.WARD, Role.OFFICER): (_("講座の掲載"), "courses:own_courses"),
}
CATALOGUE = (_("講座をさがす"), "courses:catalogue")


@dataclass(frozen=True)
class Shelf:
    """What a breadcrumb begins with."""

    label: Promise
    url: str


@register.simple_tag
def kept_under(acting: Acting) -> Shelf:
    """`{% kept_under acting as shelf %}{% breadcrumb shelf.label shelf.url … %}`"""
    label, name = LISTS.get((acting.kind, acting.role), CATALOGUE)
    return Shelf(label, reverse(name))
