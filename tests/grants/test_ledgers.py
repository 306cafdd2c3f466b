"""The chain of hashes over what may be put right: a correction leaves it whole, a change round the application breaks it."""

from django.db import connection

from firms.actions.corrections import correct
from firms.ledgers import broken_ledgers, seal_ledgers
from grants.models import ClaimFiling

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
