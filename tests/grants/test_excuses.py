"""Minutes missed for a reason the rules forgive: they count for the share alone, and nothing of them is overwritten."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from courses.models import Course
from firms.errors import Refused
from firms.models import Evidence
from grants.actions.excuses import add_excuse, void_excuse
from grants.cases.reach import reaches
from grants.claims.assessment import assess_claim
from grants.facts import gather_claim
from grants.models import Excuse
from tests.factories import EnrolmentFactory
from tests.grants.conftest import CLAIM_DAY, mark


def pdf(words=""):
    content = f"%PDF-1.7\n{words}%%EOF\n".encode()
    return SimpleUploadedFile("診断書.pdf", content, content_type="application/pdf")


def excuse(case, enrolment, minutes, by, reason="illness", proof=""):
    return add_excuse(case, enrolment, minutes=minutes, reason=reason, upload=pdf(proof), by=by.acting(CLAIM_DAY))


def third(case):
    one = gather_claim(case, CLAIM_DAY)["workers"][2]
    return one["attended_minutes"], one["excused_minutes"], one["percent"], one["passes"], one["wage_minutes"]


@pytest.mark.parametrize(
    ("minutes", "percent", "passes"),
    [(215, 79, False), (216, 80, True), (360, 100, True)],
    ids=["a minute short", "exactly 80", "all that was missed"],
)
def test_excused_minutes_lift_the_share_and_no_wage(paid, enrolled, manager, minutes, percent, passes):
    """360 of 720 minutes attended: 576 are needed."""
    excuse(paid, enrolled[2], minutes, manager)

    assert third(paid) == (360, minutes, percent, passes, 360)


def test_no_more_is_forgiven_than_was_missed(paid, enrolled, manager):
    excuse(paid, enrolled[2], 1000, manager)

    assert third(paid) == (360, 360, 100, True, 360)


def test_excused_trainee_draws_the_whole_fee_and_the_hours_attended(paid, enrolled, manager):
    """22,000 × 75% × 3 = 49,500; (12 + 12 + 6) hours × 1,000 = 30,000."""
    excuse(paid, enrolled[2], 360, manager)

    outcome = assess_claim(paid, CLAIM_DAY).outcome

    assert (outcome["expense_aid"], outcome["wage_aid"]) == (49_500, 30_000)


def test_proof_goes_with_the_claim(paid, enrolled, manager):
    excuse(paid, enrolled[2], 360, manager)

    assert [file["kind"] for file in gather_claim(paid, CLAIM_DAY)["evidence"]].count("excuse") == 1


def test_voided_excuse_counts_nothing_and_stays(paid, enrolled, manager):
    row = excuse(paid, enrolled[2], 360, manager)

    void_excuse(row, by=manager.acting(CLAIM_DAY))

    assert third(paid) == (360, 0, 50, False, 360)
    assert paid.excuses.count() == 2
    with pytest.raises(Refused, match="すでに取り消されています"):
        void_excuse(row, by=manager.acting(CLAIM_DAY))


def test_sent_twice_is_recorded_once(paid, enrolled, manager):
    first, second = (excuse(paid, enrolled[2], 100, manager) for _n in range(2))

    assert first == second


def test_two_absences_of_the_same_length_with_a_proof_each_are_two(paid, enrolled, manager):
    for proof in ("1 February", "2 February"):
        excuse(paid, enrolled[2], 108, manager, proof=proof)

    assert third(paid) == (360, 216, 80, True, 360)


def test_excuse_of_somebody_else_is_refused(paid, manager):
    with pytest.raises(Refused, match="この案件の受講者") as refused:
        excuse(paid, EnrolmentFactory(run=paid.run), 10, manager)

    assert refused.value.field == "enrolment"


def test_e_learning_forgives_nothing(paid, enrolled, manager):
    Course.objects.update(method="e_learning")

    with pytest.raises(Refused, match="欠席を補うことはできません"):
        excuse(paid, enrolled[2], 10, manager)


def test_page_of_an_e_learning_case_leads_back_with_the_reason(paid, manager):
    Course.objects.update(method="e_learning", provider_page="https://example.jp/")

    answer = manager.client().get(reverse("grants:excuses", args=[paid.pk]))

    assert (answer.status_code, answer["Location"]) == (302, reverse("grants:case", args=[paid.pk]))


def test_after_the_claim_is_filed_nothing_more_is_excused(claimed, enrolled, manager):
    with pytest.raises(Refused, match="支給申請を出した後"):
        excuse(claimed, enrolled[2], 10, manager)


def test_excuse_is_positive(paid, enrolled, manager):
    row = excuse(paid, enrolled[2], 10, manager)

    with pytest.raises(IntegrityError, match="excuse_is_positive"), transaction.atomic():
        Excuse.objects.create(
            case=paid,
            enrolment=enrolled[0],
            minutes=0,
            reason="death",
            evidence=row.evidence,
            recorded_by=manager.person,
        )


def test_excuse_is_append_only(paid, enrolled, manager):
    excuse(paid, enrolled[2], 10, manager)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Excuse.objects.update(minutes=20)


def test_standing_forgives_no_more_than_would_be_missed(filed, enrolled, manager):
    mark(enrolled[2], filed.run.lessons.first(), came=None)
    excuse(filed, enrolled[2], 720, manager)

    one = reaches(filed, on=date(2027, 2, 5))[2]

    assert (one.best_percent, one.spare_minutes, one.can_pass) == (100, 144, True)


def test_page_records_and_takes_back(paid, enrolled, manager):
    client, address = manager.client(), reverse("grants:excuses", args=[paid.pk])

    sent = {"enrolment": enrolled[2].pk, "minutes": "360", "reason": "resignation", "file": pdf()}
    assert client.post(address, sent).status_code == 302
    row = paid.excuses.get()
    assert (row.minutes, row.reason, Evidence.objects.get(pk=row.evidence_id).kind) == (360, "resignation", "excuse")
    page = client.get(address).content.decode()
    assert "矢口 太郎" in page
    assert "本人の都合による退職" in page
    client.post(reverse("grants:excuse_void", args=[row.pk]))
    assert "取消済み" in client.get(address).content.decode()


def test_page_without_proof_asks_for_it(paid, enrolled, manager):
    sent = {"enrolment": enrolled[2].pk, "minutes": "360", "reason": "illness"}

    page = manager.client().post(reverse("grants:excuses", args=[paid.pk]), sent)

    assert page.status_code == 200
    assert not paid.excuses.exists()


@pytest.mark.parametrize("who", ["stranger", "coordinator", "officer", "trainee"])
def test_page_does_not_exist_for_others(paid, enrolled, manager, request, who):
    row = excuse(paid, enrolled[2], 10, manager)
    client = request.getfixturevalue(who).client()

    assert client.get(reverse("grants:excuses", args=[paid.pk])).status_code == 404
    assert client.post(reverse("grants:excuse_void", args=[row.pk])).status_code == 404
