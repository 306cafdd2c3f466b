"""A file of payments to mentors: 全国銀行協会 総合振込, records of 120 characters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from firms.rules.calendar import in_words, why_closed
from firms.rules.reading import FactError
from mentors.rules.kana import half_width

ACCOUNT_KINDS = {"ordinary": "1", "current": "2", "savings": "4", "other": "9"}
SOURCE = "全国銀行協会 総合振込 レコードフォーマット"
RECORD = 120
CODE, BANK, BRANCH, ACCOUNT = 10, 4, 3, 7
PAYER_NAME, BANK_NAME, NAME = 40, 15, 30
YEN, COUNT, TOTAL = 10, 6, 12
# 銀行法施行令5条: unlike an office, a bank is open on 29 and 30 December.
OPEN_AT_YEAR_END = {(12, 29), (12, 30)}


@dataclass(frozen=True, slots=True)
class Account:
    """`bank`, `branch` and `account` in digits of full width, names in any kana."""

    bank: str
    bank_kana: str
    branch: str
    branch_kana: str
    account_kind: str
    account: str
    name_kana: str


@dataclass(frozen=True, slots=True)
class Payer:
    code: str
    account: Account


@dataclass(frozen=True, slots=True)
class Payment:
    account: Account
    yen: int


@dataclass(frozen=True, slots=True)
class TransferFile:
    records: tuple[str, ...]
    total_yen: int
    count: int
    because: str
    source: str
    note: str = ""


def transfer_file(payer: Payer, payments: Sequence[Payment], *, pay_on: date) -> TransferFile:
    """Header, one record a payment, trailer and end. Errors: FactError for a name banks cannot write, or a width overrun."""
    if not payments:
        raise FactError("payments が空です。振込を1件以上指定してください。")
    total = sum(payment.yen for payment in payments)
    if len(payments) >= 10**COUNT or total >= 10**TOTAL:
        raise FactError(
            f"payments の件数（{len(payments)}件）か合計（{total}円）が桁数を超えます。ファイルを分けてください。"
        )
    records = (
        header(payer, pay_on),
        *(data(payment, f"payments[{n}].") for n, payment in enumerate(payments, 1)),
        filled(f"8{len(payments):0{COUNT}}{total:0{TOTAL}}"),
        filled("9"),
    )
    because = f"{in_words(pay_on)}に{len(payments)}件、合計{total:,}円を振り込みます。"
    return TransferFile(records, total, len(payments), because, SOURCE, " ".join(notes(payer, payments, pay_on)))


def header(payer: Payer, pay_on: date) -> str:
    """Kind 21 is 総合振込, the nought after it JIS letters; month and day only, as the form has no year."""
    mine, within = payer.account, "payer."
    return filled(
        f"1210{payer.code:0>{CODE}}{kana(mine.name_kana, within + 'name_kana', PAYER_NAME)}{pay_on:%m%d}"
        f"{place(mine, within)}{ACCOUNT_KINDS[mine.account_kind]}{mine.account:0>{ACCOUNT}}"
    )


def data(payment: Payment, within: str) -> str:
    """The clearing house (4) stays blank; the nought after the amount says that the code is not a first one (新規コード)."""
    theirs = payment.account
    if not 0 < payment.yen < 10**YEN:
        raise FactError(
            f"{within}yen は1以上{10**YEN - 1}以下で指定してください（{payment.yen}円は{YEN}桁に入りません）。"
        )
    return filled(
        f"2{place(theirs, within)}    {ACCOUNT_KINDS[theirs.account_kind]}{theirs.account:0>{ACCOUNT}}"
        f"{kana(theirs.name_kana, within + 'name_kana', NAME)}{payment.yen:0{YEN}}0"
    )


def place(account: Account, within: str) -> str:
    return (
        f"{account.bank:0>{BANK}}{kana(account.bank_kana, within + 'bank_kana', BANK_NAME)}"
        f"{account.branch:0>{BRANCH}}{kana(account.branch_kana, within + 'branch_kana', BANK_NAME)}"
    )


def kana(text: str, key: str, width: int) -> str:
    """Left-bound and cut to its field, as banks ask for names that are longer (先頭から入る桁まで)."""
    written, strange = half_width(text)
    if strange:
        raise FactError(
            f"{key} の「{strange}」は銀行の半角カナで書けません。通帳の口座名義のとおりカナ・英大文字・数字で指定してください。"
        )
    if not written:
        raise FactError(f"{key} が空です。通帳の口座名義のとおり指定してください。")
    return f"{written[:width]:<{width}}"


def filled(record: str) -> str:
    return f"{record:<{RECORD}}"


def notes(payer: Payer, payments: Sequence[Payment], pay_on: date) -> list[str]:
    found = [
        f"payments[{n}].name_kana は{NAME}文字を超えるため先頭から{NAME}文字にしました。"
        for n, payment in enumerate(payments, 1)
        if len(half_width(payment.account.name_kana)[0]) > NAME
    ]
    if len(half_width(payer.account.name_kana)[0]) > PAYER_NAME:
        found.append(f"payer.name_kana は{PAYER_NAME}文字を超えるため先頭から{PAYER_NAME}文字にしました。")
    if is_bank_closed(pay_on):
        found.append(f"{in_words(pay_on)}は銀行の休業日です。振込指定日を銀行に確かめてください。")
    return found


def is_bank_closed(on: date) -> bool:
    return bool(why_closed(on)) and ((on.month, on.day) not in OPEN_AT_YEAR_END or on.weekday() >= 5)
