"""After the years of keeping: confirming what was done away with, taking that back, and handing a case over as one bundle."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from hashlib import sha256

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.actions.locking import locked, refuse_future
from grants.cases.keeping import LABELS, RegisteredCase, register
from grants.cases.overview import stories
from grants.facts.canonical import canonical
from grants.models import Destruction, GrantCase
from grants.papers.bundle import bundle
from grants.papers.packing import Packed
from grants.queries.keeping import KeptFile, documents_of

FACTS_FOLDER = "確定した内容"


@transaction.atomic
def confirm_destruction(cases: Iterable[GrantCase], *, destroyed_on: date, how: str, by: Acting) -> int:
    """All of them or none; what was confirmed already is passed by. Tells how many were confirmed now."""
    refuse_future(destroyed_on, today=by.today, field="destroyed_on")
    wanted = [locked(case) for case in cases]
    known = {one.case.pk: one for one in register(by, [case.pk for case in wanted])}
    documents = documents_of(known)
    new = [case for case in wanted if not (case.pk in known and known[case.pk].destroyed)]
    for case in new:
        found = known.get(case.pk)
        refuse_kept(case, found, destroyed_on, today=by.today)
        assert found
        assert found.until
        row = Destruction.objects.create(
            case=case,
            kept_until=found.until,
            destroyed_on=destroyed_on,
            how=how,
            documents=listed(documents[case.pk]),
            confirmed_by=by.person,
        )
        record(case, "papers.destroy", by=by, concerns=case.firm_id, destroyed_on=destroyed_on.isoformat(), how=row.how)
    return len(new)


def listed(documents: Iterable[KeptFile]) -> list[dict[str, str]]:
    """The three kinds of paper the rules name, which lie in folders and not in Takumi, then each file."""
    return [{"title": str(label), "kind": kind, "sha256": ""} for kind, label in LABELS.items()] + [
        asdict(one) for one in documents
    ]


def refuse_kept(case: GrantCase, found: RegisteredCase | None, destroyed_on: date, *, today: date) -> None:
    if found is None or found.until is None:
        raise Refused(
            _("%(case)s は支給決定か入金が記録されていないため、いつまで保存するか決まっていません。")
            % {"case": case.number}
        )
    if not found.may_be_destroyed(today):
        raise Refused(
            _("%(case)s の書類は %(day)s まで保存します。手続きが続いている間は、その後も廃棄できません。")
            % {"case": case.number, "day": day_words(found.until)}
        )
    if destroyed_on <= found.until:
        raise Refused(
            _("%(case)s の書類は %(day)s まで保存することになっています。廃棄した日を確かめてください。")
            % {"case": case.number, "day": day_words(found.until)},
            field="destroyed_on",
        )


@transaction.atomic
def void_destruction(destruction: Destruction, *, why: str, by: Acting) -> None:
    """Confirmed by mistake: a further row says so, and the case stands on the list again. Voiding twice is once."""
    case = locked(destruction.case)
    if destruction.voids_id or Destruction.objects.filter(voids=destruction).exists():
        return
    Destruction.objects.create(
        case=case,
        kept_until=destruction.kept_until,
        destroyed_on=destruction.destroyed_on,
        how=destruction.how,
        documents=destruction.documents,
        voids=destruction,
        why=why,
        confirmed_by=by.person,
    )
    record(case, "papers.undestroy", by=by, concerns=case.firm_id, reason=why)


@transaction.atomic
def hand_out_bundle(case: GrantCase, *, by: Acting) -> bytes:
    """The journal keeps its SHA-256, so that whoever holds the bundle later can ask whether it is the one."""
    journal = stories(case).for_page().order_by("pk")
    content = bundle(case, list(frozen_files(case)), journal, on=by.today)
    record(case, "bundle.take", by=by, concerns=case.firm_id, sha256=sha256(content).hexdigest())
    return content


def frozen_files(case: GrantCase) -> Iterator[Packed]:
    """Each version in the one way of writing whose SHA-256 stands as its digest in the books."""
    for plan in case.plans.all():
        yield frozen_file(f"計画_第{plan.number}版", plan.frozen)
    for claim in case.claims.all():
        yield frozen_file(f"支給申請_第{claim.number}版", claim.frozen)


def frozen_file(name: str, frozen: object) -> Packed:
    return Packed(f"{FACTS_FOLDER}/{name}.json", FACTS_FOLDER, canonical(frozen).encode())
