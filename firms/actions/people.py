"""Employments: started, changed by new terms, ended."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from firms.acting import Acting
from firms.actions.changes import apply
from firms.actions.invitations import invite, withdraw_invitation
from firms.actions.reopening import ONE_DAY
from firms.errors import Refused
from firms.journal import record
from firms.models import Employment, Establishment, Invitation, Membership, Organisation, Person, WorkingPattern
from firms.models.organisations import EndedWith, Role
from firms.states import InvitationState
from firms.words.saying import said as _

FIRST_HIRED = date(1950, 1, 1)
SOONEST_KNOWN = timedelta(days=366)
LONGEST_TERM = timedelta(days=3653)
# A change of these is a change of the terms agreed: the old row ends and a new one begins.
TERMS = ("contract", "pattern")


@transaction.atomic
def start_employment(
    establishment: Establishment, *, by: Acting, started_on: date, names: dict[str, str], email: str = "", **terms: Any
) -> Employment:
    """Register someone as they were typed, without a login of their own, and invite them where an address is given.

    Whether anybody has this address elsewhere is neither asked nor told: only the one who accepts the invitation joins.
    """
    lock(establishment)
    refuse_foreign_pattern(terms["pattern"], establishment)
    refuse_unlikely_start(started_on, on=by.today)
    person = known_here(establishment.organisation_id, email, names, on=by.today)
    refuse_number_of_another(terms["insured_number"], person, establishment)
    if person:
        refuse_overlap(person, establishment, started_on=started_on)
    else:
        person = Person.objects.create_user(None, **names)
    email = "" if person.email else email.lower()
    employment = Employment.objects.create(
        person=person, establishment=establishment, started_on=started_on, email=email, **terms
    )
    record(employment, "employment.start", by=by, concerns=establishment.organisation_id)
    if email:
        invite_to_join(employment, by=by)
    return employment


def invite_to_join(employment: Employment, *, by: Acting) -> None:
    person = employment.person
    names = {"family_name": person.family_name, "given_name": person.given_name}
    invite(employment.establishment.organisation, email=employment.email, role=Role.EMPLOYEE, by=by, **names)


def known_here(organisation_id: int, email: str, names: dict[str, str], *, on: date) -> Person | None:
    """Who the firm itself knows under this address: a member of its own, or somebody it registered with it."""
    if not email:
        return None
    member = Q(memberships__in=Membership.objects.on(on).filter(organisation=organisation_id), email__iexact=email)
    worker = Q(employments__establishment__organisation=organisation_id)
    theirs = worker & (Q(email__iexact=email) | Q(email=None, employments__email__iexact=email))
    found = Person.objects.filter(member | theirs).first()
    if found and found.full_name != f"{names['family_name']} {names['given_name']}".strip():
        raise Refused(
            _("このメールアドレスは、%(name)sさんのものとして登録されています。アドレスか氏名を確かめてください。")
            % {"name": found.full_name},
            field="email",
        )
    return found


@transaction.atomic
def edit_employment(employment: Employment, *, by: Acting, changed_on: date | None, **fields: Any) -> Employment:
    """Correct the row, or where the terms changed, end it and begin the next. Gives the row in force afterwards."""
    lock(employment.establishment)
    row = Employment.objects.select_related("establishment", "person").get(pk=employment.pk)
    refuse_foreign_pattern(fields["pattern"], row.establishment)
    refuse_number_of_another(fields["insured_number"], row.person, row.establishment)
    has_new_terms = any(getattr(row, name) != fields[name] for name in TERMS)
    if not has_new_terms or changed_on == row.started_on:
        if changed := apply(row, fields):
            record(row, "employment.edit", by=by, concerns=row.establishment.organisation_id, changed=changed)
        return row
    refuse_unfit_change(row, changed_on)
    return begin_new_terms(row, by=by, changed_on=changed_on, **fields)  # type: ignore[arg-type]


def begin_new_terms(row: Employment, *, by: Acting, changed_on: date, **fields: Any) -> Employment:
    last_day = row.ended_on
    row.ended_on = changed_on - timedelta(days=1)
    row.save(update_fields=["ended_on"])
    following = Employment.objects.create(
        person=row.person,
        establishment=row.establishment,
        email=row.email,
        started_on=changed_on,
        ended_on=last_day,
        **fields,
    )
    record(following, "employment.terms", by=by, concerns=row.establishment.organisation_id, before=row.pk)
    return following


@transaction.atomic
def end_employment(employment: Employment, *, by: Acting, ended_on: date) -> None:
    lock(employment.establishment)
    row = Employment.objects.select_related("establishment", "person").get(pk=employment.pk)
    if row.ended_on == ended_on:
        return
    if row.ended_on is not None:
        raise Refused(_("この雇用はすでに終了しています。画面を開き直してください。"))
    refuse_unlikely_end(row.started_on, ended_on, on=by.today)
    row.ended_on = ended_on
    row.save(update_fields=["ended_on"])
    record(row, "employment.end", by=by, concerns=row.establishment.organisation_id, ended_on=ended_on.isoformat())
    end_access(row, by=by)


def end_access(row: Employment, *, by: Acting) -> None:
    """Who works nowhere at the organisation any more does not act as its employee either, from the day after."""
    organisation, last_day = row.establishment.organisation_id, row.ended_on
    if last_day is None:
        return
    theirs = Employment.objects.filter(person=row.person_id, establishment__organisation=organisation)
    if theirs.exclude(pk=row.pk).filter(Q(ended_on=None) | Q(ended_on__gt=last_day)).exists():
        return
    lasting = Q(ended_on=None) | Q(ended_on__gt=last_day + ONE_DAY, ended_with=EndedWith.DEREGISTRATION)
    held = Membership.objects.filter(lasting, person=row.person_id, organisation=organisation, role=Role.EMPLOYEE)
    for membership in held:
        membership.ended_on = max(last_day + ONE_DAY, membership.started_on)
        membership.ended_with = EndedWith.EMPLOYMENT
        membership.save(update_fields=["ended_on", "ended_with"])
        record(membership, "membership.end", by=by, concerns=organisation)
    for invitation in Invitation.objects.filter(person=row.person_id, state=InvitationState.OPEN):
        withdraw_invitation(invitation, by=by)


def lock(establishment: Establishment) -> None:
    """People of one organisation are registered one after the other, so that the check for overlaps holds."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=establishment.organisation_id)


def refuse_overlap(person: Person, establishment: Establishment, *, started_on: date) -> None:
    later = Employment.objects.filter(Q(ended_on=None) | Q(ended_on__gte=started_on))
    if later.filter(person=person, establishment=establishment).exists():
        raise Refused(
            _("この人はその日すでにこの事業所に雇用されています。従業員の一覧から条件を変更してください。"),
            field="started_on",
        )


def refuse_unlikely_start(started_on: date, *, on: date) -> None:
    """Nobody was hired before living people were; who is hired next year is registered when the contract is made."""
    if started_on < FIRST_HIRED or started_on > on + SOONEST_KNOWN:
        raise Refused(
            _("雇入日は%(first)s年から1年先までの日付にしてください。西暦の4桁を確かめてください。")
            % {"first": FIRST_HIRED.year},
            field="started_on",
        )


def refuse_unlikely_end(started_on: date, ended_on: date, *, on: date) -> None:
    if ended_on < started_on:
        raise Refused(_("最後の日は雇入日以後の日付にしてください。"), field="ended_on")
    if ended_on > on + LONGEST_TERM:
        raise Refused(
            _("最後の日は10年先までの日付にしてください。決まっていなければ、決まってから記録します。"),
            field="ended_on",
        )


def refuse_number_of_another(number: str, person: Person | None, establishment: Establishment) -> None:
    """One number is one insured person's (雇用保険法施行規則10条); in other firms it may be the same person's."""
    if not number:
        return
    theirs = Employment.objects.filter(establishment__organisation=establishment.organisation_id, insured_number=number)
    others = theirs.exclude(person=person) if person else theirs
    if other := others.select_related("person").first():
        raise Refused(
            _("この被保険者番号は%(name)sさんのものとして登録されています。被保険者証で確かめてください。")
            % {"name": other.person.full_name},
            field="insured_number",
        )


def refuse_foreign_pattern(pattern: WorkingPattern | None, establishment: Establishment) -> None:
    if pattern and pattern.establishment_id != establishment.pk:
        raise Refused(_("別の事業所の勤務形態です。この事業所の勤務形態を選んでください。"), field="pattern")


def refuse_unfit_change(row: Employment, changed_on: date | None) -> None:
    if changed_on is None:
        raise Refused(_("雇用形態か勤務形態を変えるときは、変更日を入力してください。"), field="changed_on")
    if changed_on < row.started_on:
        raise Refused(
            _("変更日は雇入日より後の日付にしてください。登録の誤りを直すときは雇入日と同じ日にします。"),
            field="changed_on",
        )
    if row.ended_on and changed_on > row.ended_on:
        raise Refused(_("変更日は雇用の最後の日までの日付にしてください。"), field="changed_on")


@transaction.atomic
def read_easily(*, wanted: bool, by: Acting) -> None:
    """Remembered on the person, whatever they sign in on; the same again is nothing."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    if person.reads_easy == wanted:
        return
    Person.objects.filter(pk=person.pk).update(reads_easy=wanted)
    record(person, "person.read_easily" if wanted else "person.read_plainly", by=by)
