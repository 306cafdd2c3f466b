"""Money: the account it goes to, the month closed into statements, and the file banks take."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db import transaction
from django.urls import reverse

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record, record_all
from firms.models import Organisation, Person
from firms.post.notify import Tidings, notify_all
from firms.rules.calendar import add_months
from firms.words.amounts import yen_words
from firms.words.days import day_words
from firms.words.saying import said as _
from mentors.facts import freeze_statements
from mentors.models import BankAccount, Statement, StatementCarry, StatementLine
from mentors.queries.sessions import Owed, open_carries, owed, paid_before, unpaid_logs
from mentors.rules import FactError, Payer, Payment, TransferFile, Withholding, half_width, transfer_file, withholding

KANA = {"bank_kana": 15, "branch_kana": 15, "name_kana": 30}


@dataclass(frozen=True)
class Paid:
    """Fee and travel, before the tax."""

    fee_yen: int
    travel_yen: int


@transaction.atomic
def give_account(*, by: Acting, **facts: Any) -> BankAccount:
    """A マイスター's own; a further row, the newest counts."""
    refuse_strange_kana(facts)
    account = BankAccount.objects.create(person=by.person, **facts)
    record(account, "account.give", by=by)
    return account


@transaction.atomic
def give_payer_account(*, ward: Organisation, by: Acting, **facts: Any) -> BankAccount:
    """From where the ward pays, with the code its bank gave it."""
    refuse_strange_kana(facts)
    account = BankAccount.objects.create(ward=ward, **facts)
    record(account, "account.give", by=by, concerns=ward)
    return account


def refuse_strange_kana(facts: dict[str, Any]) -> None:
    for name in KANA:
        _written, strange = half_width(facts[name])
        if strange:
            raise Refused(
                _("「%(strange)s」は銀行の半角カナで書けません。通帳の口座名義のとおり、カナで入力してください。")
                % {"strange": strange},
                field=name,
            )


@transaction.atomic
def close_month(ward: Organisation, month: date, *, pay_on: date, by: Acting) -> list[Statement]:
    """A statement for everybody who is owed something or owes it, and has an account; the others wait for theirs."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=ward.pk)
    month = Statement.first_of(month)
    if by.today < add_months(month, 1):
        raise Refused(_("この月はまだ終わっていません。月が終わってから締めてください。"))
    if pay_on < by.today:
        raise Refused(_("振込日は、今日からの日にしてください。"), field="pay_on")
    logs = list(unpaid_logs(ward.pk, month=month).order_by("session__mentor", "session__starts_at"))
    before = paid_before(log.session_id for log in logs)
    payees = payees_of(ward, {log.session.mentor_id for log in logs}, month=month)
    due = [
        reckoned(payees[person.pk], rows, pay_on=pay_on)
        for person, theirs in groupby(logs, key=lambda log: log.session.mentor)
        if (rows := [owed(log, before=before) for log in theirs]) and person.pk in payees
    ]
    made = close_all(due, ward=ward, month=month, pay_on=pay_on, by=by)
    if not made:
        raise Refused(
            _("この月までに、新しく支払うものはありません。口座の届出がない方の分は、届出のあとで締められます。")
        )
    return made


@dataclass(frozen=True)
class Payee:
    """Where somebody's money goes, and what an earlier month could not take back from them."""

    account: BankAccount
    before: StatementCarry | None


def payees_of(ward: Organisation, people: set[int], *, month: date) -> dict[int, Payee]:
    """In three queries, those who have an account and were not paid for this month already."""
    accounts = {one.person_id: one for one in BankAccount.objects.filter(person__in=people).order_by("pk")}
    paid = Statement.objects.filter(mentor__in=people, ward=ward, month=month)
    paid_already = set(paid.order_by().values_list("mentor", flat=True))
    carries = open_carries(ward.pk).filter(statement__mentor__in=people).order_by("-pk")
    oldest = {one.statement.mentor_id: one for one in carries}
    return {
        key: Payee(account, oldest.get(key))
        for key, account in accounts.items()
        if key is not None and key not in paid_already
    }


@dataclass(frozen=True)
class Due:
    """What one マイスター is paid for a month: the rows, the sums after what was put over, and the tax.

    `short` is what could not be taken back and is put over again.
    """

    payee: Payee
    rows: list[Owed]
    paid: Paid
    short: Paid | None
    tax: Withholding

    @property
    def person(self) -> Person:
        return self.rows[0].log.session.mentor


def reckoned(payee: Payee, rows: list[Owed], *, pay_on: date) -> Due:
    """Who owes more than they earn is paid nothing, and the rest is put over."""
    before = payee.before
    fee = sum(row.fee_yen for row in rows) - (before.fee_yen if before else 0)
    travel = sum(row.travel_yen for row in rows) - (before.travel_yen if before else 0)
    is_short = fee + travel < 0
    paid = Paid(0, 0) if is_short else Paid(fee, travel)
    tax = withholding(fee_yen=paid.fee_yen, travel_yen=paid.travel_yen, travel_paid_to_carrier=False, paid_on=pay_on)
    return Due(payee, rows, paid, Paid(-fee, -travel) if is_short else None, tax)


def close_all(due: list[Due], *, ward: Organisation, month: date, pay_on: date, by: Acting) -> list[Statement]:
    """All of them at once, table by table: the ward is locked, and whose month is closed already was left out."""
    same = {"ward": ward, "month": month, "pay_on": pay_on, "closed_by": by.person}
    made = Statement.objects.bulk_create(statement_of(one, **same) for one in due)
    pairs = list(zip(due, made, strict=True))
    lines = StatementLine.objects.bulk_create(line_of(row, made) for one, made in pairs for row in one.rows)
    carries = StatementCarry.objects.bulk_create(carry for one, made in pairs for carry in carries_of(one, made))
    freeze_statements({made: one.tax.source for one, made in pairs}, lines, carries)
    record_all({one: {"amount_yen": one.paid_yen} for one in made}, "statement.close", by=by, concerns=ward)
    notify_all([letter_of(one) for one in made])
    return made


def statement_of(due: Due, **same: Any) -> Statement:
    told = {"withheld_yen": due.tax.withheld, "paid_yen": due.tax.paid, "because": due.tax.because}
    return Statement(mentor=due.person, account=due.payee.account, **same, **told, **asdict(due.paid))


def carries_of(due: Due, statement: Statement) -> list[StatementCarry]:
    taken = [take_over(due.payee.before, statement)] if due.payee.before else []
    return [*taken, put_over(statement, due.short)] if due.short else taken


def line_of(row: Owed, statement: Statement) -> StatementLine:
    told = {"fee_yen": row.fee_yen, "travel_yen": row.travel_yen, "because": row.because}
    return StatementLine(statement=statement, log=row.log, **told)


def take_over(before: StatementCarry, statement: Statement) -> StatementCarry:
    """What an earlier month could not take back is taken now."""
    because = _("%(month)sの明細から繰り越した%(yen)sの戻し") % {
        "month": month_words(before.statement.month),
        "yen": yen_words(before.fee_yen + before.travel_yen),
    }
    return StatementCarry(
        statement=statement, takes=before, fee_yen=-before.fee_yen, travel_yen=-before.travel_yen, because=because
    )


def put_over(statement: Statement, short: Paid) -> StatementCarry:
    yen = yen_words(short.fee_yen + short.travel_yen)
    because = _("戻しが支払いを%(yen)s上回るため、次の明細に繰り越します") % {"yen": yen}
    return StatementCarry(statement=statement, because=because, **asdict(short))


def month_words(month: date) -> str:
    return _("%(year)s年%(month)s月") % {"year": month.year, "month": month.month}


def letter_of(statement: Statement) -> Tidings:
    told = {
        "yen": yen_words(statement.paid_yen),
        "day": day_words(statement.pay_on),
        "month": month_words(statement.month),
    }
    if statement.paid_yen:
        subject = _("謝金のお支払い: %(yen)s（%(day)s）")
        body = _("%(day)sに%(yen)sを振り込みます。内訳は明細で確かめてください。")
    else:
        subject = _("謝金の明細: %(month)sの振込はありません")
        body = _("記録の訂正で戻しがあるため、この月の振込はありません。内訳は明細で確かめてください。")
    return Tidings(statement.mentor, subject % told, body % told, reverse("mentors:statements"))


def transfer_of(statements: Iterable[Statement], *, ward: Organisation, pay_on: date) -> TransferFile:
    """全銀: one payment a statement, to the account that stood when it was closed."""
    payer = BankAccount.objects.filter(ward=ward).first()
    if payer is None:
        raise Refused(_("区の振込元の口座が登録されていません。先に登録してください。"))
    payments = [Payment(one.account.as_fact, one.paid_yen) for one in statements if one.paid_yen]
    try:
        return transfer_file(Payer(payer.code, payer.as_fact), payments, pay_on=pay_on)
    except FactError as refused:
        raise Refused(str(refused)) from None


def bytes_of(file: TransferFile) -> bytes:
    """Lines of 120 bytes in the half-width letters of JIS, each ended as banks' programs read them."""
    return "".join(f"{record}\r\n" for record in file.records).encode("cp932")
