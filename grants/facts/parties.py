"""Who stands on the papers: the firm, its establishment, the contact person and the agent."""

from datetime import date
from typing import Any

from django.db.models import Q

from firms.models import Establishment, Mandate, Membership, Organisation
from firms.models.mandates import Scope
from firms.models.organisations import Role
from grants.models import GrantCase
from grants.rules import firm_size

Facts = dict[str, Any]


def firm(organisation: Organisation) -> Facts:
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


def is_small(organisation: Organisation) -> bool | None:
    """None while industry or headcount are not entered."""
    if not organisation.industry or organisation.regular_employees is None:
        return None
    return firm_size(
        organisation.industry, capital_yen=organisation.capital_yen, regular_employees=organisation.regular_employees
    ).sme


def establishment(place: Establishment) -> Facts:
    return {
        "name": place.name,
        "insurance_number": place.insurance_number,
        "postal_code": place.postal_code,
        "address": place.address,
        "phone": place.phone,
        "prefecture": place.prefecture,
    }


def memberships(case: GrantCase, mandate: Mandate | None, *, on: date) -> dict[tuple[int, int], Membership]:
    """Those in force of the contact in the firm and of the advisor in the office, in one query."""
    wanted = Q(pk__in=[])
    if case.contact_id:
        wanted |= Q(person=case.contact_id, organisation=case.firm_id)
    if mandate:
        wanted |= Q(person=mandate.advisor_id, organisation=mandate.office_id, role=Role.ADVISOR)
    found = Membership.objects.on(on).filter(wanted).order_by("started_on")
    return {(m.person_id, m.organisation_id): m for m in found}


def contact(case: GrantCase, known: dict[tuple[int, int], Membership]) -> Facts | None:
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


def mandate_of(case: GrantCase, *, on: date) -> Mandate | None:
    """The newest mandate in force that covers training grants; scopes are a list, so they are looked through here."""
    held = Mandate.objects.filter(firm=case.firm_id).in_force(on).select_related("office", "advisor")
    return next((mandate for mandate in held if Scope.TRAINING_GRANTS in mandate.scopes), None)


def agent(mandate: Mandate | None, known: dict[tuple[int, int], Membership]) -> Facts | None:
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


def parties(case: GrantCase, *, on: date) -> Facts:
    mandate = mandate_of(case, on=on)
    known = memberships(case, mandate, on=on)
    return {
        "firm": firm(case.establishment.organisation),
        "establishment": establishment(case.establishment),
        "contact": contact(case, known),
        "agent": agent(mandate, known),
    }
