"""What the ward does: decides in the order of arrival within the year's places, refuses, fixes the amount, pays."""

from datetime import date

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move
from firms.models import Organisation
from firms.words.amounts import yen_words
from firms.words.days import day_words
from firms.words.saying import said as _
from mentors.actions.subsidies.asking import issue, locked, tell
from mentors.models import Subsidy
from mentors.models.subsidies.subsidies import Form
from mentors.queries.subsidies import earlier, places_of
from mentors.rules import fixed, report_by
from mentors.states import SubsidyState


def in_turn(subsidy: Subsidy) -> Subsidy:
    """Under the ward's lock, so that two officers do not give the last place twice."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=subsidy.ward_id)
    return locked(subsidy)


@transaction.atomic
def decide_subsidy(subsidy: Subsidy, *, by: Acting) -> None:
    """Whoever came first is decided first; with the last place gone nobody is."""
    subsidy = in_turn(subsidy)
    if before := earlier(subsidy):
        raise Refused(
            _("先に届いた申請（受付%(n)s番）が決まっていません。受付の順に決めてください。") % {"n": before.order}
        )
    places = places_of(subsidy.ward_id, subsidy.aim, on=by.today, year=subsidy.year)
    if not places.left:
        raise Refused(_("%(because)s 枠が空くのを待つか、不交付としてください。") % {"because": places.because})
    last = report_by(subsidy.finish_on)
    move(
        subsidy,
        SubsidyState.DECIDED,
        by=by,
        verb="subsidy.decide",
        concerns=subsidy.firm,
        told={"amount_yen": subsidy.asked_yen},
        decided_yen=subsidy.asked_yen,
        decided_on=by.today,
        report_by=last,
    )
    issue(subsidy, Form.DECISION, because=places.because, on=by.today)
    told = {"yen": yen_words(subsidy.decided_yen or 0), "day": day_words(last)}
    body = _("%(yen)sを上限に交付します。事業を終えたら、%(day)sまでに実績を報告してください。") % told
    tell(subsidy.firm_id, subsidy, _("交付が決まりました: %(subsidy)s"), body, on=by.today)


@transaction.atomic
def refuse_subsidy(subsidy: Subsidy, *, because: str, by: Acting) -> None:
    subsidy = in_turn(subsidy)
    told = {"reason": because}
    move(subsidy, SubsidyState.REFUSED, by=by, verb="subsidy.refuse", concerns=subsidy.firm, told=told, because=because)
    issue(subsidy, Form.REFUSAL, because=because, on=by.today)
    tell(subsidy.firm_id, subsidy, _("交付されないことになりました: %(subsidy)s"), because, on=by.today)


@transaction.atomic
def return_report(subsidy: Subsidy, *, because: str, by: Acting) -> None:
    """The firm puts it right and reports again."""
    subsidy = locked(subsidy)
    told = {"reason": because}
    move(
        subsidy,
        SubsidyState.DECIDED,
        by=by,
        verb="subsidy.return_report",
        concerns=subsidy.firm,
        told=told,
        because=because,
    )
    tell(subsidy.firm_id, subsidy, _("実績報告が差し戻されました: %(subsidy)s"), because, on=by.today)


@transaction.atomic
def fix_subsidy(subsidy: Subsidy, *, by: Acting) -> None:
    """額の確定: from this day the firm counts as one the ward has supported."""
    subsidy = locked(subsidy)
    found = fixed(
        subsidy.aim,
        spent_yen=subsidy.spent_yen or 0,
        decided_yen=subsidy.decided_yen or 0,
        on=subsidy.decided_on or by.today,
    )
    move(
        subsidy,
        SubsidyState.FIXED,
        by=by,
        verb="subsidy.fix",
        concerns=subsidy.firm,
        told={"amount_yen": found.yen},
        fixed_yen=found.yen,
        fixed_on=by.today,
    )
    issue(subsidy, Form.FIXING, because=found.because, source=found.source, on=by.today)
    body = _("%(yen)sに確定しました。%(because)s") % {"yen": yen_words(found.yen), "because": found.because}
    tell(subsidy.firm_id, subsidy, _("助成の額が確定しました: %(subsidy)s"), body, on=by.today)


@transaction.atomic
def pay_subsidy(subsidy: Subsidy, *, paid_on: date, by: Acting) -> None:
    subsidy = locked(subsidy)
    if subsidy.fixed_on and paid_on < subsidy.fixed_on:
        raise Refused(_("支払日は、額の確定の日からの日にしてください。"), field="paid_on")
    move(
        subsidy,
        SubsidyState.PAID,
        by=by,
        verb="subsidy.pay",
        concerns=subsidy.firm,
        told={"amount_yen": subsidy.fixed_yen},
        paid_on=paid_on,
    )
    body = _("%(day)sに%(yen)sを支払います。") % {"day": day_words(paid_on), "yen": yen_words(subsidy.fixed_yen or 0)}
    tell(subsidy.firm_id, subsidy, _("助成を支払います: %(subsidy)s"), body, on=by.today)
