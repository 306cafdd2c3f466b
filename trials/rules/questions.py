"""Every question of the command: from a mapping of facts to a mapping of answers."""

from collections.abc import Callable

from firms.rules import reading
from firms.rules.answers import Answer, in_json, plain, put
from firms.rules.prefectures import prefecture
from firms.rules.reading import FactError, Facts
from trials.rules import host, outcome, starting, terms
from trials.rules.tables import current_law

LONGEST_MONTHS = 1200
LONGEST_DAYS = 3660
MOST_TIMES = 1000


def contract_term(facts: Facts) -> Answer:
    reading.only(facts, ("start", "end", "exception"))
    start, end = reading.days_in_order(facts, "start", "end")
    told = reading.required(facts, "exception")
    known = current_law().latest("dispatch", "contract.exceptions", start).names
    exception = None if told is None else reading.choice(facts, "exception", known)
    return in_json(terms.contract_term(start, end, exception=exception))


def last_day_of_months(facts: Facts) -> Answer:
    reading.only(facts, ("first_day", "months"))
    months = reading.whole(facts, "months", least=1, most=LONGEST_MONTHS)
    return in_json(terms.last_day_of_months(reading.day(facts, "first_day"), months))


def trial_limits(facts: Facts) -> Answer:
    reading.only(facts, ("legal_kind", "programme", "earlier_trials", "first_day", "planned_last_day"))
    first_day, planned = reading.days_in_order(facts, "first_day", "planned_last_day")
    programme = reading.as_facts(reading.required(facts, "programme"), "programme")
    within = "programme."
    reading.only(programme, ("months_per_trial", "trials_per_person"), within=within)
    found = terms.trial_limits(
        first_day,
        planned,
        legal_kind=reading.choice(facts, "legal_kind", terms.LEGAL_KINDS),
        months_per_trial=reading.whole(programme, "months_per_trial", within=within, least=1, most=LONGEST_MONTHS),
        trials_per_person=reading.whole(programme, "trials_per_person", within=within, least=1, most=MOST_TIMES),
        earlier_trials=reading.whole(facts, "earlier_trials", most=MOST_TIMES),
    )
    return in_json(found)


def former_employer_bar(facts: Facts) -> Answer:
    reading.only(facts, ("left_on", "start", "retired_over_60"))
    left_on, start = reading.days_in_order(facts, "left_on", "start")
    retired = reading.truth(facts, "retired_over_60")
    return in_json(starting.former_employer_bar(left_on, start, retired_over_60=retired))


def social_insurance(facts: Facts) -> Answer:
    reading.only(facts, ("start", "end", "may_be_renewed", "peers_renewed"))
    start, end = reading.days_in_order(facts, "start", "end")
    found = starting.social_insurance(
        start,
        end,
        may_be_renewed=reading.truth(facts, "may_be_renewed"),
        peers_renewed=reading.truth(facts, "peers_renewed"),
    )
    return in_json(found)


def intent_dates(facts: Facts) -> Answer:
    keys = ("opens_before", "due_before", "escalates_before")
    reading.only(facts, ("end", *keys))
    opens, due, escalates = (reading.whole_or_none(facts, key, most=LONGEST_DAYS) for key in keys)
    found = outcome.intent_dates(
        reading.day(facts, "end"), opens_before=opens, due_before=due, escalates_before=escalates
    )
    return in_json(found)


def retention_dates(facts: Facts) -> Answer:
    reading.only(facts, ("hired",))
    found = outcome.retention_dates(reading.day(facts, "hired"))
    days = {f"month_{months}": plain(on) for months, on in found.by_months}
    return days | {"because": found.because, "source": found.source}


def host_termination(facts: Facts) -> Answer:
    reading.only(facts, ("notice_on", "last_day"))
    return in_json(host.host_termination(*reading.days_in_order(facts, "notice_on", "last_day")))


def accident_report(facts: Facts) -> Answer:
    reading.only(facts, ("happened_on", "days_off", "commuting"))
    found = host.accident_report(
        reading.day(facts, "happened_on"),
        days_off=reading.whole(facts, "days_off", most=LONGEST_DAYS),
        commuting=reading.truth(facts, "commuting"),
    )
    return in_json(found)


def ledger_required(facts: Facts) -> Answer:
    keys = ("dispatched", "own_employees")
    reading.only(facts, keys)
    dispatched, own = (reading.whole(facts, key) for key in keys)
    return in_json(host.ledger_required(dispatched=dispatched, own_employees=own))


def minimum_wage(facts: Facts) -> Answer:
    reading.only(facts, ("prefecture", "on", "hourly_yen"))
    told = reading.required(facts, "prefecture")
    name = prefecture(told) if isinstance(told, str) else None
    if name is None:
        raise FactError(
            f"prefecture は東京都のような都道府県の名前で指定してください（「{reading.shown(told)}」は不明です）。"
        )
    yen = reading.whole(facts, "hourly_yen")
    return in_json(starting.minimum_wage(name, reading.day(facts, "on"), hourly_yen=yen))


def conversion_rate(facts: Facts) -> Answer:
    reading.only(facts, ("placements",))
    placements = enumerate(reading.items(facts, "placements"), 1)
    return in_json(outcome.conversion_rate(placed(value, n) for n, value in placements))


def placed(value: object, n: int) -> outcome.Placed:
    within = f"placements[{n}]."
    facts = reading.as_facts(value, f"placements[{n}]")
    keys = ("finished", "answered", "trial_end", "hired_permanently_on")
    reading.only(facts, keys, within=within)
    reading.required(facts, "hired_permanently_on", within=within)
    return outcome.Placed(
        finished=reading.truth(facts, "finished", within=within),
        answered=reading.truth(facts, "answered", within=within),
        trial_end=reading.day(facts, "trial_end", within=within),
        hired_permanently_on=reading.day_or_none(facts, "hired_permanently_on", within=within),
    )


def answer_due(facts: Facts) -> Answer:
    reading.only(facts, ("from", "working_days"))
    days = reading.whole(facts, "working_days", least=1, most=LONGEST_DAYS)
    return in_json(outcome.answer_due(reading.day(facts, "from"), working_days=days))


QUESTIONS: dict[str, Callable[[Facts], Answer]] = {
    f.__name__: f
    for f in (
        contract_term, last_day_of_months, trial_limits, former_employer_bar, social_insurance, intent_dates,
        retention_dates, host_termination, accident_report, ledger_required, minimum_wage, conversion_rate, answer_due,
    )
}  # fmt: skip


def answer(question: object, facts: object) -> Answer:
    return put(QUESTIONS, question, facts)
