"""The ward opens a programme's round, and registers the licences of agencies."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Organisation
from firms.models.organisations import Kind
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.models import Licence, Round
from trials.rules import FactError, Programme, definition_on, programme
from trials.shapes import RoundTerms, lifted_round

DIRECT_HIRE = "fixed_term"


@transaction.atomic
def open_round(
    *, programme_name: str, budget_year: int, places: int, opens_on: date, closes_on: date, by: Acting
) -> Round:
    """The terms are frozen as the programme's file says them today."""
    assert by.organisation is not None
    ward = Organisation.objects.select_for_update(of=("self",)).get(pk=by.organisation_id)
    edition = edition_of(programme_name, on=by.today)
    if closes_on < opens_on:
        raise Refused(_("受付の最後の日は、最初の日以後にしてください。"), field="closes_on")
    if Round.objects.filter(ward=ward, programme=programme_name, budget_year=budget_year).exists():
        raise Refused(_("この事業のその年度の募集回は、すでに開いています。"), field="programme_name")
    opened = Round.objects.create(
        ward=ward,
        programme=programme_name,
        title=edition.title,
        budget_year=budget_year,
        places=places,
        opens_on=opens_on,
        closes_on=closes_on,
        terms=frozen(edition),
        definition=asdict(definition_on(programme_name, by.today)),
        opened_by=by.person,
    )
    record(opened, "round.open", by=by, concerns=ward, places=places)
    return opened


def edition_of(name: str, *, on: date) -> Programme:
    try:
        edition = programme(name, on)
    except FactError as unknown:
        raise Refused(str(unknown), field="programme_name") from None
    if edition.legal_kind == DIRECT_HIRE:
        raise Refused(
            _("「%(title)s」は派遣によらない有期雇用のため、派遣のトライアルの募集回は開けません。")
            % {"title": edition.title},
            field="programme_name",
        )
    return edition


def frozen(edition: Programme) -> RoundTerms:
    return lifted_round({**asdict(edition), "verified_until": edition.verified_until.isoformat()})


@transaction.atomic
def register_licence(
    agency: Organisation, *, kind: str, number: str, valid_from: date, valid_until: date, by: Acting
) -> Licence:
    agency = Organisation.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    if agency.kind != Kind.AGENCY:
        raise Refused(_("許可を登録できるのは派遣元だけです。"), field="agency")
    if valid_until < valid_from:
        raise Refused(_("有効期間の最後の日は、最初の日以後にしてください。"), field="valid_until")
    if Licence.objects.filter(agency=agency, kind=kind, valid_from=valid_from).exists():
        raise Refused(_("同じ日に始まる許可が登録されています。一覧を確かめてください。"), field="valid_from")
    licence = Licence.objects.create(
        agency=agency, kind=kind, number=number, valid_from=valid_from, valid_until=valid_until
    )
    record(licence, "licence.register", by=by, concerns=agency)
    return licence


@transaction.atomic
def end_licence(licence: Licence, *, last_on: date, reason: str, by: Acting) -> None:
    """Revoked or given up before its term is over; whoever is at work under it is told by the sweep. Twice is once."""
    licence = Licence.objects.select_for_update(of=("self",)).get(pk=licence.pk)
    if licence.ended_on is not None:
        return
    if not licence.valid_from <= last_on < licence.valid_until:
        raise Refused(
            _("有効だった最後の日は、%(first)sから%(last)sの前日までの日付にしてください。")
            % {"first": day_words(licence.valid_from), "last": day_words(licence.valid_until)},
            field="last_on",
        )
    licence.ended_on, licence.ended_because = last_on, reason
    licence.save(update_fields=["ended_on", "ended_because"])
    record(licence, "licence.end", by=by, concerns=licence.agency_id, reason=reason)
