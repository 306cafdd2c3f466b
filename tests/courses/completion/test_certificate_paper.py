"""The certificate on paper: one page for every name, the same bytes each time, every character whole."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from courses.models import Certificate
from courses.papers.certificate import ROOM, certificate_pdf, is_dense


@pytest.fixture
def certificate(completed):
    return Certificate.objects.get(enrolment=completed)


def paper(certificate):
    pdf = certificate_pdf(certificate, check_url="https://takumi.example/check")
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return pdf, ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_the_paper_is_one_landscape_page_with_everything(certificate):
    pdf, pages = paper(certificate)

    facts = certificate.facts
    wanted = [facts["name"], facts["course"], facts["college"], facts["number"], "12時間", "架空一郎", "修了証書"]
    assert [text for text in wanted if "".join(text.split()) not in pages[0]] == []
    assert certificate.spoken_code in pages[0]
    assert "令和" in pages[0]
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) == 1
        _left, _bottom, width, height = (float(side) for side in document.pages[0].mediabox)
        assert width > height
        assert str(document.docinfo["/Title"]) == f"修了証書 {facts['number']} {facts['name']}"


def test_the_same_certificate_is_the_same_bytes(certificate):
    assert paper(certificate)[0] == paper(Certificate.objects.get())[0]


LONGEST = {
    "name": "髙﨑𠮷濵彅鷗髙﨑" * 10,
    "kana": "タカサキヨシハマ" * 15,
    "course": "超長大講座名称" * 14,
    "college": "（架空）" + "東都工科カレッジ" * 14,
    "representative_title": "校長兼理事長" * 6,
    "representative_name": "城南正道" * 15,
}


def test_rare_kanji_and_the_longest_names_stay_whole_on_one_page(certificate, caplog):
    certificate.facts |= {**LONGEST, "skills": [skill(n) for n in range(9)]}

    pdf, pages = paper(certificate)

    assert len(pages) == 1
    assert [part for part, text in LONGEST.items() if text not in pages[0]] == []
    assert [text for text in ("ほか3項目", certificate.spoken_code, "令和") if text not in pages[0]] == []
    assert [record for record in caplog.records if "notdef" in record.getMessage()] == []
    assert overlapping(pdf) == []


def overlapping(pdf):
    """Pieces of text whose middles lie within another piece."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        words = document[0].get_textpage()
        boxes = [words.get_rect(n) for n in range(words.count_rects())]
    return [
        (one, other)
        for one in boxes
        for other in boxes
        if one != other and other[0] < (one[0] + one[2]) / 2 < other[2] and other[1] < (one[1] + one[3]) / 2 < other[3]
    ]


def skill(n):
    return {
        "item": f"x:{n}",
        "label": f"データの活用と業務の改善{n}",
        "edition": "DSS-L 1.1",
        "framework": "",
        "address": "",
    }


def test_a_course_of_e_learning_alone_prints_its_standard_hours(certificate):
    certificate.facts |= {"planned_minutes": 0, "hours": "8時間"}

    assert "8時間（標準の学習時間）" in paper(certificate)[1][0]


def test_what_just_fits_the_usual_size_does_not_overlap(certificate):
    certificate.facts |= {part: ("髙﨑" * 60)[: ROOM[part]] for part in ("name", "kana", "course", "college")}
    certificate.facts |= {"representative_title": "校長", "representative_name": "城南" * 11}
    certificate.facts |= {
        "skills": [{**skill(n), "label": "業務の改善と革新を進める力", "edition": "DSS-P 2.0"} for n in range(6)]
    }

    pdf, pages = paper(certificate)

    assert (is_dense(certificate.facts), len(pages), overlapping(pdf)) == (False, 1, [])
