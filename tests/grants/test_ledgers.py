"""A value put right leaves the chain whole; the same value changed round the correction is named."""

from datetime import date

import pytest
from django.db import connection

from firms.ledgers import broken_ledgers, seal_ledgers
from firms.models import Correction
from grants.actions.corrections import correct_plan_filing
from grants.models import PlanFiling
from tests.grants.conftest import FILED_ON

DAY = date(2027, 5, 20)
TABLE = "grants_planfiling"


def put_right(case, advisor, number):
    given = {"filed_on": FILED_ON, "receipt_number": number, "reason": "控えの番号"}
    correct_plan_filing(case, by=advisor.acting(DAY), **given)


@pytest.mark.parametrize("sealed_after", [0, 1, 2])
def test_a_chain_sealed_before_between_or_after_two_corrections_stays_whole(sealed_after, filed, advisor):
    for n, number in enumerate(["東リ-8-132", "東リ-8-321"]):
        if n == sealed_after:
            seal_ledgers()
        put_right(filed, advisor, number)
    if sealed_after == 2:
        seal_ledgers()

    assert Correction.objects.count() == 2
    assert broken_ledgers() == []


def test_a_filing_changed_round_its_corrections_is_named(filed, advisor):
    put_right(filed, advisor, "東リ-8-132")
    seal_ledgers()
    row = PlanFiling.objects.get()

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_correctable")
        else:
            cursor.execute(f"DROP TRIGGER {TABLE}_receipt_number_corrected")
        cursor.execute(f"UPDATE {TABLE} SET receipt_number = 'x'")

    assert broken_ledgers() == [f"{TABLE}：{row.pk}番の行が、記録した時と違います。"]
