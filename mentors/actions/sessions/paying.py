"""Money: the account it goes to, the month closed into statements, and the file banks take."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Organisation, Person
from firms.post.notify import notify
from firms.rules.calendar import add_months
from firms.words.amounts import yen_words
from firms.words.days import day_words
from mentors.models import BankAccount, Statement, StatementLine
from mentors.queries.sessions import Owed, owed, paid_before, unpaid_logs
from mentors.rules import FactError, Payer, Payment, TransferFile, half_width, transfer_file, withholding

KANA = {"bank_kana": 15, "branch_kana": 15, "name_kana": 30}


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
    """A statement for everybody who is owed something and can be paid; what cannot be waits for the next month."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=ward.pk)
    month = Statement.first_of(month)
    if by.today < add_months(month, 1):
        raise Refused(_("この月はまだ終わっていません。月が終わってから締めてください。"))
    if pay_on < by.today:
        raise Refused(_("振込日は、今日からの日にしてください。"), field="pay_on")
    logs = list(unpaid_logs(ward.pk, month=month).order_by("session__mentor", "session__starts_at"))
    before = paid_before(log.session_id for log in logs)
    made = []
    for person, theirs in groupby(logs, key=lambda log: log.session.mentor):
        rows = [owed(log, before=before) for log in theirs]
        if statement := close_one(person, rows, ward=ward, month=month, pay_on=pay_on, by=by):
            made.append(statement)
    if not made:
        raise Refused(
            _("この月までに、新しく支払うものはありません。口座の届出がない方の分は、届出のあとで締められます。")
        )
    return made


def close_one(
    person: Person, rows: list[Owed], *, ward: Organisation, month: date, pay_on: date, by: Acting
) -> Statement | None:
    """None for who has no account, was paid for this month already, or owes more than is owed to them."""
    account = BankAccount.objects.filter(person=person).first()
    fee, travel = sum(row.fee_yen for row in rows), sum(row.travel_yen for row in rows)
    known = Statement.objects.filter(mentor=person, ward=ward, month=month).exists()
    if account is None or known or fee + travel <= 0 or fee < 0 or travel < 0:
        return None
    tax = withholding(fee_yen=fee, travel_yen=travel, travel_paid_to_carrier=False, paid_on=pay_on)
    statement = Statement.objects.create(
        mentor=person,
        ward=ward,
        month=month,
        pay_on=pay_on,
        account=account,
        fee_yen=fee,
        travel_yen=travel,
        withheld_yen=tax.withheld,
        paid_yen=tax.paid,
        because=tax.because,
        closed_by=by.person,
    )
    for row in rows:
        facts = {"fee_yen": row.fee_yen, "travel_yen": row.travel_yen, "because": row.because}
        StatementLine.objects.create(statement=statement, log=row.log, **facts)
    record(statement, "statement.close", by=by, concerns=ward, amount_yen=tax.paid)
    tell_paid(statement)
    return statement


def tell_paid(statement: Statement) -> None:
    told = {"yen": yen_words(statement.paid_yen), "day": day_words(statement.pay_on)}
    notify(
        statement.mentor,
        subject=_("謝金のお支払い: %(yen)s（%(day)s）") % told,
        body=_("%(day)sに%(yen)sを振り込みます。内訳は明細で確かめてください。") % told,
        path=reverse("mentors:statements"),
    )


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
