"""Certificates as earlier versions froze them, one file a shape: each is read in today's, shown and printed."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from courses.models import Certificate
from courses.papers.certificate import certificate_pdf
from courses.queries.completion.badges import badge_of
from courses.shapes import SHAPE, CertificateFacts, lifted_certificate
from tests.shapes import misfits

STORED = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(Path(__file__).with_name("shapes").glob("*.json"))
}


@pytest.fixture(params=STORED)
def stored_facts(request):
    return STORED[request.param]


def test_stored_certificates_are_lifted_to_what_is_frozen_today(stored_facts):
    lifted = lifted_certificate(stored_facts)

    assert list(misfits(lifted, CertificateFacts)) == []
    assert {part: lifted[part] for part in stored_facts} == stored_facts
    assert (lifted["completed_on"], lifted_certificate(lifted) is lifted) == (None, True)


def test_certificate_given_today_has_todays_shape(completed):
    held = Certificate.objects.get(enrolment=completed)

    assert list(misfits(held.facts, CertificateFacts)) == []
    assert held.lifted is held.facts


def test_there_is_a_stored_certificate_of_every_shape_before_todays():
    assert {int(name) for name in STORED} == set(range(1, SHAPE))


def test_certificate_of_a_later_program_is_refused():
    with pytest.raises(ValueError, match=f"shape {SHAPE + 1}"):
        lifted_certificate({"shape": SHAPE + 1})


def test_stored_certificate_is_checked_printed_and_signed(stored_facts, completed, client):
    given = Certificate.objects.get(enrolment=completed)
    older = Certificate.objects.create(
        enrolment=completed,
        number="2026-001-9999",
        check_code="ABCDE" * 4,
        status_index=given.status_index + 1,
        facts=stored_facts,
        issued_on=given.issued_on,
        issued_by=given.issued_by,
    )

    page = client.get(reverse("courses:certificate_check", args=[older.check_code])).content.decode()

    assert stored_facts["name"] in page
    assert certificate_pdf(older, check_url="https://takumi.example/check").startswith(b"%PDF")
    assert badge_of(older)["name"] == stored_facts["course"]
