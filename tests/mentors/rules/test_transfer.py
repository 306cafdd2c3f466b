"""The file of bank transfers: every record 120 half-width letters, and the trailer adds up."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentors.rules import ACCOUNT_KINDS, Account, FactError, Payer, Payment, half_width, transfer_file
from mentors.rules.transfer import is_bank_closed

PAY_ON = date(2026, 12, 25)
KANA = "アイウエオカキクケコガギグゲゴパピプペポッャュョァィゥェォヴーんがぱっゃ（）A1-./ 　ｶﾞｯ"
BANKABLE = re.compile(r"[0-9A-Zｱ-ﾝﾞﾟ().\-/ ]*")
ACCOUNT = Account("9901", "カナエシンキン", "002", "オオモリ", "ordinary", "0000123", "タナカ ショウジ")
PAYER = Payer("1234567890", ACCOUNT)
names = st.text(KANA, min_size=1, max_size=60).filter(lambda name: half_width(name)[0] != "")


def digits(width):
    return st.text("0123456789", min_size=width, max_size=width)


accounts = st.builds(
    Account, digits(4), names, digits(3), names, st.sampled_from(sorted(ACCOUNT_KINDS)), digits(7), names
)
payments = st.lists(st.builds(Payment, accounts, st.integers(1, 10**10 - 1)), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(digits(10), accounts, payments, st.dates(date(2020, 1, 1), date(2090, 12, 31)))
def test_every_record_has_120_letters_and_the_trailer_adds_up(code, account, paid, pay_on):
    found = transfer_file(Payer(code, account), paid, pay_on=pay_on)
    head, *data, trailer, end = found.records

    assert all(len(record) == 120 and BANKABLE.fullmatch(record) for record in found.records)
    assert [record[0] for record in found.records] == ["1", *"2" * len(paid), "8", "9"]
    assert head[:14] + head[54:58] + head[58:62] == f"1210{code}{pay_on:%m%d}{account.bank}"
    assert [int(record[80:90]) for record in data] == [payment.yen for payment in paid]
    assert (int(trailer[1:7]), int(trailer[7:19])) == (len(paid), sum(payment.yen for payment in paid))
    assert (found.count, found.total_yen) == (len(paid), sum(payment.yen for payment in paid))
    assert end.strip() == "9"


@settings(max_examples=150, deadline=None)
@given(accounts)
def test_each_field_stands_where_the_form_has_it(account):
    record = transfer_file(PAYER, [Payment(account, 26_937)], pay_on=PAY_ON).records[1]

    fields = [record[a:b] for a, b in ((1, 5), (5, 20), (20, 23), (23, 38), (38, 42), (42, 43), (43, 50), (50, 80))]

    def written(name, width):
        return half_width(name)[0][:width].ljust(width)

    assert fields == [
        account.bank,
        written(account.bank_kana, 15),
        account.branch,
        written(account.branch_kana, 15),
        "    ",
        ACCOUNT_KINDS[account.account_kind],
        account.account,
        written(account.name_kana, 30),
    ]
    assert record[80:] == "0000026937" + "0" + " " * 29


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("ショウジ", "ｼﾖｳｼﾞ"),
        ("ッャュョァィゥェォヵヶヮ", "ﾂﾔﾕﾖｱｲｳｴｵｶｹﾜ"),
        ("ヴパ", "ｳﾞﾊﾟ"),
        ("ﾊﾟｰﾃｨ", "ﾊﾟ-ﾃｲ"),
        ("カ゛ハ゜", "ｶﾞﾊﾟ"),
        ("カ）ヤマダ（イ", "ｶ)ﾔﾏﾀﾞ(ｲ"),
        ("ひらがな", "ﾋﾗｶﾞﾅ"),
        ("ａｂｃ１２３", "ABC123"),
        ("－‐−ー", "----"),
        ("　ヤマダ　ジュンコ　", "ﾔﾏﾀﾞ ｼﾞﾕﾝｺ"),
    ],
)
def test_names_are_written_half_width_with_large_kana(said, written):
    found, strange = half_width(said)

    assert (found, strange) == (written, "")


@pytest.mark.parametrize("strange", ["ヲ", "山", "・", "&", "é", "ヺ", "😀", "\t"])
def test_letters_banks_cannot_write_are_each_named_once(strange):
    assert half_width(f"ア{strange}イ{strange}") == ("ｱｲ", strange.upper())


def test_name_that_is_cut_is_told():
    long = replace(ACCOUNT, name_kana="ア" * 31)

    cut = transfer_file(PAYER, [Payment(ACCOUNT, 1), Payment(long, 1)], pay_on=PAY_ON)
    fits = transfer_file(PAYER, [Payment(replace(ACCOUNT, name_kana="ア" * 30), 1)], pay_on=PAY_ON)

    assert cut.note == "payments[2].name_kana は30文字を超えるため先頭から30文字にしました。"
    assert fits.note == ""


def test_name_of_the_payer_that_is_cut_is_told():
    long = Payer("1", replace(ACCOUNT, name_kana="ア" * 41))

    assert transfer_file(long, [Payment(ACCOUNT, 1)], pay_on=PAY_ON).note.startswith("payer.name_kana は40文字を超える")


@pytest.mark.parametrize(
    ("on", "closed"),
    [
        (date(2026, 12, 25), False),
        (date(2026, 12, 26), True),
        (date(2026, 11, 23), True),
        (date(2026, 12, 29), False),
        (date(2026, 12, 30), False),
        (date(2026, 12, 31), True),
        (date(2027, 1, 4), False),
        (date(2029, 12, 29), True),
    ],
    ids=["Friday", "Saturday", "holiday", "29th", "30th", "31st", "4th", "29th on a Saturday"],
)
def test_day_the_banks_are_closed_is_told(on, closed):
    assert is_bank_closed(on) is closed
    assert ("銀行の休業日" in transfer_file(PAYER, [Payment(ACCOUNT, 1)], pay_on=on).note) is closed


@pytest.mark.parametrize("yen", [0, -1, 10**10])
def test_amount_outside_its_field_is_refused(yen):
    with pytest.raises(FactError, match=r"payments\[1\]\.yen は1以上9999999999以下"):
        transfer_file(PAYER, [Payment(ACCOUNT, yen)], pay_on=PAY_ON)


@pytest.mark.parametrize("count", [99, 101])
def test_total_wider_than_its_field_is_refused(count):
    widest = [Payment(ACCOUNT, 10**10 - 1)] * count

    if count == 99:
        assert transfer_file(PAYER, widest, pay_on=PAY_ON).records[-2].startswith("8000099989999999901")
    else:
        with pytest.raises(FactError, match="合計（1009999999899円）が桁数を超えます"):
            transfer_file(PAYER, widest, pay_on=PAY_ON)
