"""The certificate on paper: A4 landscape, made from its frozen facts alone, so that it is the same whenever it is printed."""

from pathlib import Path

from firms.papers.codes import qr
from firms.papers.press import render
from mentors.models import Certification

STYLE = Path(__file__).with_name("certificate.css")
# What a name or an occupation longer than this would break is set smaller.
LONG_NAME, LONG_WORDS = 12, 60


def certificate_pdf(certification: Certification, *, check_url: str) -> bytes:
    facts = certification.lifted
    context = {
        "certification": certification,
        "facts": facts,
        "has_long_name": len(facts["name"]) > LONG_NAME,
        "has_long_words": len(facts["teaches"]) > LONG_WORDS,
        "spoken_code": certification.spoken_code,
        "check_url": check_url,
        "qr": qr(check_url),
    }
    return render("mentors/papers/certificate.html", context, style=STYLE)
