"""Who stands on the papers: the firm, its establishment, the contact person and the agent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from firms.models import Establishment, Mandate, Membership, Organisation
from firms.models.mandates import Scope
from firms.models.organisations import Role
from firms.queries.prepared import Prepared
from grants.models import GrantCase
from grants.queries.size import is_small
from grants.shapes import AgentFacts, ContactFacts, EstablishmentFacts, FirmFacts, PartiesFacts


def firm(organisation: Organisation) -> FirmFacts:
    return {
        "name": organisation.name,
        "kana": organisation.name_kana,
        "corporate_number": organisation.corporate_number or "",
        "postal_code": organisation.postal_code,
        "address": organisation.address,
        "phone": organisation.phone,
        "representative_title": organisation.representative_title,
        "representative_name": organisation.representative_name,
        "industry": organisation.industry,
        "main_business": organisation.main_business,
        "capital_yen": organisation.capital_yen,
        "regular_employees": organisation.regular_employees,
        "sme": is_small(organisation),
    }


def establishment(place: Establishment) -> EstablishmentFacts:
    return {
        "name": place.name,
        "insurance_number": place.insurance_number,
        "postal_code": place.postal_code,
        "address": place.address,
        "phone": place.phone,
        "prefecture": place.prefecture,
    }


# Memberships in force by person and organisation.
Known = Mapping[tuple[int, int], Membership]


@dataclass(frozen=True)
class Parties:
    """Who acts: the mandate in force, and what the contact is in the firm and the advisor in the office."""

    mandate: Mandate | None
    known: Known


def parties_of(cases: Collection[GrantCase], *, on: date, scope: Scope = Scope.TRAINING_GRANTS) -> dict[int, Parties]:
    """By case, with `establishment`. Two queries however many cases."""
    mandates = mandates_of({case.firm_id for case in cases}, on=on, scope=scope)
    known = memberships(cases, mandates.values(), on=on)
    return {case.pk: Parties(mandates.get(case.firm_id), known) for case in cases}


def memberships(cases: Collection[GrantCase], mandates: Collection[Mandate], *, on: date) -> Known:
    found = memberships_held(
        tuple({case.contact_id for case in cases if case.contact_id}),
        tuple({case.firm_id for case in cases}),
        tuple({mandate.advisor_id for mandate in mandates}),
        tuple({mandate.office_id for mandate in mandates}),
        on,
    )
    return {(m.person_id, m.organisation_id): m for m in found}


@Prepared
def memberships_held(
    contacts: tuple[int, ...], firms: tuple[int, ...], advisors: tuple[int, ...], offices: tuple[int, ...], on: date
) -> QuerySet[Membership]:
    wanted = Q(person__in=contacts, organisation__in=firms)
    wanted |= Q(person__in=advisors, role=Role.ADVISOR, organisation__in=offices)
    return Membership.objects.on(on).filter(wanted).order_by("started_on")


def contact(case: GrantCase, known: Known) -> ContactFacts | None:
    """None while nobody is named, or once the one who was has left the firm."""
    membership = known.get((case.contact.pk, case.firm_id)) if case.contact else None
    if case.contact is None or membership is None:
        return None
    return {
        "name": case.contact.full_name,
        "department": membership.department,
        "phone": case.contact.phone or case.establishment.phone or case.establishment.organisation.phone,
        "email": case.contact.email,
    }


def mandates_of(firms: Collection[int], *, on: date, scope: Scope = Scope.TRAINING_GRANTS) -> dict[int, Mandate]:
    """By firm the newest mandate in force that covers the kind of grant; scopes are a list, so they are looked through here."""
    held = mandates_held(tuple(firms), on)
    covering = [mandate for mandate in held if scope in mandate.scopes]
    return {mandate.firm_id: mandate for mandate in reversed(covering)}


@Prepared
def mandates_held(firms: tuple[int, ...], on: date) -> QuerySet[Mandate]:
    return Mandate.objects.filter(firm__in=firms).in_force(on).select_related("office", "advisor")


def agent(mandate: Mandate | None, known: Known) -> AgentFacts | None:
    """`advisor` is empty once the 社会保険労務士 the mandate names has left the office: no paper may print them."""
    if mandate is None:
        return None
    membership = known.get((mandate.advisor_id, mandate.office_id))
    return {
        "office": mandate.office.name,
        "postal_code": mandate.office.postal_code,
        "address": mandate.office.address,
        "phone": mandate.office.phone,
        "advisor": mandate.advisor.full_name if membership else "",
        "licence_number": membership.licence_number if membership else "",
        "capacity": mandate.capacity,
        "capacity_label": str(mandate.get_capacity_display()),
    }


def parties(case: GrantCase, found: Parties) -> PartiesFacts:
    return {
        "firm": firm(case.establishment.organisation),
        "establishment": establishment(case.establishment),
        "contact": contact(case, found.known),
        "agent": agent(found.mandate, found.known),
    }
