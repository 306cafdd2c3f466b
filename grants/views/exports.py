"""Cases and costs taken out as tables, for those who may see them."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from firms.files.exports import csv_answer, day_cell
from firms.web.http import Request, require
from firms.words.saying import said as _
from grants.models import Cost, GrantCase
from grants.policies import may_list_cases
from grants.queries import case_list


@require_safe
def cases_csv(request: Request) -> HttpResponse:
    """One line a case, in the order of the list: whose, of what, where it stands, and its next day."""
    require(may_list_cases(request.acting))
    head = [
        _("案件番号"), _("企業"), _("事業所"), _("講座"), _("開講番号"), _("状態"), _("訓練の初日"), _("訓練の最終日"),
        _("次の期限"), _("制度"),
    ]  # fmt: skip
    return csv_answer(request, _("助成金案件"), head, map(case_row, case_list(request.acting)))


def case_row(case: GrantCase) -> list[object]:
    place = case.establishment
    code, first, last = days_of(case)
    return [
        case.number,
        place.organisation.name,
        place.name,
        case.title,
        code,
        str(case.get_state_display()),
        day_cell(first),
        day_cell(last),
        day_cell(case.due_on),  # type: ignore[attr-defined]
        f"{case.entry.grant} {case.entry.label}" if case.is_training else case.grant_label,
    ]


def days_of(case: GrantCase) -> tuple[str, date | None, date | None]:
    """The number of the run, with its first and last day; of a conversion there is neither run nor lesson."""
    if not case.is_training:
        return "", None, None
    first, last = (on_day(getattr(case, name)) for name in ("first_at", "last_at"))
    return case.run.code, first or case.run.learn_from, last or case.run.learn_until


def on_day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


@require_safe
def costs_csv(request: Request) -> HttpResponse:
    """One line a payment; one that was taken back stands with its own line, less by the same sum."""
    require(may_list_cases(request.acting))
    head = [
        _("案件番号"),
        _("企業"),
        _("講座"),
        _("支払日"),
        _("支払額"),
        _("負担した人"),
        _("取消し"),
        _("記録した人"),
        _("記録日時"),
    ]
    seen = GrantCase.objects.visible_to(request.acting)
    costs = Cost.objects.filter(case__in=seen).select_related(
        "case__establishment__organisation", "case__run__course", "recorded_by", "voids"
    )
    return csv_answer(request, _("受講料の支払"), head, cost_rows(costs.order_by("case", "pk")))


def cost_rows(costs: QuerySet[Cost]) -> Iterator[list[object]]:
    for one in costs:
        moment = timezone.localtime(one.recorded_at)
        yield [
            one.case.number,
            one.case.establishment.organisation.name,
            one.case.title,
            day_cell(one.paid_on),
            -one.amount_yen if one.voids_id else one.amount_yen,
            str(one.get_payer_display()),
            _("取消し") if one.voids_id else "",
            one.recorded_by.full_name,
            f"{day_cell(moment.date())} {moment:%H:%M}",
        ]
