"""Opening a case of one menu for one run and one establishment, naming its contact, and giving it up."""

from django.db import transaction

from courses.models import Enrolment, Run
from firms.acting import Acting
from firms.actions.registered import refuse_deregistered
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Establishment, Membership, Person
from firms.models.organisations import Role
from firms.words.saying import said as _
from grants.actions.deadlines import close_all, refresh
from grants.actions.locking import locked, refuse_ended
from grants.models import GrantCase
from grants.models.cases import EXCLUSIVE
from grants.states import MOVES, CaseState, DeadlineState
from grants.subjects import Training, first_entry, trainings_for


@transaction.atomic
def open_case(run: Run, establishment: Establishment, *, by: Acting, entry: Training | None = None) -> GrantCase:
    """Opening twice is opening once: the open case of the pair is given back. `entry` is the menu that was chosen, by
    default the first that takes the course; no second one may pay for the same fee and wages."""
    place = (
        Establishment.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=establishment.pk)
    )
    refuse_deregistered(place.organisation, on=by.today)
    entry = entry or first_entry(run.course)
    known = GrantCase.objects.filter(establishment=place, run=run, scheme__in=EXCLUSIVE)
    if held := known.exclude(state=CaseState.DROPPED).first():
        refuse_other_menu(held, entry)
        return held
    refuse_unfit(run, entry)
    if not Enrolment.objects.accepted().filter(run=run, employment__establishment=place).exists():
        raise Refused(_("この開講に受講が決まった従業員がいません。先に受講を申し込んでください。"))
    case = GrantCase.objects.create(
        establishment=place, run=run, scheme=entry.scheme, menu=entry.menu, contact=first_manager(place, by=by)
    )
    record(case, "case.open", by=by, concerns=place.organisation_id, to_state=case.state)
    refresh(case, by=by)
    return case


def refuse_other_menu(held: GrantCase, entry: Training) -> None:
    """共通要領R8.4.8 0304: the same fee and the same wages are paid for by one course alone."""
    if (held.scheme, held.menu) != (entry.scheme, entry.menu):
        raise Refused(
            _(
                "この受講には「%(label)s」の案件 %(number)s があります。同じ受講料と賃金に2つの助成は受けられません。"
                "制度を変えるときは、先にその案件を取りやめてください。"
            )
            % {"label": held.entry.label, "number": held.number},
            field="entry",
        )


def refuse_unfit(run: Run, entry: Training) -> None:
    if entry not in trainings_for(run.course):
        raise Refused(
            _("「%(label)s」は、この分野の講座を対象にしていません。ほかの制度を選んでください。")
            % {"label": entry.label},
            field="entry",
        )


def first_manager(place: Establishment, *, by: Acting) -> Person | None:
    """Who opens the case for their own firm is its contact; for an office it is the manager who is longest there."""
    if by.organisation_id == place.organisation_id:
        return by.person
    managers = Membership.objects.on(by.today).filter(organisation=place.organisation_id, role=Role.MANAGER)
    first = managers.select_related("person").order_by("started_on", "pk").first()
    return first.person if first else None


@transaction.atomic
def set_contact(case: GrantCase, *, contact: Person, by: Acting) -> GrantCase:
    case = locked(case)
    refuse_ended(case)
    is_of_firm = Membership.objects.on(by.today).filter(organisation=case.firm_id, person=contact).exists()
    if not is_of_firm:
        raise Refused(_("担当者には、この企業に所属する人を選んでください。"), field="contact")
    case.contact = contact
    case.save(update_fields=["contact"])
    record(case, "case.contact", by=by, concerns=case.firm_id, contact=contact.full_name)
    return case


def may_be_dropped(case: GrantCase) -> bool:
    """Until the claim is out; then it is taken back (取下げ) or decided."""
    return CaseState.DROPPED in MOVES[CaseState][case.state]


@transaction.atomic
def drop_case(case: GrantCase, *, reason: str, by: Acting) -> GrantCase:
    case = locked(case)
    if not reason.strip():
        raise Refused(_("取りやめる理由を入力してください。"), field="reason")
    move(case, CaseState.DROPPED, by=by, verb="case.drop", concerns=case.firm_id)
    record(case, "case.reason", by=by, concerns=case.firm_id, reason=reason.strip())
    close_all(case, DeadlineState.LAPSED, by=by)
    return case
