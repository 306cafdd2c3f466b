"""What the firm states so that its plan stands in for a キャリアアップ計画書."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.words.saying import said as _
from grants.actions.locking import locked
from grants.actions.statements import OPEN_FOR_PLAN
from grants.models import ConversionPlan, GrantCase
from grants.rules import last_day_of_notice
from grants.time.learning import last_day


@dataclass(frozen=True)
class StatedConversion:
    """As entered; `month` is the first day of it."""

    is_wanted: bool
    manager_name: str = ""
    is_conversion: bool = False
    month: date | None = None


@transaction.atomic
def save_conversion_plan(case: GrantCase, stated: StatedConversion, *, by: Acting) -> ConversionPlan:
    case = locked(case)
    if case.state not in OPEN_FOR_PLAN:
        raise Refused(_("計画届を出した後は書き換えられません。転換の前日までにキャリアアップ計画書を出してください。"))
    stated = stated if stated.is_wanted else StatedConversion(is_wanted=False)
    if stated.month:
        refuse_month(case, stated.month, today=by.today)
    plan, _made = ConversionPlan.objects.update_or_create(case=case, defaults=vars(stated))
    record(case, "conversion.state", by=by, concerns=case.firm_id, is_wanted=stated.is_wanted)
    return plan


def refuse_month(case: GrantCase, month: date, *, today: date) -> None:
    """Whoever is converted has finished the training, within the years the notice stands in."""
    ends_on = last_day(case.run)
    if ends_on and month < ends_on.replace(day=1):
        raise Refused(
            _("転換の対象は訓練を修了した人です。訓練が終わる%(year)s年%(month)s月以後の年月にしてください。")
            % {"year": ends_on.year, "month": ends_on.month},
            field="month",
        )
    last = last_day_of_notice(today)
    if month > last:
        raise Refused(
            _("計画届が計画書に代わる期間を過ぎています。%(year)s年%(month)s月までの年月にしてください。")
            % {"year": last.year, "month": last.month},
            field="month",
        )
