"""The certificate on paper: A4 landscape, made from its frozen facts alone, so that it is the same whenever it is printed."""

from datetime import date
from pathlib import Path

from courses.models import Certificate
from courses.shapes import CertificateFacts
from firms.papers.codes import qr
from firms.papers.press import render

STYLE = Path(__file__).with_name("certificate.css")
# A name longer than this is set smaller, so that it stays on its line.
LONG_NAME = 12
SKILLS_SHOWN = 6
# How much of each still has room in the usual size; beyond, the whole paper is set smaller, and stays one page.
ROOM = {"name": 20, "kana": 34, "course": 60, "college": 24, "representative": 24, "skills": 135}


def certificate_pdf(certificate: Certificate, *, check_url: str) -> bytes:
    return render("courses/papers/certificate.html", context_of(certificate, check_url=check_url), style=STYLE)


def context_of(certificate: Certificate, *, check_url: str) -> dict[str, object]:
    facts = certificate.lifted
    skills = facts["skills"]
    return {
        "facts": facts,
        "first_on": date.fromisoformat(facts["first_on"]),
        "last_on": date.fromisoformat(facts["last_on"]),
        "issued_on": date.fromisoformat(facts["issued_on"]),
        "has_long_name": len(facts["name"]) > LONG_NAME,
        "is_dense": is_dense(facts),
        "skills": skills[:SKILLS_SHOWN],
        "more_skills": max(len(skills) - SKILLS_SHOWN, 0),
        "check_url": check_url,
        "spoken_code": certificate.spoken_code,
        "qr": qr(check_url),
    }


def is_dense(facts: CertificateFacts) -> bool:
    lengths = {
        "name": len(facts["name"]),
        "kana": len(facts["kana"]),
        "course": len(facts["course"]),
        "college": len(facts["college"]),
        "representative": len(facts["representative_title"] + facts["representative_name"]),
        "skills": sum(len(skill["label"] + skill["edition"]) for skill in facts["skills"][:SKILLS_SHOWN]),
    }
    return any(lengths[name] > most for name, most in ROOM.items())
