"""Cases: by their number, by the course, or by the firm."""

import re

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models.organisations import DESK_ROLES, Kind
from firms.web.http import row_number
from grants.models import GrantCase
from lms.searching.providers import Hit, Provider, Words, said

NUMBER = re.compile(r"g?-?(\d+)", re.I)


def cases(acting: Acting, words: Words) -> QuerySet[GrantCase]:
    fields = ("run__course__title", "run__code", "establishment__organisation__name", "establishment__name")
    rows = GrantCase.objects.visible_to(acting).whole()
    return rows.filter(said(words, *fields, "establishment__organisation__name_kana") | numbered(words)).order_by("-pk")


def numbered(words: Words) -> Q:
    """G-00012 as the pages write it, or what is left of it when somebody types it."""
    match = NUMBER.fullmatch("".join(words))
    return Q(pk=row_number(match[1])) if match else Q(pk=None)


def case_hit(row: GrantCase) -> Hit:
    about = (row.number, row.establishment.organisation.name, str(row.get_state_display()))
    return Hit(row.title, reverse(row.page, args=[row.pk]), about)


PROVIDERS = (
    Provider(
        "cases", _("助成金案件"), "yen", cases, case_hit,
        concerns=lambda acting: acting.kind in {Kind.FIRM, Kind.OFFICE} and acting.role in DESK_ROLES,
    ),
)  # fmt: skip
