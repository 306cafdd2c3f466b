"""What is kept beside the days, as papers and pages read it: the ledgers' notes, complaints, accidents and what is due of them."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from trials.models import Accident, AccidentStep, AccidentWhat, LedgerNote, Placement
from trials.rules import AccidentReport, accident_report
from trials.states import Party


@dataclass(frozen=True)
class Notes:
    """The newest of each side, or None where that side has written nothing yet."""

    host: LedgerNote | None
    agency: LedgerNote | None


def notes_of(placement: Placement) -> Notes:
    newest: dict[str, LedgerNote] = {one.side: one for one in placement.ledger_notes.order_by("number")}
    return Notes(newest.get(Party.HOST), newest.get(Party.AGENCY))


@dataclass(frozen=True)
class Duty:
    """One thing one side has to do about an accident, and whether it has been done."""

    side: Party
    what: AccidentWhat
    done: AccidentStep | None

    @property
    def is_open(self) -> bool:
        return self.done is None


@dataclass(frozen=True)
class AccidentShown:
    accident: Accident
    days_off: int
    report: AccidentReport
    duties: list[Duty]

    @property
    def due_on(self) -> date | None:
        return self.report.due if isinstance(self.report.due, date) else None

    @property
    def is_at_once(self) -> bool:
        return self.report.required and self.due_on is None


def shown(accident: Accident) -> AccidentShown:
    """派遣則42条: both file the report and the host sends a copy; the claim is the agency's, with the host's certificate."""
    steps = list(accident.steps.all())
    changed = [one.days_off for one in steps if one.what == AccidentWhat.DAYS_OFF]
    days_off = changed[-1] if changed else accident.days_off
    happened_on = timezone.localdate(accident.happened_at)
    report = accident_report(happened_on, days_off=days_off or 0, commuting=accident.is_commuting)
    done = {(one.side, one.what): one for one in steps}
    asked = [(Party.HOST, AccidentWhat.CERTIFIED), (Party.AGENCY, AccidentWhat.CLAIMED)]
    if report.required:
        asked = [
            (Party.HOST, AccidentWhat.FILED),
            (Party.HOST, AccidentWhat.COPIED),
            (Party.AGENCY, AccidentWhat.FILED),
            *asked,
        ]
    duties = [Duty(side, what, done.get((side, what))) for side, what in asked]
    return AccidentShown(accident, days_off or 0, report, duties)
