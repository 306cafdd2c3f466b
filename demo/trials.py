"""Trials in every state, each played there through the product's own actions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from demo.clock import as_of
from demo.logins import PASSWORD, email_of
from demo.trials_around import hire_directly, offer_learning, offer_visits, open_intakes, report_quarters, share_out
from demo.world import World, read
from firms.acting import Acting
from firms.actions.signing import sign
from firms.models import Person, SignatureRequest
from firms.queries import acting_for
from firms.rules.calendar import add_months
from grants.rules import fiscal_year
from trials.actions.agreement import starting, terms
from trials.actions.conversion import offers, retention
from trials.actions.matching import postings, proposals, rounds, seekers
from trials.actions.matching.learning import assign_learning
from trials.actions.outcome import ending, intent
from trials.consents import consents_on
from trials.learning import offered_on
from trials.models import Placement, Posting, Round
from trials.states import Party

OLD, NEW = "monozukuri", "ward"
OPENED = {OLD: -330, NEW: -110}
TRIAL_DAYS = 44
POSTED = -325
# How many days from the first day of a trial, or from its last, each step is taken.
STATES_AFTER = (
    "registered prepared matching terms_pending contracted ready active intent_open mutual_agreed offered converted "
    "retention_1 retention_3 retention_6 retained_6m closed"
).split()
REACHES = {
    "suspended": "active",
    "terminated": "active",
    "worker_declined": "intent_open",
    "host_declined": "intent_open",
    "left_early": "retention_1",
}


def build(world: World) -> None:
    """The ward's two rounds, the agency's licences, a posting at each host, and one person a state."""
    made = prepared_rounds(world)
    seeds = read("trials.toml")
    offer_learning(world, seeds["learning"])
    posted = {key: make_posting(world, key, seeds["posting"]) for key in ("shop", "precision", "large")}
    # The second one of the shop is still being written.
    by = world.acting("shop", "manager", on=world.today)
    write_posting(world, "shop", seeds["posting"], title="検査のトライアル", by=by)
    password = make_password(PASSWORD)
    for number, line in enumerate(seeds["people"], start=1):
        state, name, kana, host, first, login = line.split("|")
        first_day = world.day(int(first))
        where = made[OLD] if int(first) + OFFSETS["registered"] < OPENED[NEW] else made[NEW]
        person = make_person(world, name, kana, login or f"seeker{number:02d}", password if login else "!")
        play(TrialStory(world, where, person, posted.get(host), first_day, host), to=state)
    share_out(world)
    open_intakes(world, made[NEW])
    hire_directly(world)
    offer_visits(world)
    report_quarters(world, made[OLD])


def prepared_rounds(world: World) -> dict[str, Round]:
    made = {}
    for name, opened in OPENED.items():
        day = world.day(opened)
        with as_of(day, "09:30"):
            made[name] = rounds.open_round(
                programme_name=name,
                budget_year=fiscal_year(day),
                places=40,
                opens_on=day,
                closes_on=world.day(200),
                by=world.acting("ward", "officer", on=day),
            )
    for kind, number in (("dispatch", "派13-300099"), ("placement", "13-ユ-300099")):
        rounds.register_licence(
            world.organisations["agency"],
            kind=kind,
            number=number,
            valid_from=world.day(-600),
            valid_until=world.day(1200),
            by=world.acting("ward", "officer", on=world.day(-330)),
        )
    return made


def make_posting(world: World, key: str, told: dict[str, Any]) -> Posting:
    by = world.acting(key, "manager", on=world.day(POSTED))
    with as_of(world.day(POSTED), "11:00"):
        posting = write_posting(world, key, told, title="機械加工のトライアル", by=by)
        postings.open_posting(posting, by=by)
    return posting


def write_posting(world: World, key: str, told: dict[str, Any], *, title: str, by: Acting) -> Posting:
    place = world.establishments[key]
    return postings.write_posting(place, title=title, place=place.name, by=by, **told)


def make_person(world: World, name: str, kana: str, login: str, password: str) -> Person:
    (family, given), (family_kana, given_kana) = name.split(), kana.split()
    person = Person.objects.create(
        email=email_of(login),
        family_name=family,
        given_name=given,
        family_kana=family_kana,
        given_kana=given_kana,
        password=password,
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@dataclass
class TrialStory:
    world: World
    round: Round
    person: Person
    posting: Posting | None
    first: date
    host: str
    placement: Placement | None = None

    @property
    def last(self) -> date:
        return self.first + timedelta(days=TRIAL_DAYS)

    @property
    def hired(self) -> date:
        return self.last + timedelta(days=1)

    @property
    def trial(self) -> Placement:
        assert self.placement is not None
        return self.placement

    def adviser(self, on: date) -> Acting:
        return self.world.acting("agency", "coordinator", on=on)

    def manager(self, on: date) -> Acting:
        return self.world.acting(self.host, "manager", on=on)

    def worker(self, on: date) -> Acting:
        return acting_for(self.person, None, on=on)


def play(story: TrialStory, *, to: str) -> None:
    """Every step on the way, then what turns aside from it."""
    end = REACHES.get(to, to)
    for state in STATES_AFTER[: STATES_AFTER.index(end) + 1]:
        day = DAY_OF.get(state, days_from_first(state))(story)
        with as_of(day, "10:20"):
            STEPS[state](story, day)
    if turn := TURNS.get(to):
        day = turn.day(story)
        with as_of(day, "15:40"):
            turn.act(story, day)


def register(story: TrialStory, day: date) -> None:
    seeker = seekers.invite_seeker(
        story.round,
        email=story.person.email or "",
        by=story.adviser(day),
        family_name=story.person.family_name,
        given_name=story.person.given_name,
        born_on=date(day.year - 27, 6, 15),
        standing="not_regular",
        wished_field="machining",
        wished_area="大田区",
        most_weekly_hours=40,
        wishes="立ち仕事は問題ない。図面の読み方を学びたい。",
    )
    story.placement = seekers.join(seeker, story.person, agreed={text.key for text in consents_on(day)}, on=day)


def prepare(story: TrialStory, day: date) -> None:
    words = "働き方の希望を聞き、開始の前に学ぶことを決めた。"
    for _source, learning in offered_on(day)[:1]:
        assign_learning(story.trial, key=learning.key, by=story.adviser(day))
    proposals.prepare(story.trial, preparation=words, by=story.adviser(day))


def propose(story: TrialStory, day: date) -> None:
    assert story.posting is not None
    proposals.propose(story.trial, posting=story.posting, by=story.adviser(day))


def agree(story: TrialStory, day: date) -> None:
    proposals.agree(story.trial, side=Party.WORKER, by=story.worker(day))
    proposals.agree(story.trial, side=Party.HOST, by=story.manager(day))


def contract(story: TrialStory, day: date) -> None:
    assert story.posting is not None
    terms.notify_agency(story.trial, bar_on=story.world.day(700), pay=read("trials.toml")["pay"], by=story.manager(day))
    terms.draft(
        story.trial,
        starts_on=story.first,
        last_on=story.last,
        hourly_yen=story.posting.hourly_yen or 0,
        exception="",
        may_be_renewed=True,
        by=story.adviser(day),
    )
    sign_for(story, "host", story.manager(day))
    sign_for(story, "agency", story.adviser(day))


def sign_for(story: TrialStory, role: str, by: Acting) -> None:
    about = {"version__document__subject_type": "trials.placement", "version__document__subject_id": story.trial.pk}
    asked = SignatureRequest.objects.select_related("version").get(side__role=role, **about)
    sign(asked, seen=asked.version.sha256, by=by)


def acknowledge(story: TrialStory, day: date) -> None:
    sign_for(story, "worker", story.worker(day))


def start(story: TrialStory, day: date) -> None:
    starting.start(story.trial, safety_trained_on=day, by=story.manager(day))


def answer(story: TrialStory, day: date, *, worker: bool = True, host: bool = True) -> None:
    reason = "" if host else "図面を読む力が、いまの仕事には足りなかった。"
    intent.answer(story.trial, side=Party.HOST, is_yes=host, reason=reason, by=story.manager(day))
    words = "" if worker else "通勤に片道1時間半かかり、続けるのが難しい。"
    intent.answer(story.trial, side=Party.WORKER, is_yes=worker, words=words, by=story.worker(day))


def offer(story: TrialStory, day: date) -> None:
    assert story.posting is not None
    offers.offer(
        story.trial,
        hire_on=story.hired,
        work=story.posting.planned_work,
        pay=story.posting.planned_pay,
        is_without_term=True,
        probation_months=0,
        difference_reason="",
        pattern=story.posting.establishment.working_patterns.first(),
        by=story.manager(day),
    )


def hire(story: TrialStory, day: date) -> None:
    offers.accept(story.trial, by=story.worker(day))


def ask(story: TrialStory, day: date, *, before: bool = True) -> None:
    """What was asked before has been answered by both."""
    if before:
        still_here(story, day)
    retention.advance(story.trial, on=day)


def still_here(story: TrialStory, day: date) -> None:
    for side, by in ((Party.WORKER, story.worker(day)), (Party.HOST, story.manager(day))):
        retention.answer_check(story.trial, side=side, is_employed=True, left_on=None, left_because="", by=by)


def close(story: TrialStory, day: date) -> None:
    ending.close(story.trial, by=story.adviser(day))


STEPS: dict[str, Callable[[TrialStory, date], None]] = {
    "registered": register,
    "prepared": prepare,
    "matching": propose,
    "terms_pending": agree,
    "contracted": contract,
    "ready": acknowledge,
    "active": start,
    "intent_open": lambda story, day: intent.open_intent(story.trial, on=day),
    "mutual_agreed": answer,
    "offered": offer,
    "converted": hire,
    "retention_1": partial(ask, before=False),
    "retention_3": ask,
    "retention_6": ask,
    "retained_6m": still_here,
    "closed": close,
}
OFFSETS = {
    "registered": -30,
    "prepared": -25,
    "matching": -20,
    "terms_pending": -18,
    "contracted": -10,
    "ready": -8,
    "active": 0,
    "intent_open": TRIAL_DAYS - 21,
    "mutual_agreed": TRIAL_DAYS - 18,
    "offered": TRIAL_DAYS - 10,
    "converted": TRIAL_DAYS + 1,
}
# Days that are counted from the hire.
DAY_OF: dict[str, Callable[[TrialStory], date]] = {
    "retention_1": lambda story: add_months(story.hired, 1),
    "retention_3": lambda story: add_months(story.hired, 3),
    "retention_6": lambda story: add_months(story.hired, 6),
    "retained_6m": lambda story: add_months(story.hired, 6) + timedelta(days=2),
    "closed": lambda story: add_months(story.hired, 6) + timedelta(days=5),
}


def days_from_first(state: str) -> Callable[[TrialStory], date]:
    return lambda story: story.first + timedelta(days=OFFSETS[state])


@dataclass(frozen=True)
class Turn:
    """What turns aside from the way to the next state, and on which day."""

    day: Callable[[TrialStory], date]
    act: Callable[[TrialStory, date], None]


def end_by_worker(story: TrialStory, day: date) -> None:
    words = "体調に合わず、続けられないため"
    ending.end_early(story.trial, side=Party.WORKER, noticed_on=day, ended_on=day, reason=words, by=story.worker(day))


def leave(story: TrialStory, day: date) -> None:
    left: dict[str, Any] = {"left_on": story.hired + timedelta(days=20), "left_because": "voluntary"}
    retention.answer_check(story.trial, side=Party.HOST, is_employed=False, by=story.manager(day), **left)
    retention.record_left(story.trial, by=story.adviser(day), **left)


TURNS = {
    "suspended": Turn(
        lambda story: story.first + timedelta(days=12),
        lambda story, day: starting.suspend(story.trial, since=day, by=story.adviser(day)),
    ),
    "terminated": Turn(lambda story: story.first + timedelta(days=15), end_by_worker),
    # One side has answered: nobody but that side can read it yet.
    "intent_open": Turn(
        lambda story: story.last - timedelta(days=18),
        lambda story, day: intent.answer(story.trial, side=Party.HOST, is_yes=True, by=story.manager(day)),
    ),
    "worker_declined": Turn(lambda story: story.last - timedelta(days=18), partial(answer, worker=False)),
    "host_declined": Turn(lambda story: story.last - timedelta(days=18), partial(answer, host=False)),
    "left_early": Turn(lambda story: add_months(story.hired, 1) + timedelta(days=3), leave),
}
