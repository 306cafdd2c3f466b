"""How far a payment may lie from the training it is said to be for, in days and in yen."""

from datetime import date, timedelta

from courses.terms import owed_for
from firms.errors import Refused
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.actions.deadlines import first_day, first_lesson_at
from grants.facts import enrolments_of, filed_plan
from grants.facts.money import costs_of
from grants.models import GrantCase

# Our own habit, not a rule of any scheme: nobody pays for a training more than a year before it begins.
LONGEST_AHEAD = timedelta(days=365)


def refuse_far(case: GrantCase, paid_on: date) -> None:
    starts_on = first_day(case.run, first_lesson_at(case))
    if starts_on and paid_on < starts_on - LONGEST_AHEAD:
        raise Refused(
            _(
                "訓練は %(start)s に始まります。その1年より前の %(day)s の支払は記録できません。支払日を確かめてください。"
            )
            % {"start": day_words(starts_on), "day": day_words(paid_on)},
            field="paid_on",
        )


def refuse_overpaid(case: GrantCase, amount_yen: int) -> None:
    """What was asked for fee and textbook, of all who take part or stood in the filed plan."""
    owed = most_owed(case)
    total = amount_yen + sum(cost.amount_yen for cost in costs_of(case))
    if total > owed:
        raise Refused(
            _(
                "記録済みの支払と合わせて %(total)s円になり、受講料と教材費の合計 %(owed)s円を超えます。"
                "振込手数料やほかの支払を除いた金額か、二重に記録していないかを確かめてください。"
            )
            % {"total": f"{total:,}", "owed": f"{owed:,}"},
            field="amount_yen",
        )


def most_owed(case: GrantCase) -> int:
    """What each person applied under; who stood in the filed plan and left may have been asked for it too."""
    plan = filed_plan(case)
    taking_part = enrolments_of(case.run, case.establishment)
    gone = max(0, len(plan.lifted["workers"]) - len(taking_part)) if plan else 0
    return owed_for(one.terms for one in taking_part) + gone * case.run.price_yen
