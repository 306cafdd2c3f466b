"""An office asks a firm for documents of many cases at once; the firm answers by a link on its phone, or signed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.actions.evidence import hand_in
from firms.actions.links import Receiver, end_links, send_link
from firms.errors import Refused
from firms.journal import move, record
from firms.links.purposes import Guest
from firms.models import ActionLink, Evidence, Mandate, Organisation, Person
from firms.post.notify import notify
from firms.queries import leaders_of, today
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.actions.reminding import workers_of
from grants.models import EvidenceRequest, GrantCase, RequestAnswer, RequestItem
from grants.states import ENDED, RequestState

PURPOSE = "grants.evidence"
KIND = "asked"
# The link lives on past the day, for what comes late is still wanted; each document may be sent anew some times.
TERM_PAST_DUE = timedelta(days=30)
USES = 60
# One letter names no more than somebody can look through on a phone.
MOST_ITEMS = 40
LONGEST = timedelta(days=365)


@dataclass(frozen=True)
class Given:
    """What came for one item: a file, a word, or both."""

    upload: UploadedFile | None
    note: str


@transaction.atomic
def ask_evidence(
    cases: Iterable[GrantCase], labels: Iterable[str], *, due_on: date, note: str, by: Acting
) -> list[EvidenceRequest]:
    """One letter a firm, each with every document for each of its cases; all firms or none."""
    wanted = [label.strip() for label in labels if label.strip()]
    if not wanted:
        raise Refused(_("お願いする書類を選ぶか、書き足してください。"), field="labels")
    if not by.today <= due_on <= by.today + LONGEST:
        raise Refused(_("今日から1年以内の日を選んでください。"), field="due_on")
    firms: dict[int, list[GrantCase]] = {}
    for case in cases:
        firms.setdefault(case.firm_id, []).append(case)
    if not firms:
        raise Refused(_("案件を選んでください。"), field="cases")
    return [ask_one(held, wanted, due_on=due_on, note=note, by=by) for _firm, held in sorted(firms.items())]


def ask_one(cases: list[GrantCase], labels: list[str], *, due_on: date, note: str, by: Acting) -> EvidenceRequest:
    firm = Organisation.objects.select_for_update(of=("self",)).get(pk=cases[0].firm_id)
    if len(cases) * len(labels) > MOST_ITEMS:
        raise Refused(
            _("%(firm)sへのお願いが%(n)s件になります。1通は%(most)s件までです。案件か書類を減らしてください。")
            % {"firm": firm.name, "n": len(cases) * len(labels), "most": MOST_ITEMS},
            field="cases",
        )
    if ended := next((case for case in cases if case.state in ENDED), None):
        raise Refused(
            _("%(number)s は終わった案件です。選び直してください。") % {"number": ended.number}, field="cases"
        )
    made = EvidenceRequest.objects.create(
        office_id=by.organisation_id,
        firm=firm,
        to=receiver_of(firm, by=by),
        due_on=due_on,
        note=note,
        asked_by=by.person,
    )
    RequestItem.objects.bulk_create(
        RequestItem(request=made, case=case, label=label) for case in cases for label in dict.fromkeys(labels)
    )
    record(made, "request.ask", by=by, concerns=firm, items="、".join(dict.fromkeys(labels)))
    send(made, by=by)
    return made


def receiver_of(firm: Organisation, *, by: Acting) -> Person:
    """The first of its managers who can be written to."""
    reachable = [person for person in leaders_of(firm.pk, on=by.today) if person.email]
    if not reachable:
        raise Refused(
            _("%(firm)sには、メールの届く管理者がいません。先に管理者を招待してもらってください。")
            % {"firm": firm.name},
            field="cases",
        )
    return reachable[0]


def send(request: EvidenceRequest, *, by: Acting) -> ActionLink:
    """A new letter ends the link of the one before."""
    to = Receiver(request.to.full_name, request.firm.name, request.to.email or "")
    left = max(request.due_on - by.today, timedelta()) + TERM_PAST_DUE
    return send_link(request, purpose=PURPOSE, to=to, term=left, owner=request.office, by=by, uses=USES)


@transaction.atomic
def send_again(request: EvidenceRequest, *, by: Acting) -> None:
    held = locked_request(request)
    refuse_closed(held)
    held.reminded_at = timezone.now()
    held.save(update_fields=["reminded_at"])
    send(held, by=by)


@transaction.atomic
def withdraw(request: EvidenceRequest, *, by: Acting) -> None:
    held = locked_request(request)
    refuse_closed(held)
    move(
        held,
        RequestState.WITHDRAWN,
        by=by,
        verb="request.withdraw",
        concerns=held.firm_id,
        closed_at=timezone.now(),
    )
    end_links(held, because=_("このお願いは取りやめになりました。書類を送る必要はありません。"), by=by)


def locked_request(request: EvidenceRequest) -> EvidenceRequest:
    held = EvidenceRequest.objects.select_for_update(of=("self",))
    return held.select_related("office", "firm", "to", "asked_by").get(pk=request.pk)


def refuse_closed(request: EvidenceRequest) -> None:
    if request.state == RequestState.WITHDRAWN:
        raise Refused(_("このお願いは取りやめになりました。"))
    if request.state == RequestState.ANSWERED:
        raise Refused(_("お願いした書類はすべてそろっています。ありがとうございました。"))


def answer_by_link(guest: Guest, given: dict[str, object]) -> None:
    """What pressing the button behind the link does."""
    held = EvidenceRequest.objects.get(pk=guest.link.subject_id)
    if not Mandate.objects.in_force(guest.today).filter(office=held.office_id, firm=held.firm_id).exists():
        raise Refused(_("この事務所への委任は終わっています。書類は送られませんでした。"))
    who = guest.name if guest.is_the_receiver else f"{guest.name}（{guest.position}）"
    take_answers(held, given_of(given), who=f"{guest.link.for_party} {who}".strip(), by=None)


def given_of(fields: Mapping[str, object]) -> dict[int, Given]:
    """The filled fields of the page, by item."""
    keys = sorted({int(name.rpartition("_")[2]) for name, value in fields.items() if value})
    return {
        key: Given(cast(UploadedFile | None, fields.get(f"file_{key}")), str(fields.get(f"note_{key}") or ""))
        for key in keys
    }


@transaction.atomic
def take_answers(request: EvidenceRequest, given: Mapping[int, Given], *, who: str, by: Acting | None) -> None:
    """Keeps what came; what is still open stays asked for."""
    held = locked_request(request)
    refuse_closed(held)
    items = {item.pk: item for item in held.items.select_related("case")}
    if not given:
        raise Refused(_("ファイルを選ぶか、ひとこと書いてください。一度に全部でなくてもかまいません。"))
    for key, one in given.items():
        take_one(held, items[key], one, who=who, by=by)
    labels = "、".join(dict.fromkeys(items[key].label for key in given))
    record(held, "request.answer", by=by, concerns=held.firm_id, items=labels, who=who)
    open_ones = waiting_items(held)
    if not open_ones:
        move(held, RequestState.ANSWERED, by=by, verb="request.finish", concerns=held.firm_id, closed_at=timezone.now())
    tell_office(held, labels=labels, who=who, left=len(open_ones))


def take_one(request: EvidenceRequest, item: RequestItem, given: Given, *, who: str, by: Acting | None) -> None:
    """The same file or word again is known and makes no second row."""
    proof = None
    if given.upload is not None:
        proof = hand_in(given.upload, owner=request.firm, kind=KIND, by=by, guest=who)
    RequestAnswer.objects.get_or_create(item=item, evidence=proof, note=given.note, defaults={"who": who})


def waiting_items(request: EvidenceRequest) -> list[RequestItem]:
    items = request.items.select_related("case__run__course").prefetch_related("given__evidence")
    return [item for item in items if not item.answers]


def tell_office(request: EvidenceRequest, *, labels: str, who: str, left: int) -> None:
    state = _("残り%(n)s件です。") % {"n": left} if left else _("お願いした書類がすべてそろいました。")
    for person in people_of_office(request):
        notify(
            person,
            subject=_("%(firm)sから書類が届きました") % {"firm": request.firm.name},
            body=f"{labels}\n{who}\n\n{state}",
            path=reverse("grants:request", args=[request.pk]),
            organisation=request.office,
        )


def people_of_office(request: EvidenceRequest) -> list[Person]:
    """Who works for the firm today; without a mandate nobody of the office reads its papers any more."""
    mandates = Mandate.objects.in_force(today()).filter(office=request.office_id, firm=request.firm_id)
    found = [person for mandate in mandates for person in workers_of(mandate, on=today())]
    return list({person.pk: person for person in found}.values())


def ask_rejected_again(evidence: Evidence) -> None:
    """A file that could not be taken leaves its item waiting; the firm and the office hear of it."""
    for answer in RequestAnswer.objects.filter(evidence=evidence).select_related("item__request"):
        held = locked_request(answer.item.request)
        if held.state == RequestState.ANSWERED:
            move(held, RequestState.OPEN, by=None, verb="request.reopen", concerns=held.firm_id, closed_at=None)
        for person in [held.to, *people_of_office(held)]:
            notify(
                person,
                subject=_("「%(name)s」を受け入れられませんでした") % {"name": evidence.name},
                body=f"{answer.item.label}\n\n{evidence.rejected_because}\n"
                + _("もう一度、別のファイルを送ってください。"),
                path=reverse("grants:request", args=[held.pk]),
                organisation=held.firm,
            )


def to_remind_of(*, on: date) -> Iterable[EvidenceRequest]:
    """Due tomorrow or past, and not reminded yet."""
    soon = EvidenceRequest.objects.open().filter(due_on__lte=on + timedelta(days=1), reminded_at=None)
    return soon.select_related("firm", "office", "to", "asked_by")


@transaction.atomic
def remind_of(request: EvidenceRequest) -> bool:
    """One letter to the firm that leads to the same page by sign-in; the office may send the link anew at any time."""
    held = locked_request(request)
    if held.state != RequestState.OPEN or held.reminded_at is not None:
        return False
    held.reminded_at = timezone.now()
    held.save(update_fields=["reminded_at"])
    labels = "\n".join(f"・{item}" for item in waiting_items(held))
    notify(
        held.to,
        subject=_("書類のお願い：%(day)sまで") % {"day": day_words(held.due_on)},
        body="\n\n".join(filter(None, [held.office.name, labels, held.note])),
        path=reverse("grants:request", args=[held.pk]),
        organisation=held.firm,
    )
    return True
