"""Every question of the command: from a mapping of facts to a mapping of answers."""

from collections.abc import Callable
from datetime import date

from firms.rules import reading
from firms.rules.answers import Answer, in_json, plain, put
from firms.rules.reading import Facts
from mentors.rules import certifying, paying, transfer, visits

MINUTES_OF_DAY = 24 * 60
LONGEST_DAYS = 3660
LONGEST_MONTHS = 120
LONGEST_YEARS = 100
MOST_VISITS = 10_000
ACCOUNT = ("bank", "bank_kana", "branch", "branch_kana", "account_kind", "account", "name_kana")


def certification(facts: Facts) -> Answer:
    reading.only(facts, ("qualification", "qualified_on", "practice", "instruction", "willing", "on"))
    qualification = reading.choice(facts, "qualification", certifying.QUALIFICATIONS)
    nothing_yet = qualification == "none" and reading.required(facts, "qualified_on") is None
    career = certifying.Career(
        qualification=qualification,
        qualified_on=None if nothing_yet else reading.day(facts, "qualified_on"),
        practice=stretches(facts, "practice"),
        instruction=stretches(facts, "instruction"),
        willing=reading.truth(facts, "willing"),
    )
    return in_json(certifying.certification(career, reading.day(facts, "on")))


def stretches(facts: Facts, key: str) -> tuple[certifying.Stretch, ...]:
    return tuple(stretch(value, f"{key}[{n}]") for n, value in enumerate(reading.items(facts, key), 1))


def stretch(value: object, name: str) -> certifying.Stretch:
    facts, within = reading.as_facts(value, name), f"{name}."
    reading.only(facts, ("from", "to"), within=within)
    if reading.required(facts, "to", within=within) is None:
        return certifying.Stretch(reading.day(facts, "from", within=within), None)
    return certifying.Stretch(*reading.days_in_order(facts, "from", "to", within=within))


def visit_limit(facts: Facts) -> Answer:
    reading.only(facts, ("host", "done", "planned"))
    host = reading.choice(facts, "host", visits.HOSTS)
    done, planned = (reading.whole(facts, key, most=MOST_VISITS) for key in ("done", "planned"))
    return in_json(visits.visit_limit(host, done=done, planned=planned))


def session_length(facts: Facts) -> Answer:
    reading.only(facts, ("start", "end", "break_minutes"))
    start, end = (reading.minute_of_day(facts, key) for key in ("start", "end"))
    pauses = reading.whole(facts, "break_minutes", most=MINUTES_OF_DAY)
    return in_json(visits.session_length(start, end, break_minutes=pauses))


def plan_due(facts: Facts) -> Answer:
    reading.only(facts, ("lead", "first_visit"))
    lead = reading.as_facts(reading.required(facts, "lead"), "lead")
    reading.only(lead, ("days", "months"), within="lead.")
    days = reading.whole_or_none(lead, "days", within="lead.", least=1, most=LONGEST_DAYS)
    months = reading.whole_or_none(lead, "months", within="lead.", least=1, most=LONGEST_MONTHS)
    return in_json(visits.plan_due(reading.day(facts, "first_visit"), days=days, months=months))


def withholding(facts: Facts) -> Answer:
    reading.only(facts, ("fee_yen", "travel_yen", "travel_paid_to_carrier", "paid_on"))
    found = paying.withholding(
        fee_yen=reading.whole(facts, "fee_yen"),
        travel_yen=reading.whole(facts, "travel_yen"),
        travel_paid_to_carrier=reading.truth(facts, "travel_paid_to_carrier"),
        paid_on=reading.day_or_none(facts, "paid_on") or date.max,
    )
    return in_json(found)


def renewal_dates(facts: Facts) -> Answer:
    reading.only(facts, ("certified_on", "term_years"))
    years = reading.whole(facts, "term_years", least=1, most=LONGEST_YEARS)
    found = certifying.renewal_dates(reading.day(facts, "certified_on"), term_years=years)
    reminders = {f"remind_{months}": plain(on) for months, on in found.reminders}
    return {"last_day": plain(found.last_day)} | reminders | {"because": found.because, "source": found.source}


def transfer_file(facts: Facts) -> Answer:
    reading.only(facts, ("payer", "pay_on", "payments"))
    payer = reading.as_facts(reading.required(facts, "payer"), "payer")
    reading.only(payer, ("code", *ACCOUNT), within="payer.")
    code = reading.digits(payer, "code", width=transfer.CODE, within="payer.")
    payments = [payment(value, n) for n, value in enumerate(reading.items(facts, "payments"), 1)]
    pays = transfer.Payer(code, account(payer, "payer."))
    return in_json(transfer.transfer_file(pays, payments, pay_on=reading.day(facts, "pay_on")))


def payment(value: object, n: int) -> transfer.Payment:
    within = f"payments[{n}]."
    facts = reading.as_facts(value, f"payments[{n}]")
    reading.only(facts, (*ACCOUNT, "yen"), within=within)
    most = 10**transfer.YEN - 1
    return transfer.Payment(account(facts, within), reading.whole(facts, "yen", within=within, least=1, most=most))


def account(facts: Facts, within: str) -> transfer.Account:
    return transfer.Account(
        bank=reading.digits(facts, "bank", width=transfer.BANK, least=transfer.BANK, within=within),
        bank_kana=reading.word(facts, "bank_kana", within=within),
        branch=reading.digits(facts, "branch", width=transfer.BRANCH, least=transfer.BRANCH, within=within),
        branch_kana=reading.word(facts, "branch_kana", within=within),
        account_kind=reading.choice(facts, "account_kind", tuple(transfer.ACCOUNT_KINDS), within=within),
        account=reading.digits(facts, "account", width=transfer.ACCOUNT, within=within),
        name_kana=reading.word(facts, "name_kana", within=within),
    )


QUESTIONS: dict[str, Callable[[Facts], Answer]] = {
    f.__name__: f
    for f in (
        certification, visit_limit, session_length, plan_due, withholding, renewal_dates, transfer_file,
    )
}  # fmt: skip


def answer(question: object, facts: object) -> Answer:
    return put(QUESTIONS, question, facts)
