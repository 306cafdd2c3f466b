"""Render what is missing, store it, and write its row: a job killed in the middle goes on where it stopped."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypedDict

from firms.files import store as files
from firms.models import Evidence, Job, StoredFile
from firms.post.jobs import report
from grants.models import Claim, Paper, PlanVersion
from grants.papers.forms import claim_forms, plan_forms
from grants.papers.packing import LeftOut, Packed, merged, safe, zipped
from grants.papers.specs import FormSpec

PACK = "pack"
MEDIA_TYPES = {Paper.Format.PDF: "application/pdf", Paper.Format.ZIP: "application/zip"}
EVIDENCE_FOLDER, FORM_FOLDER = "証拠書類", "様式"


class Origin(TypedDict):
    """What a paper belongs to: a plan or a claim."""

    plan: PlanVersion | None
    claim: Claim | None


# Name and content of each form, in their order.
Named = list[tuple[str, bytes]]
Archive = Callable[[Origin, Named], bytes]


def make_papers(*, plan: PlanVersion | None = None, claim: Claim | None = None, job: Job | None = None) -> list[Paper]:
    """The forms, one PDF of them all and one ZIP; with a claim goes its evidence."""
    if plan is not None:
        refuse_after_claim(plan)
        return make_pack(plan_forms(plan), {"plan": plan, "claim": None}, plan_archive, job=job)
    if claim is None:
        raise TypeError("make_papers needs a plan or a claim")
    return make_pack(claim_forms(claim), {"plan": None, "claim": claim}, claim_archive, job=job)


class TooLate(Exception):
    """The claim is frozen: what its plan says was printed before, or is not printed any more."""


def refuse_after_claim(plan: PlanVersion) -> None:
    """Papers of the plan made next to a claim could say something else than what was filed."""
    if plan.case.claims.exists() and not plan.papers.filter(form=PACK).exists():
        raise TooLate(str(plan))


def make_pack(forms: tuple[FormSpec, ...], origin: Origin, archive: Archive, *, job: Job | None) -> list[Paper]:
    made = make_forms(forms, origin, job=job, more=2)
    contents = [files.read(paper.file) for paper in made]
    named = [(paper.title, content) for paper, content in zip(made, contents, strict=True)]
    title = title_of(origin)
    pdf = make(origin, PACK, title, Paper.Format.PDF, lambda: merged(named, title=title))
    tell(job, len(forms) + 1, len(forms) + 2)
    whole = make(origin, PACK, title, Paper.Format.ZIP, lambda: archive(origin, named))
    tell(job, len(forms) + 2, len(forms) + 2)
    return [*made, pdf, whole]


def draft_of(version: PlanVersion | Claim) -> bytes:
    """One PDF of the forms as they would be frozen; kept nowhere."""
    forms = claim_forms(version) if isinstance(version, Claim) else plan_forms(version)
    return merged([(spec.name, spec.draft()) for spec in forms], title="下書き（確定前）")


def title_of(origin: Origin) -> str:
    if origin["plan"]:
        return f"計画届書類一式（第{origin['plan'].number}版）"
    assert origin["claim"]
    return f"支給申請書類一式（第{origin['claim'].number}版）"


def make_forms(forms: tuple[FormSpec, ...], origin: Origin, *, job: Job | None, more: int) -> list[Paper]:
    made = []
    for done, spec in enumerate(forms, start=1):
        made.append(make(origin, spec.code, spec.name, Paper.Format.PDF, spec.pdf, subject=spec.subject))
        tell(job, done, len(forms) + more)
    return made


def tell(job: Job | None, done: int, total: int) -> None:
    if job is not None:
        report(job, done=done, total=total)


def make(
    origin: Origin, form: str, title: str, format: Paper.Format, content: Callable[[], bytes], *, subject: str = ""
) -> Paper:
    """The paper that is there already, or a new one; two workers at once end with one row."""
    key = {**origin, "form": form, "subject": subject, "format": format}
    if found := Paper.objects.filter(**key).select_related("file").first():
        return found
    stored = files.store(content(), media_type=MEDIA_TYPES[format])
    case = (origin["plan"] or origin["claim"]).case  # type: ignore[union-attr]
    return Paper.objects.get_or_create(**key, defaults={"case": case, "title": title, "file": stored})[0]


def numbered(forms: Named) -> list[Packed]:
    return [
        Packed(f"{FORM_FOLDER}/{n:02}_{safe(f'{name}.pdf')}", name, content)
        for n, (name, content) in enumerate(forms, start=1)
    ]


def plan_archive(origin: Origin, forms: Named) -> bytes:
    assert origin["plan"]
    plan = origin["plan"]
    return zipped(numbered(forms), on=date.fromisoformat(frozen_on(plan)))


def frozen_on(plan: PlanVersion) -> str:
    if plan.case.is_conversion:
        return plan.careerup["frozen_on"]
    return plan.subscription["frozen_on"] if plan.case.is_subscription else plan.lifted["frozen_on"]


def claim_archive(origin: Origin, forms: Named) -> bytes:
    """The forms numbered in their order, then the evidence that was checked and found clean."""
    assert origin["claim"]
    claim, sheets = origin["claim"], numbered(forms)
    if not claim.case.is_training:
        return zipped(sheets, on=claim.as_of)
    named = {file["sha256"]: file["name"] for file in claim.lifted["evidence"]}
    held = clean_files(claim, named)
    proofs = [
        Packed(f"{EVIDENCE_FOLDER}/{n:02}_{safe(named[digest])}", EVIDENCE_FOLDER, files.read(held[digest]))
        for n, digest in enumerate((digest for digest in named if digest in held), start=1)
    ]
    left_out = [LeftOut(name, digest) for digest, name in named.items() if digest not in held]
    return zipped([*sheets, *proofs], on=date.fromisoformat(claim.lifted["as_of"]), left_out=left_out)


def clean_files(claim: Claim, digests: Iterable[str]) -> dict[str, StoredFile]:
    """Those of the firm's own evidence that may be handed out, by their hash."""
    clean = Evidence.objects.clean().filter(owner=claim.case.firm_id, file__sha256__in=list(digests))
    return {stored.sha256: stored for stored in StoredFile.objects.filter(pk__in=clean.values("file"))}
