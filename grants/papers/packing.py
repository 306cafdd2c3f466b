"""All papers of a claim in one PDF with an outline, and in one ZIP with the evidence and a list of its files."""

import csv
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO

from firms.files.formulas import harmless
from firms.files.opening import pdf_in
from grants.papers.tags import tag_root, take_tags

# What may not stand in a file's name on one system or another.
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
NAME_LENGTH = 80
# The sign Japanese printers set where a character is missing.
MISSING = "〓"
LIST_NAME, SUMS_NAME = "目録.csv", "SHA256SUMS.txt"
NOT_HERE = "含まれていません（安全の確認が済んでいないファイルです。画面で確かめてください）"
HEADER = ("番号", "ファイル名", "種類", "大きさ（バイト）", "SHA-256")


@dataclass(frozen=True)
class Packed:
    """One file of the ZIP."""

    name: str
    kind: str
    content: bytes

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class LeftOut:
    """A file the claim names and the ZIP does not hold."""

    name: str
    digest: str


def merged(papers: Sequence[tuple[str, bytes]], *, title: str) -> bytes:
    """One tagged PDF of (name, PDF) pairs, an outline entry for each; the same papers give the same bytes."""
    import pikepdf

    pack = pikepdf.new()
    pack.Root.StructTreeRoot = tag_root(pack)
    with pack.open_outline() as outline:
        for name, content in papers:
            first = len(pack.pages)
            with pdf_in(content) as paper:
                pack.pages.extend(paper.pages)
                take_tags(pack, paper, first)
            outline.root.append(pikepdf.OutlineItem(name, first))
    pack.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    pack.Root.Lang = "ja"
    pack.Root.PageMode = pikepdf.Name.UseOutlines
    pack.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    pack.docinfo["/Title"] = title
    written = BytesIO()
    pack.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def safe(name: str) -> str:
    """A file's name as it may stand on any system, its ending kept."""
    stem, dot, ending = FORBIDDEN.sub("_", name).strip(" .").rpartition(".")
    if not dot:
        return ending[:NAME_LENGTH]
    return f"{stem[:NAME_LENGTH]}.{ending}"


def cp932(text: str) -> bytes:
    """As Excel in Japan opens it; what the code page lacks becomes 〓."""
    return "".join(sign if can_write(sign) else MISSING for sign in text).encode("cp932")


def can_write(sign: str) -> bool:
    try:
        sign.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def file_list(files: Iterable[Packed], left_out: Iterable[LeftOut] = ()) -> bytes:
    written = StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(HEADER)
    rows.writerows(
        (n, harmless(file.name), harmless(file.kind), len(file.content), file.digest)
        for n, file in enumerate(files, start=1)
    )
    rows.writerows(("―", harmless(file.name), NOT_HERE, "", file.digest) for file in left_out)
    return cp932(written.getvalue())


def sums(files: Iterable[Packed]) -> bytes:
    """In the manner of sha256sum, so that the whole can be checked by one command."""
    return "".join(f"{file.digest}  {file.name}\n" for file in files).encode()


def zipped(files: Sequence[Packed], *, on: date, left_out: Sequence[LeftOut] = ()) -> bytes:
    """Each file with the same moment, so that the same files give the same bytes."""
    lists = [Packed(LIST_NAME, "目録", file_list(files, left_out)), Packed(SUMS_NAME, "検査用の値", sums(files))]
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for file in [*files, *lists]:
            archive.writestr(entry(file.name, on=on), file.content)
    return written.getvalue()


def entry(name: str, *, on: date) -> zipfile.ZipInfo:
    """A name outside ASCII carries the UTF-8 flag by itself."""
    found = zipfile.ZipInfo(name, date_time=(on.year, on.month, on.day, 0, 0, 0))
    found.compress_type = zipfile.ZIP_DEFLATED
    found.create_system = 3  # Unix, wherever it is made
    found.external_attr = 0o644 << 16
    return found
