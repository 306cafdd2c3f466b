"""A paper belongs to one plan or one claim, and stands there once."""

import pytest
from django.db import IntegrityError, transaction

from firms.files.store import store
from grants.models import Paper


@pytest.fixture
def row(frozen):
    return {
        "case": frozen,
        "form": "1-1",
        "title": "計画届",
        "file": store(b"%PDF-1.7 x", media_type="application/pdf"),
    }


def test_paper_of_plan_once(row, frozen):
    Paper.objects.create(**row, plan=frozen.plans.get())

    with pytest.raises(IntegrityError, match=r"paper_of_plan_once|UNIQUE"), transaction.atomic():
        Paper.objects.create(**row, plan=frozen.plans.get())


def test_paper_of_claim_once(row, frozen):
    Paper.objects.create(**row, claim=frozen.claims.get())

    with pytest.raises(IntegrityError, match=r"paper_of_claim_once|UNIQUE"), transaction.atomic():
        Paper.objects.create(**row, claim=frozen.claims.get())


def test_paper_of_plan_or_claim_is_never_of_both(row, frozen):
    with pytest.raises(IntegrityError, match="paper_of_plan_or_claim"), transaction.atomic():
        Paper.objects.create(**row, plan=frozen.plans.get(), claim=frozen.claims.get())
