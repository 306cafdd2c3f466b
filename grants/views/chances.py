"""What a firm could draw and does not: for the firm and its office row by row, for the ward in numbers."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from firms.acting import Acting
from firms.models.organisations import Kind
from firms.web.http import Request, attempt, page_of, require
from firms.words.saying import said as _
from grants.actions.chances import wish
from grants.cases.chances import act_of
from grants.models import Chance
from grants.policies import may_count_chances, may_see_chances, may_stop_chances
from grants.queries.chances import firms_by_scheme, least_shown, open_chances, reckoned_on, silent
from grants.queries.size import is_small
from grants.rules import unreckoned
from grants.subjects import scheme_label


@dataclass(frozen=True)
class ChanceRow:
    """`act` is where one click leads, `label` what it does there."""

    chance: Chance
    grant: str
    act: str
    label: str

    @property
    def needs(self) -> list[str]:
        return self.chance.needs.splitlines()


@require_safe
def chances(request: Request) -> HttpResponse:
    acting = request.acting
    require(may_see_chances(acting))
    page = page_of(open_chances(acting, acting.today), request)
    is_firm = acting.kind == Kind.FIRM
    context = {
        "page": page,
        "rows": [row_of(one, acting) for one in page],
        "is_firm": is_firm,
        "is_silent": is_firm and silent().filter(firm=acting.organisation_id).exists(),
        "lacks_size": is_firm and acting.organisation is not None and is_small(acting.organisation) is None,
        "may_stop": may_stop_chances(acting),
        "unreckoned": unreckoned(),
        "least": least_shown(acting.today),
        "today": acting.today,
    }
    return render(request, "grants/chances/list.html", context)


@require_POST
def chances_wish(request: Request) -> HttpResponse:
    acting = request.acting
    require(may_stop_chances(acting))
    assert acting.organisation
    is_wanted = request.POST.get("is_wanted") == "yes"
    done = _("照合を再開しました。") if is_wanted else _("照合をやめ、これまでの結果を消しました。")
    firm = acting.organisation
    return attempt(
        request, lambda: wish(firm, is_wanted=is_wanted, by=acting), done=done, back=reverse("grants:chances")
    )


@require_safe
def chances_ward(request: Request) -> HttpResponse:
    require(may_count_chances(request.acting))
    counts = firms_by_scheme(request.acting.today)
    context = {
        "whole": counts.pop("", None),
        "rows": [(name, scheme_label(name), count) for name, count in counts.items()],
        "reckoned_on": reckoned_on(),
        "unreckoned": unreckoned(),
        "least": least_shown(request.acting.today),
    }
    return render(request, "grants/chances/ward.html", context)


def row_of(chance: Chance, acting: Acting) -> ChanceRow:
    act, label = act_of(chance, acting)
    return ChanceRow(chance, scheme_label(chance.scheme), act, label)
