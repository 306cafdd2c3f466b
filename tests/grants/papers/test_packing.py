"""One PDF with an outline, one ZIP with a list: the same files give the same bytes."""

import csv
import zipfile
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO

import pikepdf
import pytest

from grants.papers.packing import LeftOut, Packed, cp932, file_list, merged, safe, zipped
from tests.grants.papers.conftest import read_back

DAY = date(2027, 3, 15)
FILES = [
    Packed("様式/01_支給申請書.pdf", "支給申請書", b"%PDF one"),
    Packed("様式/02_濵口 𠮷之助.pdf", "OFF-JT実施状況報告書（濵口 𠮷之助）", b"%PDF two"),
]


@pytest.fixture(scope="module")
def pack(claim_papers) -> bytes:
    return merged([(code, paper.pdf) for code, paper in claim_papers.items()], title="支給申請書類一式")


def test_pack_holds_every_page_in_order(pack, claim_papers):
    pages = [page for paper in claim_papers.values() for page in paper.pages]

    assert read_back(pack).pages == tuple(pages)


def test_pack_outline_leads_to_the_first_page_of_each_form(pack, claim_papers):
    firsts, n = {}, 0
    for code, paper in claim_papers.items():
        firsts[code], n = n, n + len(paper.pages)

    with pikepdf.open(BytesIO(pack)) as document, document.open_outline() as outline:
        found = {item.title: document.pages.index(pikepdf.Page(item.destination[0])) for item in outline.root}

    assert found == firsts


def test_pack_is_titled_and_marked(pack):
    with pikepdf.open(BytesIO(pack)) as document:
        root = document.Root
        assert (str(document.docinfo["/Title"]), str(root.Lang), bool(root.MarkInfo.Marked)) == (
            "支給申請書類一式",
            "ja",
            True,
        )


def tagged_pages(element) -> set:
    """The pages a tree of tags speaks of."""
    kids = [kid for kid in element.get("/K", []) if isinstance(kid, pikepdf.Dictionary)]
    own = {element.Pg.objgen} if "/Pg" in element else set()
    return own.union(*(tagged_pages(kid) for kid in kids))


def test_pack_keeps_the_tags_of_every_page(pack, claim_papers):
    with pikepdf.open(BytesIO(pack)) as document:
        pages = [page.obj for page in document.pages]
        tree = document.Root.StructTreeRoot
        numbers = [int(number) for number in list(tree.ParentTree.Nums)[::2]]

        assert (len(tree.K), len(tree.K[0].K)) == (1, len(claim_papers))
        assert [int(page.StructParents) for page in pages] == numbers == list(range(len(pages)))
        assert tagged_pages(tree) == {page.objgen for page in pages}


def elements(element):
    yield element
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary):
            yield from elements(kid)


def test_pack_names_each_heading_cell_once_and_cells_name_those_alone(pack):
    with pikepdf.open(BytesIO(pack)) as document:
        found = list(elements(document.Root.StructTreeRoot.K[0]))
        names = [str(one.ID) for one in found if "/ID" in one]
        asked = {str(name) for one in found if "/A" in one and "/Headers" in one.A for name in one.A.Headers}

    assert len(names) == len(set(names))
    assert asked
    assert asked - set(names) == set()


def test_pack_has_the_same_bytes_each_time(pack, claim_papers):
    again = merged([(code, paper.pdf) for code, paper in claim_papers.items()], title="支給申請書類一式")

    assert again == pack


def test_zip_names_are_utf8_and_moments_fixed():
    with zipfile.ZipFile(BytesIO(zipped(FILES, on=DAY))) as archive:
        found = [(e.filename, e.date_time, bool(e.flag_bits & 0x800)) for e in archive.infolist()]

    assert found == [
        ("様式/01_支給申請書.pdf", (2027, 3, 15, 0, 0, 0), True),
        ("様式/02_濵口 𠮷之助.pdf", (2027, 3, 15, 0, 0, 0), True),
        ("目録.csv", (2027, 3, 15, 0, 0, 0), True),
        ("SHA256SUMS.txt", (2027, 3, 15, 0, 0, 0), False),
    ]


def test_zip_has_the_same_bytes_each_time():
    assert zipped(FILES, on=DAY) == zipped(FILES, on=DAY)


def test_zip_lists_its_files_for_excel_and_for_sha256sum():
    with zipfile.ZipFile(BytesIO(zipped(FILES, on=DAY))) as archive:
        rows = list(csv.reader(archive.read("目録.csv").decode("cp932").splitlines()))
        sums = archive.read("SHA256SUMS.txt").decode().splitlines()

    digests = [sha256(file.content).hexdigest() for file in FILES]
    assert rows == [
        ["番号", "ファイル名", "種類", "大きさ（バイト）", "SHA-256"],
        ["1", "様式/01_支給申請書.pdf", "支給申請書", "8", digests[0]],
        ["2", "様式/02_濵口 〓之助.pdf", "OFF-JT実施状況報告書（濵口 〓之助）", "8", digests[1]],
    ]
    assert sums == [f"{digest}  {file.name}" for digest, file in zip(digests, FILES, strict=True)]


def test_zip_lists_what_it_does_not_hold():
    with zipfile.ZipFile(BytesIO(zipped(FILES[:1], on=DAY, left_out=[LeftOut("領収書.pdf", "f" * 64)]))) as archive:
        rows = list(csv.reader(archive.read("目録.csv").decode("cp932").splitlines()))

    assert rows[2] == [
        "―",
        "領収書.pdf",
        "含まれていません（安全の確認が済んでいないファイルです。画面で確かめてください）",
        "",
        "f" * 64,
    ]


def test_cp932_keeps_what_windows_knows():
    assert cp932("髙﨑①～").decode("cp932") == "髙﨑①～"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("領収書.pdf", "領収書.pdf"),
        ("../../etc/領収書.pdf", "_.._etc_領収書.pdf"),
        ('a:b*c?"d".pdf', "a_b_c__d_.pdf"),
        ("長" * 200 + ".pdf", "長" * 80 + ".pdf"),
        ("ending", "ending"),
    ],
)
def test_safe_names_stand_on_any_system(name, kept):
    assert safe(name) == kept


@pytest.mark.parametrize("name", ["=HYPERLINK(1).pdf", "+1.pdf", "-1.pdf", "@SUM(1).pdf", "\tx.pdf"])
def test_a_name_in_the_list_is_never_a_formula(name):
    written = file_list([], [LeftOut(name, "0" * 64)]).decode("cp932")

    (row,) = list(csv.reader(StringIO(written)))[1:]
    assert row[1] == f"'{name}"
