"""What a college may still ask for, and what it asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from courses.billing import InvoiceItem
from courses.models import Enrolment, InvoiceLine, Run
from courses.models.seats.enrolments import EnrolmentQuerySet
from courses.states import SEATED, RunState
from firms.models import Organisation

MARCH = 3


@dataclass(frozen=True)
class Billable:
    """A firm with people of a run who stand on no invoice in force yet."""

    firm: Organisation
    enrolments: list[Enrolment]
    items: list[InvoiceItem]

    @property
    def total_yen(self) -> int:
        return sum(item.yen for item in self.items)


def not_invoiced(run: Run) -> EnrolmentQuerySet:
    """Seated people a firm sends, on no invoice in force, by firm and kana."""
    standing = InvoiceLine.objects.filter(enrolment=OuterRef("pk"), is_in_force=True)
    found = Enrolment.objects.accepted().filter(~Exists(standing), run=run, employment__isnull=False)
    people = found.select_related("person", "employment__establishment__organisation")
    return people.order_by("employment__establishment__organisation__name_kana", "person__family_kana", "pk")


def billable(run: Run) -> list[Billable]:
    """Firms of a run in the order of their names. One query; nothing where the run is free of charge."""
    by_firm: dict[Organisation, list[Enrolment]] = {}
    for enrolment in not_invoiced(run):
        assert enrolment.employment is not None  # not_invoiced asks for it
        by_firm.setdefault(enrolment.employment.establishment.organisation, []).append(enrolment)
    found = [Billable(firm, people, items_of(people)) for firm, people in by_firm.items()]
    return [one for one in found if one.total_yen]


def items_of(enrolments: Iterable[Enrolment]) -> list[InvoiceItem]:
    """For each trainee the fee, and the textbook where it is not part of it, as promised when they applied."""
    items = []
    for enrolment in enrolments:
        terms, name = enrolment.terms, enrolment.person.full_name
        if terms.fee_yen:
            items.append(InvoiceItem(f"受講料 {name}", terms.fee_yen, terms.tax_percent))
        if terms.textbook_yen:
            items.append(InvoiceItem(f"教材費 {name}", terms.textbook_yen, terms.tax_percent))
    return items


def runs_to_invoice(college_id: int, *, on: date) -> list[Run]:
    """Runs that began and still have somebody on no invoice, the oldest first."""
    standing = InvoiceLine.objects.filter(enrolment=OuterRef("pk"), is_in_force=True)
    is_charged = Q(terms_kept__fee_yen__gt=0) | Q(terms_kept__textbook_yen__gt=0)
    waiting = Enrolment.objects.filter(
        is_charged, ~Exists(standing), run=OuterRef("pk"), state__in=SEATED, employment__isnull=False
    )
    runs = Run.objects.filter(Exists(waiting), course__college=college_id)
    begun = runs.exclude(state=RunState.CANCELLED).with_dates()
    begun = begun.annotate(began_on=Coalesce(F("first_at__date"), F("learn_from")))
    return list(begun.filter(began_on__lte=on).select_related("course"))


def fiscal_year(day: date) -> int:
    """年度, from April to March."""
    return day.year if day.month > MARCH else day.year - 1
