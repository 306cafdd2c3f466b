"""Telling what was drawn outside Takumi in a fiscal year, and putting right what was told."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Establishment, Person
from firms.words.saying import said as _
from grants.models import OutsideGrant
from grants.rules import fiscal_year


@dataclass(frozen=True)
class Told:
    """The whole of one year as it was told: `yen` of the place, or the `times` of a person; neither takes back what stands."""

    scheme: str
    fiscal_year: int
    note: str
    told_by: str
    person: Person | None = None
    yen: int | None = None
    times: int | None = None
    e_learning_times: int | None = None
    why: str = ""

    @property
    def figures(self) -> tuple[int | None, ...]:
        return self.yen, self.times, self.e_learning_times


@transaction.atomic
def tell_outside(establishment: Establishment, told: Told, *, by: Acting) -> OutsideGrant:
    """The same figure on the same ground told again is the row that stands."""
    place = Establishment.objects.select_for_update(of=("self",)).get(pk=establishment.pk)
    refuse_year(told.fiscal_year, today=by.today)
    refuse_stranger(place, told.person)
    refuse_figures(told)
    stands = (
        OutsideGrant.objects.of_year(place.pk, told.scheme, told.fiscal_year)
        .newest()
        .filter(person=told.person)
        .first()
    )
    if stands and is_same(stands, told):
        return stands
    refuse_without_reason(stands, told)
    row = OutsideGrant.objects.create(
        establishment=place, recorded_by=by.person, replaces=stands, **vars(told) | {"why": told.why if stands else ""}
    )
    record(
        row,
        "outside.correct" if stands else "outside.tell",
        by=by,
        concerns=place.organisation_id,
        change=row.in_words(),
        reason=row.why or row.note,
    )
    return row


def is_same(row: OutsideGrant, told: Told) -> bool:
    figures = (row.yen, row.times, row.e_learning_times)
    return (figures, row.note, row.told_by) == (told.figures, told.note, told.told_by)


def refuse_year(year: int, *, today: date) -> None:
    if year > fiscal_year(today):
        raise Refused(_("%(year)s年度はまだ始まっていません。") % {"year": year}, field="fiscal_year")


def refuse_stranger(place: Establishment, person: Person | None) -> None:
    if person and not place.employments.filter(person=person).exists():
        raise Refused(_("この事業所で働いた人を選んでください。"), field="person")


def refuse_figures(told: Told) -> None:
    if told.times is not None and (told.e_learning_times or 0) > told.times:
        raise Refused(_("eラーニングの回数は、受けた回数までにしてください。"), field="e_learning_times")


def refuse_without_reason(stands: OutsideGrant | None, told: Told) -> None:
    if stands is None and told.yen is None and told.times is None:
        field = "yen" if told.person is None else "times"
        raise Refused(_("受けていないときは 0 を入力してください。分からないときは入力しません。"), field=field)
    if stands and not told.why.strip():
        raise Refused(_("前の記録を直すときは、訂正の理由を入力してください。"), field="why")
