"""The chain of hashes over what may be put right: a correction leaves it whole, a change round the application breaks it."""

import pytest
from django.db import connection

from firms.actions.corrections import correct
from firms.ledgers.chain import broken_ledgers, seal_ledgers
from grants.models import ClaimFiling

FIRST = ""  # as the claim of the fixture was filed
TRIGGER = {
    "sqlite": "DROP TRIGGER grants_claimfiling_receipt_number_corrected",
    "postgresql": "ALTER TABLE grants_claimfiling DISABLE TRIGGER grants_claimfiling_correctable",
}


def test_a_correction_leaves_the_chain_whole(claimed, advisor):
    seal_ledgers()

    correct(ClaimFiling.objects.get(), {"receipt_number": "東リ-8-999"}, reason="写し間違い", by=advisor.acting())
    correct(ClaimFiling.objects.get(), {"receipt_number": "東リ-8-998"}, reason="もう一度", by=advisor.acting())

    assert broken_ledgers() == []


def test_a_change_without_a_correction_breaks_the_chain(claimed, advisor):
    seal_ledgers()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(TRIGGER[connection.vendor])
        cursor.execute("UPDATE grants_claimfiling SET receipt_number = 'X'")
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE grants_claimfiling ENABLE TRIGGER grants_claimfiling_correctable")

    assert [sentence for sentence in broken_ledgers() if "記録した時と違います" in sentence] == [
        f"grants_claimfiling：{ClaimFiling.objects.get().pk}番の行が、記録した時と違います。"
    ]


@pytest.mark.parametrize("value", ["X", FIRST], ids=["anew", "back to the first"])
def test_a_value_changed_round_its_correction_breaks_the_chain(value, claimed, advisor):
    filing = ClaimFiling.objects.get()
    assert filing.receipt_number == FIRST
    seal_ledgers()
    correct(filing, {"receipt_number": "東リ-8-999"}, reason="写し間違い", by=advisor.acting())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(TRIGGER[connection.vendor])
        cursor.execute("UPDATE grants_claimfiling SET receipt_number = %s", [value])

    assert f"grants_claimfiling：{filing.pk}番の行が、記録した時と違います。" in broken_ledgers()


@pytest.mark.parametrize("sealed_after", [0, 1, 2])
def test_a_chain_sealed_before_between_or_after_two_corrections_is_whole(sealed_after, claimed, advisor):
    for n, number in enumerate(["東リ-8-999", "東リ-8-998"]):
        if n == sealed_after:
            seal_ledgers()
        correct(ClaimFiling.objects.get(), {"receipt_number": number}, reason="写し間違い", by=advisor.acting())
    if sealed_after == 2:
        seal_ledgers()

    assert broken_ledgers() == []
