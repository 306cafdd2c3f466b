"""Who may do what in firms/; what one may not even see is decided by `visible_to`."""

from firms.acting import Acting
from firms.models import ActionLink, Establishment, Invitation, Mandate, Membership, Organisation, SignatureRequest
from firms.models.organisations import EMPLOYERS, LEADING_ROLES, Kind, Role


def leads(acting: Acting, organisation_id: int) -> bool:
    return acting.organisation_id == organisation_id and acting.role in LEADING_ROLES


def is_ward(acting: Acting) -> bool:
    return acting.kind == Kind.WARD and acting.role == Role.OFFICER


def may_edit_organisation(acting: Acting, organisation: Organisation) -> bool:
    """Those who lead it."""
    return leads(acting, organisation.pk)


def may_edit_establishment(acting: Acting, establishment: Establishment) -> bool:
    """Those who lead its organisation; its patterns, holidays and people go with it."""
    return leads(acting, establishment.organisation_id)


def may_list_organisations(acting: Acting) -> bool:
    """The ward, which also registers new ones."""
    return is_ward(acting)


def may_answer_newcomers(acting: Acting) -> bool:
    """The ward, which registers whom it accepts."""
    return is_ward(acting)


def may_see_letter_volumes(acting: Acting) -> bool:
    """The ward, which hears it when reminders fall silent."""
    return is_ward(acting)


def may_correct_organisation(acting: Acting, organisation: Organisation) -> bool:
    """The ward, whoever entered it; its own data the ward edits as everybody does."""
    return is_ward(acting) and organisation.pk != acting.organisation_id


def may_deregister(acting: Acting, organisation: Organisation) -> bool:
    """The ward, and taking it back too."""
    return is_ward(acting) and organisation.kind != Kind.WARD


def may_see_members(acting: Acting, organisation: Organisation) -> bool:
    """Those who lead it."""
    return leads(acting, organisation.pk)


def may_invite(acting: Acting, organisation: Organisation) -> bool:
    """Those who lead it; where nobody does, the ward invites the first. Nobody once it is deregistered."""
    if not organisation.is_registered_on(acting.today):
        return False
    if leads(acting, organisation.pk):
        return True
    return is_ward(acting) and not organisation.memberships.on(acting.today).leading().exists()


def may_withdraw_invitation(acting: Acting, invitation: Invitation) -> bool:
    """Those who lead the organisation one is invited to, and the ward."""
    return leads(acting, invitation.organisation_id) or is_ward(acting)


def may_end_membership(acting: Acting, membership: Membership) -> bool:
    """Those who lead the organisation; for others' organisations nobody, the ward included."""
    return leads(acting, membership.organisation_id)


def may_list_people(acting: Acting) -> bool:
    """Those who lead an employer, and offices for their clients' people."""
    return acting.kind == Kind.OFFICE or may_manage_people(acting)


def may_manage_people(acting: Acting) -> bool:
    """Those who lead an employer."""
    return acting.kind in EMPLOYERS and acting.role in LEADING_ROLES


def may_list_mandates(acting: Acting) -> bool:
    """The two kinds a mandate stands between."""
    return may_request_mandate(acting) or acting.kind == Kind.OFFICE


def may_request_mandate(acting: Acting) -> bool:
    """A firm's manager or an office's 社会保険労務士; a clerk does not bind the office."""
    return acting.kind in {Kind.FIRM, Kind.OFFICE} and acting.role in LEADING_ROLES


def may_answer_mandate(acting: Acting, mandate: Mandate) -> bool:
    """Those who lead the side that did not ask."""
    return leads(acting, mandate.answers_with.pk)


def may_revoke_mandate(acting: Acting, mandate: Mandate) -> bool:
    """Those who lead either side, at any time (民法651条)."""
    return leads(acting, mandate.firm_id) or leads(acting, mandate.office_id)


def may_reset_second_factor(acting: Acting) -> bool:
    """The ward, and those who run the site."""
    return is_ward(acting) or acting.person.is_superuser


def may_see_jobs(acting: Acting) -> bool:
    """Those who run the site."""
    return acting.person.is_superuser


def may_sign(acting: Acting, request: SignatureRequest) -> bool:
    """The person asked; where an organisation is, those who lead it; for an outside contact nobody but by link."""
    side = request.side
    if side.person_id:
        return side.person_id == acting.person.pk
    return side.organisation_id is not None and leads(acting, side.organisation_id)


def may_revoke_link(acting: Acting, link: ActionLink) -> bool:
    """Who gave it, and those who lead the organisation it was given for."""
    return link.given_by_id == acting.person.pk or leads(acting, link.owner_id)
