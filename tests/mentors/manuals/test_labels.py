"""Labels of 18 mm: printed at the resolution of an office printer, and read by a reader that knows nothing of ours."""

import io

import pypdfium2
import pytest
import segno
import zxingcpp
from PIL import Image, ImageFilter

from mentors.papers.labels import BORDER, LEAST_MODULE_MM, SIZE_MM, label_address, labels_pdf
from tests.mentors.manuals.makers import newest, published

BASE = "https://takumi.city.example.lg.jp"
MM_OF_INCH = 25.4
PRINTER_DPI = 300


def printed(version, *, dpi):
    document = pypdfium2.PdfDocument(labels_pdf(version, base=BASE))
    pages = [document[n].render(scale=dpi / 72).to_pil().convert("L") for n in range(len(document))]
    document.close()
    return pages


@pytest.mark.parametrize(
    ("dpi", "blur"), [(PRINTER_DPI, 0), (PRINTER_DPI, 1), (200, 0)], ids=["as printed", "blurred", "a coarser printer"]
)
def test_each_label_is_read_when_printed_small(manager, dpi, blur):
    version = newest(published(manager, steps=tuple(f"手順 {n}" for n in range(1, 8)), has_film=False))
    (page,) = printed(version, dpi=dpi)
    found = zxingcpp.read_barcodes(page.filter(ImageFilter.GaussianBlur(blur)) if blur else page)

    assert {one.text for one in found} == {label_address(step.mark.code, base=BASE) for step in version.steps.all()}


def test_a_label_with_a_drop_of_oil_on_it_is_still_read(manager):
    version = newest(published(manager, steps=("芯を出す",), has_film=False))
    (page,) = printed(version, dpi=PRINTER_DPI)
    (found,) = zxingcpp.read_barcodes(page)
    corner, side = found.position.top_left, found.position.top_right.x - found.position.top_left.x
    spot = int(side * 0.16)
    page.paste(
        0, (corner.x + side // 2, corner.y + side // 2, corner.x + side // 2 + spot, corner.y + side // 2 + spot)
    )

    assert [one.text for one in zxingcpp.read_barcodes(page)] == [found.text]


def test_a_code_is_18_mm_wide_and_its_modules_a_third_of_one(manager):
    version = newest(published(manager, steps=("芯を出す",), has_film=False))
    address = label_address(version.steps.first().mark.code, base=BASE)
    (page,) = printed(version, dpi=PRINTER_DPI)
    (found,) = zxingcpp.read_barcodes(page)
    modules = (int(segno.make(address, error="q", boost_error=False, micro=False).symbol_size()[0])) - 2 * BORDER
    width = (found.position.top_right.x - found.position.top_left.x) / PRINTER_DPI * MM_OF_INCH

    assert width / modules >= LEAST_MODULE_MM
    assert width / modules * (modules + 2 * BORDER) == pytest.approx(SIZE_MM, abs=0.7)


def test_the_reader_reads_nothing_from_an_empty_page():
    page = Image.open(io.BytesIO(as_png(Image.new("L", (600, 600), 255))))

    assert zxingcpp.read_barcodes(page) == []


def as_png(picture):
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
