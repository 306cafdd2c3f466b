"""One case as a ZIP that proves itself: frozen facts, papers, evidence, journal, hashes, and how to check them without Takumi."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO
from pathlib import Path

from django.utils import timezone

from firms.files import store as files
from firms.files.formulas import harmless
from firms.models import JournalEntry
from firms.states import EvidenceState
from grants.models import GrantCase, Paper
from grants.papers.making import EVIDENCE_FOLDER, FORM_FOLDER
from grants.papers.packing import LeftOut, Packed, safe, zipped
from grants.queries.keeping import evidence_of

HERE = Path(__file__).parent
READ_FIRST, CHECKER, JOURNAL = "はじめにお読みください.txt", "verify.py", "履歴.csv"
JOURNAL_HEAD = ("日時", "操作した人", "組織", "操作", "対象", "前の状態", "後の状態", "内容")


def bundle(case: GrantCase, frozen: Sequence[Packed], journal: Iterable[JournalEntry], *, on: date) -> bytes:
    """`on` is the day of every file in it, so that the same rows give the same bytes; `journal` begins with the oldest."""
    proofs, left_out = evidence_files(case)
    packed = [
        Packed(READ_FIRST, "説明", (HERE / "bundle.txt").read_bytes()),
        Packed(CHECKER, "検査用のプログラム", (HERE / CHECKER).read_bytes()),
        *frozen,
        *paper_files(case),
        *proofs,
        Packed(JOURNAL, "履歴", journal_file(journal)),
    ]
    return zipped(packed, on=on, left_out=left_out)


def paper_files(case: GrantCase) -> Iterator[Packed]:
    """The single papers; packs hold nothing else."""
    for n, paper in enumerate(case.papers.filter(format=Paper.Format.PDF).select_related("file"), start=1):
        yield Packed(f"{FORM_FOLDER}/{n:03}_{safe(f'{paper.title}.pdf')}", FORM_FOLDER, files.read(paper.file))


def evidence_files(case: GrantCase) -> tuple[list[Packed], list[LeftOut]]:
    """Those that were found clean, and the names of the others."""
    held = list(evidence_of([case.pk]).get(case.pk, {}).values())
    clean = [one for one in held if one.state == EvidenceState.CLEAN]
    packed = [
        Packed(f"{EVIDENCE_FOLDER}/{n:03}_{safe(one.name)}", EVIDENCE_FOLDER, files.read(one.file))
        for n, one in enumerate(clean, start=1)
    ]
    return packed, [LeftOut(one.name, one.file.sha256) for one in held if one not in clean]


def journal_file(journal: Iterable[JournalEntry]) -> bytes:
    """UTF-8 with its mark, as a spreadsheet reads it."""
    written = StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(JOURNAL_HEAD)
    rows.writerows([harmless(cell) for cell in journal_cells(entry)] for entry in journal)
    return written.getvalue().encode("utf-8-sig")


def journal_cells(entry: JournalEntry) -> list[str]:
    return [
        f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}",
        entry.person.full_name if entry.person else "Takumi",
        entry.organisation.name if entry.organisation else "",
        entry.verb_label,
        entry.subject_label,
        entry.from_label,
        entry.to_label,
        "／".join(f"{label}：{value}" for label, value in entry.told),
    ]
