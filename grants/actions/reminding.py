"""Who hears of a deadline, and when: two weeks, one week, three days and one day ahead, and daily once it is past."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from firms.models import Mandate, Person
from firms.models.letters import LetterKind
from firms.post.notify import notify
from firms.queries import leaders_of
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.models import Deadline, GrantCase, Reminder
from grants.models.deadlines import DeadlineQuerySet
from grants.queries.desk import colleagues, deputies_of, keepers_of

# Our own habit, not a rule of any scheme. The last two days are never the first that somebody hears.
AHEAD = (14, 7, 3, 1)
# The office is closed from the safe day to the last one, or the letter of the day before was missed.
LAST_DAY = 0
# Past its day a deadline is told daily so long; then it stands on the desk, and nobody reads a fifteenth letter.
DAILY_PAST = timedelta(days=14)


def step_of(row: Deadline, *, today: date) -> int | None:
    """The letter that is due today, of which the earlier ones need not have gone out: a missed night loses none."""
    past = (row.last_on - today).days
    if past < 0:
        return past if today - row.last_on <= DAILY_PAST else None
    left = (row.safe_on - today).days
    return min((ahead for ahead in AHEAD if left <= ahead), default=None) if left > 0 else LAST_DAY


def to_remind(*, today: date) -> DeadlineQuerySet:
    rows = Deadline.objects.due_by(today + timedelta(days=max(AHEAD))).filter(last_on__gte=today - DAILY_PAST)
    return rows.select_related(
        "case__establishment__organisation", "case__run__course", "case__conversion__person", "case__subscription"
    ).prefetch_related("reminders")


def is_told(row: Deadline, step: int) -> bool:
    """Of a row `to_remind`: this letter, or one that was nearer to the day."""
    return any(one.ahead <= step for one in row.reminders.all())


@transaction.atomic
def remind(row: Deadline, *, today: date) -> bool:
    """One letter a step to the firm's managers and its advisor; past the day to the whole office."""
    step = step_of(row, today=today)
    held = Deadline.objects.select_for_update(of=("self",)).filter(pk=row.pk).open()
    if step is None or not held.exists() or not Reminder.objects.get_or_create(deadline=row, ahead=step)[1]:
        return False
    for person in people_to_remind(row.case, on=today, also_colleagues=step < 0):
        notify(
            person,
            subject=_("%(what)sの期限：%(day)s（%(left)s）")
            % {"what": row.get_code_display(), "day": day_words(row.last_on), "left": left_words(row, today=today)},
            body=f"{row.case.establishment.organisation}\n{row.case.title}\n\n{advice(row, today=today)}{row.because}",
            path=reverse("grants:case", args=[row.case_id]),
            organisation=row.case.establishment.organisation,
            kind=LetterKind.DEADLINE,
            is_urgent=row.last_on <= today,
        )
    return True


def left_words(row: Deadline, *, today: date) -> str:
    days = (row.last_on - today).days
    if days < 0:
        return _("%(days)s日超過") % {"days": -days}
    return _("あと%(days)s日") % {"days": days} if days else _("本日まで")


def advice(row: Deadline, *, today: date) -> str:
    """The day to hold on to instead of the last one, and the day to post it; nothing once they are past."""
    said = []
    if today <= row.safe_on < row.last_on:
        said.append(
            _("期限の日は閉庁日にあたるため、%(day)sまでに届けると安全です。") % {"day": day_words(row.safe_on)}
        )
    if today <= row.post_on:
        said.append(_("郵送するときは、%(day)sまでに出してください。") % {"day": day_words(row.post_on)})
    return "".join(f"{one}\n" for one in said)


def people_to_remind(case: GrantCase, *, on: date, also_colleagues: bool = False) -> list[Person]:
    people = leaders_of(case.firm_id, on=on)
    for mandate in Mandate.objects.filter(firm=case.firm_id).in_force(on):
        if case.scope in mandate.scopes:
            people += workers_of(mandate, on=on)
            people += colleagues(mandate.office_id, on=on) if also_colleagues else []
    return list({person.pk: person for person in people}.values())


def workers_of(mandate: Mandate, *, on: date) -> list[Person]:
    """Who works for the firm, the 社会保険労務士 who answers for it, and whoever stands in for those away that day."""
    people = keepers_of(mandate, on=on) + advisors_of(mandate, on=on)
    return people + deputies_of(mandate.office_id, people, on=on)


def advisors_of(mandate: Mandate, *, on: date) -> list[Person]:
    """The advisor the mandate names; where they have left the office, whoever leads it."""
    leading = leaders_of(mandate.office_id, on=on)
    return [person for person in leading if person.pk == mandate.advisor_id] or leading
