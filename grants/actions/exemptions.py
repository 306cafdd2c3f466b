"""Setting a requirement aside with a reason and a last day, taking that back, and reminding before the day comes."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import JournalEntry
from firms.post.notify import notify
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.actions.locking import locked, refuse_ended
from grants.actions.reminding import people_to_remind
from grants.claims.causes import requirements_of
from grants.models import Claim, Exemption, GrantCase
from grants.models.exemptions import ExemptionQuerySet
from grants.states import CaseState

OPEN_STATES = (CaseState.PREPARING, CaseState.PLANNED, CaseState.FILED, CaseState.CLAIM_READY)
REMINDED = "exemption.remind"
# Our own habit: a week is enough to fetch what the requirement wants.
AHEAD = timedelta(days=7)


@transaction.atomic
def exempt(case: GrantCase, *, code: str, reason: str, expires_on: date, by: Acting) -> Exemption:
    """One requirement has one exemption at a time; the same sent twice is one."""
    case = locked(case)
    refuse_settled(case)
    if expires_on < by.today:
        raise Refused(_("例外の期限は、今日かそれより後の日にしてください。"), field="expires_on")
    if held := case.exemptions.in_force(by.today).filter(code=code).first():
        if (held.reason, held.expires_on) == (reason, expires_on):
            return held
        raise Refused(_("この要件にはすでに例外があります。取り消してから、もう一度決めてください。"), field="code")
    found = {one.code: one for one in requirements_of(case, on=by.today) if one.state != "met" and not one.subject}
    if code not in found:
        raise Refused(_("満たさない・未確認の要件の中から選んでください。"), field="code")
    label = found[code].label
    made = Exemption.objects.create(
        case=case, code=code, label=label, reason=reason, given_on=by.today, expires_on=expires_on, given_by=by.person
    )
    told = {"change": label, "reason": reason, "due_on": expires_on.isoformat()}
    record(case, "exemption.give", by=by, concerns=case.firm_id, **told)
    return made


@transaction.atomic
def void_exemption(exemption: Exemption, *, by: Acting) -> None:
    """The requirement counts again at once. Voiding twice is once."""
    case = locked(exemption.case)
    refuse_settled(case)
    if exemption.voids_id or Exemption.objects.filter(voids=exemption).exists():
        return
    copied = {name: getattr(exemption, name) for name in ("code", "label", "reason", "given_on", "expires_on")}
    Exemption.objects.create(case=case, **copied, voids=exemption, given_by=by.person)
    record(case, "exemption.void", by=by, concerns=case.firm_id, change=exemption.label)


def refuse_settled(case: GrantCase) -> None:
    refuse_ended(case)
    if case.state not in OPEN_STATES:
        raise Refused(_("支給申請を出した後は、要件の例外を変えられません。"))


def refuse_expired(claim: Claim, *, filed_on: date) -> None:
    """A claim that was frozen under an exemption is not filed after the exemption has died or was taken back; one whose
    requirement was met when it was frozen needs none."""
    not_met = {one["code"] for one in claim.outcome["conditions"] if one["state"] != "met" and not one["subject"]}
    then = set(Exemption.objects.behind(claim).filter(code__in=not_met).values_list("code", flat=True))
    now = set(claim.case.exemptions.in_force(filed_on).values_list("code", flat=True))
    if then - now:
        raise Refused(
            _("要件の例外の期限が切れたか、取り消されました。いまの記録で支給申請を確定し直してください。"),
            field="filed_on",
        )


def ending(today: date) -> ExemptionQuerySet:
    """Those in force that end within the week and of which nobody was told yet."""
    told = JournalEntry.objects.filter(
        subject_type=Exemption._meta.label_lower, subject_id=OuterRef("pk"), verb=REMINDED
    )
    found = Exemption.objects.in_force(today).filter(expires_on__lte=today + AHEAD, case__state__in=OPEN_STATES)
    return found.exclude(Exists(told))


@transaction.atomic
def remind_of_end(exemption: Exemption, *, today: date) -> None:
    """Once, to everybody who is reminded of the case's days."""
    case = locked(exemption.case)
    if not ending(today).filter(pk=exemption.pk).exists():
        return
    record(exemption, REMINDED, by=None, concerns=case.firm_id, change=exemption.label)
    words = {"label": exemption.label, "day": day_words(exemption.expires_on), "case": case}
    for person in people_to_remind(case, on=today):
        notify(
            person,
            subject=_("要件の例外が%(day)sに終わります：%(case)s") % words,
            body=_("「%(label)s」の例外は%(day)sまでです。その後は、この要件がふたたび支給申請を止めます。") % words,
            path=reverse("grants:causes", args=[case.pk]),
            organisation=case.establishment.organisation,
        )
