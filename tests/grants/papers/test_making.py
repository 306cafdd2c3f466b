"""Papers are made once: rows, files and progress, also after a job was killed in the middle."""

import zipfile
from io import BytesIO

import pytest
from django.utils import timezone

from firms.files import store as files
from firms.models import Evidence, Job, JournalEntry, StoredFile
from firms.post import jobs
from firms.states import EvidenceState, JobState
from grants.models import Claim, GrantCase, Paper, PlanVersion
from grants.papers import make_papers, making
from grants.papers.jobs import KIND, papers
from grants.papers.making import TooLate
from tests.grants.papers import facts

PLAN_FORMS = ["checklist", "1-1", "1-3", "3-1", "11", "common-2"]
AFTER = ["13", "28", "common-1", "payee", "common-2"]
CLAIM_FORMS = ["checklist", "4-2", "5", "6-2", "8-1", "8-1"]
PROOF = b"%PDF-1.4 a transfer slip"


@pytest.fixture
def plan(establishment, run, manager) -> PlanVersion:
    case = GrantCase.objects.create(establishment=establishment, run=run, scheme="reskilling", menu="reskilling")
    return PlanVersion.objects.create(
        case=case, number=1, facts=facts.plan_facts(), outcome={}, digest="ab" * 32, frozen_by=manager.person
    )


def claim_of(plan, frozen, **changes) -> Claim:
    outcome = facts.claim_outcome(frozen)
    told = {"case": plan.case, "plan": plan, "number": 1, "as_of": frozen["as_of"], "frozen_by": plan.frozen_by}
    return Claim.objects.create(
        **told, facts=frozen, outcome=outcome, total_yen=outcome["payable_amount"], digest="cd" * 32, **changes
    )


@pytest.fixture
def proof(plan, manager) -> Evidence:
    return Evidence.objects.create(
        file=files.store(PROOF, media_type="application/pdf"),
        owner=plan.case.establishment.organisation,
        kind="payment",
        name="振込通知書.pdf",
        state=EvidenceState.CLEAN,
        checked_at=timezone.now(),
        uploaded_by=manager.person,
        uploaded_for=manager.organisation,
    )


@pytest.fixture
def claim(plan, proof) -> Claim:
    named = [{"kind": "payment", "name": proof.name, "sha256": proof.file.sha256}]
    return claim_of(plan, facts.claim_facts(evidence=named))


@pytest.fixture
def quick(monkeypatch):
    """Forms of a few bytes: these tests are about rows, and the press has its own."""
    pressed = []
    monkeypatch.setattr("grants.papers.specs.FormSpec.pdf", lambda spec: pressed.append(spec.name) or blank(spec.name))
    return pressed


def blank(name: str) -> bytes:
    import pikepdf

    page, written = pikepdf.new(), BytesIO()
    page.add_blank_page()
    page.docinfo["/Title"] = name
    page.save(written, deterministic_id=True)
    return written.getvalue()


def running(payload) -> Job:
    return Job.objects.create(
        kind=KIND, payload=payload, state=JobState.RUNNING, leased_until=timezone.now() + jobs.LEASE, attempts=1
    )


def rows():
    return list(Paper.objects.order_by("pk").values_list("pk", "form", "subject", "format", "file__sha256"))


def test_plan_papers_are_stored_with_their_rows(plan, quick):
    made = make_papers(plan=plan)

    assert [(p.form, p.case, p.plan, p.claim, p.format) for p in made] == [
        *((form, plan.case, plan, None, "pdf") for form in [*PLAN_FORMS, "pack"]),
        ("pack", plan.case, plan, None, "zip"),
    ]
    assert files.read(made[1].file) == blank("様式第1-1号 職業訓練実施計画届")
    assert names_in(made)[0] == "様式/01_計画届チェックリスト.pdf"


def test_plan_papers_are_not_made_anew_once_the_claim_is_frozen(plan, claim, quick):
    with pytest.raises(TooLate):
        make_papers(plan=plan)
    papers(running({"plan": plan.pk}))

    assert (rows(), quick) == ([], [])
    assert JournalEntry.objects.about(plan.case).get().verb == "papers.late"


def test_plan_papers_made_before_the_claim_stay(plan, quick, proof):
    made = make_papers(plan=plan)
    claim_of(plan, facts.claim_facts())

    assert make_papers(plan=plan) == made


def test_claim_papers_end_with_pack_and_zip(claim, quick):
    made = make_papers(claim=claim)

    assert [(p.form, p.subject, p.format) for p in made] == [
        *((form, "", "pdf") for form in CLAIM_FORMS[:4]),
        ("8-1", "101", "pdf"),
        ("8-1", "102", "pdf"),
        *((form, "", "pdf") for form in AFTER),
        ("pack", "", "pdf"),
        ("pack", "", "zip"),
    ]


def test_papers_made_twice_are_the_same_rows(claim, quick):
    first = make_papers(claim=claim)
    before, pressed = rows(), list(quick)

    assert make_papers(claim=claim) == first
    assert (rows(), quick) == (before, pressed)


def test_a_job_killed_in_the_middle_goes_on_where_it_stopped(claim, quick, monkeypatch):
    class Killed(BaseException):
        pass

    def die(pages, *, title):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(making, "merged", die)
        with pytest.raises(Killed):
            papers(running({"claim": claim.pk}))
    halfway, pressed = rows(), list(quick)

    papers(running({"claim": claim.pk}))

    assert (len(halfway), len(rows()), rows()[:11]) == (11, 13, halfway)
    assert quick == pressed
    assert StoredFile.objects.count() == 13 + 1


def test_job_reports_each_paper(claim, quick):
    job = running({"claim": claim.pk})

    papers(job)

    job.refresh_from_db()
    assert (job.progress_done, job.progress_total) == (13, 13)


def test_job_makes_the_papers_of_a_plan(plan, quick):
    job = running({"plan": plan.pk})

    papers(job)

    job.refresh_from_db()
    assert (job.progress_done, job.progress_total, [row[1] for row in rows()]) == (
        *(8, 8),
        [*PLAN_FORMS, "pack", "pack"],
    )


def test_job_is_known_by_its_kind():
    assert jobs.HANDLERS["grants.papers"] is papers


def test_job_that_lost_its_lease_stops(claim, quick):
    job = running({"claim": claim.pk})
    Job.objects.filter(pk=job.pk).update(attempts=2)

    with pytest.raises(jobs.LeaseLost):
        papers(job)

    assert len(rows()) == 1


def names_in(made) -> list[str]:
    with zipfile.ZipFile(BytesIO(files.read(made[-1].file))) as archive:
        return archive.namelist()


def test_zip_holds_forms_evidence_and_lists(claim, quick):
    assert names_in(make_papers(claim=claim)) == [
        "様式/01_支給申請チェックリスト.pdf",
        "様式/02_様式第4-2号 支給申請書.pdf",
        "様式/03_様式第5号 賃金助成及びOJT実施助成の内訳.pdf",
        "様式/04_様式第6-2号 経費助成の内訳.pdf",
        "様式/05_様式第8-1号 OFF-JT実施状況報告書（髙﨑 優）.pdf",
        "様式/06_様式第8-1号 OFF-JT実施状況報告書（濵口 𠮷之助）.pdf",
        "様式/07_様式第13号 事業所確認票.pdf",
        "様式/08_様式第28号 受講料等の価格設定に関する疎明書.pdf",
        "様式/09_共通要領様式第1号 支給要件確認申立書.pdf",
        "様式/10_支払方法・受取人住所届.pdf",
        "様式/11_共通要領様式第2号 提出代行等に関する証明書.pdf",
        "証拠書類/01_振込通知書.pdf",
        "目録.csv",
        "SHA256SUMS.txt",
    ]


def test_zip_leaves_out_evidence_that_was_not_found_clean(claim, proof, quick):
    Evidence.objects.filter(pk=proof.pk).update(state=EvidenceState.REJECTED, rejected_because="種類が違います。")

    assert [name for name in names_in(make_papers(claim=claim)) if name.startswith("証拠書類")] == []


def test_zip_leaves_out_evidence_of_another_firm(claim, proof, stranger, quick):
    Evidence.objects.filter(pk=proof.pk).update(owner=stranger.organisation)

    assert [name for name in names_in(make_papers(claim=claim)) if name.startswith("証拠書類")] == []


def test_papers_need_a_plan_or_a_claim():
    with pytest.raises(TypeError):
        make_papers()


def test_real_papers_of_a_claim_come_whole(claim):
    """Once with the real press: what stands in the rows is what a reader can open."""
    made = make_papers(claim=claim)

    assert [files.read(paper.file)[:4] for paper in made] == [b"%PDF"] * 12 + [b"PK\x03\x04"]
