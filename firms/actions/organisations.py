"""Organisations and establishments: registered and changed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction

from firms.acting import Acting
from firms.actions.changes import apply
from firms.actions.corrections import correct
from firms.errors import Refused
from firms.journal import record
from firms.models import Establishment, Organisation
from firms.words.saying import said as _


@transaction.atomic
def found_organisation(*, by: Acting, place: Mapping[str, Any], **fields: Any) -> Organisation:
    """An employer with the numbers of its first establishment, where they are known; the rest of it is the organisation's."""
    organisation = create_organisation(by=by, **fields)
    if place["insurance_number"]:
        same = {name: getattr(organisation, name) for name in ("name", "postal_code", "address", "phone")}
        create_establishment(organisation, by=by, **same, **place)
    return organisation


@transaction.atomic
def create_organisation(*, by: Acting, **fields: Any) -> Organisation:
    """What an invented ward registers is invented too."""
    refuse_known_corporate_number(fields.get("corporate_number"))
    is_fictional = by.organisation is not None and by.organisation.is_fictional
    with told_when_late(refuse_known_corporate_number, fields.get("corporate_number")):
        organisation = Organisation.objects.create(is_fictional=is_fictional, **fields)
    record(organisation, "organisation.create", by=by, concerns=organisation)
    return organisation


@transaction.atomic
def edit_organisation(organisation: Organisation, *, by: Acting, **fields: Any) -> Organisation:
    row = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    refuse_known_corporate_number(fields.get("corporate_number"), but=row.pk)
    refuse_other_invoice_number(fields.get("invoice_number", ""), fields.get("corporate_number"))
    with told_when_late(refuse_known_corporate_number, fields.get("corporate_number"), but=row.pk):
        changed = apply(row, fields)
    if changed:
        record(row, "organisation.edit", by=by, concerns=row, changed=changed)
    return row


@transaction.atomic
def correct_organisation(organisation: Organisation, *, reason: str, by: Acting, **fields: Any) -> None:
    """By the ward: each value with what stood before and why. What was printed before stays, and is marked where it differs."""
    row = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    number = fields.get("corporate_number")
    refuse_known_corporate_number(number, but=row.pk)
    refuse_other_invoice_number(fields.get("invoice_number", ""), number)
    told: dict[str, Any] = {"reason": reason, "by": by, "concerns": row.pk, "verb": "organisation.correct"}
    with told_when_late(refuse_known_corporate_number, number, but=row.pk):
        correct(row, fields, **told)
    # Other apps hear of a changed name by the row being saved.
    row.save(update_fields=["name"])


@transaction.atomic
def correct_establishment(place: Establishment, *, reason: str, by: Acting, **fields: Any) -> None:
    row = Establishment.objects.select_for_update(of=("self",)).get(pk=place.pk)
    number = fields["insurance_number"]
    refuse_known_insurance_number(number, but=row.pk)
    told: dict[str, Any] = {"reason": reason, "by": by, "concerns": row.organisation_id}
    with told_when_late(refuse_known_insurance_number, number, but=row.pk):
        correct(row, fields, verb="establishment.correct", **told)


@transaction.atomic
def create_establishment(organisation: Organisation, *, by: Acting, **fields: Any) -> Establishment:
    refuse_known_insurance_number(fields["insurance_number"])
    with told_when_late(refuse_known_insurance_number, fields["insurance_number"]):
        establishment = Establishment.objects.create(organisation=organisation, **fields)
    record(establishment, "establishment.create", by=by, concerns=organisation)
    return establishment


@transaction.atomic
def edit_establishment(establishment: Establishment, *, by: Acting, **fields: Any) -> Establishment:
    row = Establishment.objects.select_for_update(of=("self",)).get(pk=establishment.pk)
    refuse_known_insurance_number(fields["insurance_number"], but=row.pk)
    with told_when_late(refuse_known_insurance_number, fields["insurance_number"], but=row.pk):
        changed = apply(row, fields)
    if changed:
        record(row, "establishment.edit", by=by, concerns=row.organisation_id, changed=changed)
    return row


@contextmanager
def told_when_late(refuse: Callable[..., None], number: str | None, *, but: int = 0) -> Iterator[None]:
    """Who loses the race for a number is told what one coming later would be."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        refuse(number, but=but)
        raise


def refuse_known_corporate_number(number: str | None, *, but: int = 0) -> None:
    if number and Organisation.objects.filter(corporate_number=number).exclude(pk=but).exists():
        raise Refused(
            _("この法人番号の組織はすでに登録されています。番号を確かめるか、区に問い合わせてください。"),
            field="corporate_number",
        )


def refuse_other_invoice_number(invoice_number: str, corporate_number: str | None) -> None:
    """A corporation's registration number is T and its 法人番号; who has none has digits of another kind."""
    if invoice_number and corporate_number and invoice_number != f"T{corporate_number}":
        raise Refused(
            _("法人の登録番号は「T」と法人番号です（T%(number)s）。どちらかを直してください。")
            % {"number": corporate_number},
            field="invoice_number",
        )


def refuse_known_insurance_number(number: str, *, but: int = 0) -> None:
    if Establishment.objects.filter(insurance_number=number).exclude(pk=but).exists():
        raise Refused(
            _("この雇用保険適用事業所番号の事業所はすでに登録されています。番号を確かめてください。"),
            field="insurance_number",
        )
