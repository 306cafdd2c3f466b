"""A placement played on by the product's own actions, from state to state."""

from dataclasses import dataclass
from datetime import date, timedelta

import time_machine
from django.test import Client

from firms.actions.signing import sign
from firms.models import Person, SignatureRequest
from firms.queries import acting_for
from tests.conftest import TODAY, Cast
from tests.factories import at
from trials.actions.agreement import starting, terms
from trials.actions.conversion import offers, retention
from trials.actions.matching import proposals
from trials.actions.matching.seekers import invite_seeker, join
from trials.actions.outcome import ending, intent
from trials.consents import consents_on
from trials.models import Placement
from trials.states import Party
from trials.tasks import sweep_trials

FIRST, LAST = date(2026, 12, 1), date(2027, 1, 31)
PAY = {
    "kind": "agreement",
    "training": "旋盤の操作の研修 8時間",
    "facilities": "休憩室・更衣室を利用できる。給食施設はない。",
    **dict.fromkeys(("comparator", "chosen_because", "pay", "purpose", "considered"), ""),
}
SAFE = {"exception": "", "may_be_renewed": False}


def joined(round, adviser, person, *, on, without=(), **typed):
    given = {"family_name": "志望", "given_name": "歩", "born_on": date(1998, 5, 1), "standing": "not_working"}
    seeker = invite_seeker(round, email=person.email, by=adviser.acting(on), **{**given, **typed})
    agreed = {text.key for text in consents_on(on)} - set(without)
    return join(seeker, person, agreed=agreed, on=on)


@dataclass(frozen=True)
class Alone:
    """Somebody who acts for nobody."""

    person: Person

    def acting(self, today=TODAY):
        return acting_for(self.person, None, on=today)

    def client(self):
        client = Client()
        client.force_login(self.person)
        return client


class Trial:
    def __init__(self, placement: Placement, adviser: Cast, manager: Cast, posting) -> None:
        self.placement, self.adviser, self.manager, self.posting = placement, adviser, manager, posting
        self.trialist = Alone(placement.person)

    @property
    def state(self):
        return Placement.objects.get(pk=self.placement.pk).state

    @property
    def now(self):
        return Placement.objects.with_sides().get(pk=self.placement.pk)

    def prepared(self):
        proposals.prepare(self.placement, preparation="安全の基礎を割り当てた", by=self.adviser.acting())
        return self

    def matching(self):
        self.prepared()
        proposals.propose(self.placement, posting=self.posting, by=self.adviser.acting())
        return self

    def terms_pending(self):
        self.matching()
        proposals.agree(self.placement, side=Party.WORKER, by=self.trialist.acting())
        proposals.agree(self.placement, side=Party.HOST, by=self.manager.acting())
        return self

    def drafted(self, first=FIRST, last=LAST, **given):
        self.terms_pending()
        terms.notify_agency(self.placement, bar_on=date(2028, 4, 1), pay=PAY, by=self.manager.acting())
        given = {"starts_on": first, "last_on": last, "hourly_yen": 1_400, **SAFE, **given}
        terms.draft(self.placement, by=self.adviser.acting(), **given)
        return self

    def sign(self, *roles, on=TODAY):
        hands = {"host": self.manager, "agency": self.adviser, "worker": self.trialist}
        for role in roles:
            asked = SignatureRequest.objects.filter(
                version__document__subject_type="trials.placement",
                version__document__subject_id=self.placement.pk,
                side__role=role,
            ).latest("version__number")
            sign(asked, seen=asked.version.sha256, by=hands[role].acting(on))
        return self

    def contracted(self, **given):
        return self.drafted(**given).sign("host", "agency")

    def ready(self, **given):
        return self.contracted(**given).sign("worker")

    def active(self, **given):
        self.ready(**given)
        with time_machine.travel(at(FIRST, "08:30"), tick=True):
            starting.start(self.placement, safety_trained_on=FIRST, by=self.manager.acting(FIRST))
        return self

    def intent_open(self):
        self.active()
        self.sweep(LAST - timedelta(days=21))
        return self

    def answered(self, *, worker=True, host=True):
        self.intent_open()
        day = LAST - timedelta(days=15)
        intent.answer(
            self.placement, side=Party.WORKER, is_yes=worker, words="通勤が遠い", by=self.trialist.acting(day)
        )
        reason = "" if host else "図面を読む経験が足りない"
        intent.answer(self.placement, side=Party.HOST, is_yes=host, reason=reason, by=self.manager.acting(day))
        return self

    def offered(self, **given):
        self.answered()
        plain = {
            "hire_on": date(2027, 2, 1),
            "work": self.posting.planned_work,
            "pay": self.posting.planned_pay,
            "is_without_term": True,
            "probation_months": 0,
            "difference_reason": "",
            "pattern": None,
        }
        offers.offer(self.placement, by=self.manager.acting(LAST - timedelta(days=10)), **{**plain, **given})
        return self

    def converted(self):
        self.offered()
        with time_machine.travel(at(LAST, "10:00"), tick=True):
            offers.accept(self.placement, by=self.trialist.acting(LAST))
        self.sweep(date(2027, 2, 1))
        return self

    def retention_6(self):
        self.converted()
        for day in (date(2027, 3, 1), date(2027, 5, 1)):
            self.sweep(day)
            self.still_here(day)
        self.sweep(date(2027, 8, 1))
        return self

    def still_here(self, day):
        for side, hand in ((Party.WORKER, self.trialist), (Party.HOST, self.manager)):
            retention.answer_check(
                self.placement, side=side, is_employed=True, left_on=None, left_because="", by=hand.acting(day)
            )

    def terminated(self):
        self.active()
        day = date(2026, 12, 2)
        ending.end_early(
            self.placement,
            side=Party.WORKER,
            noticed_on=day,
            ended_on=day,
            reason="体力に合わない",
            by=self.trialist.acting(day),
        )
        return self

    def sweep(self, day):
        with time_machine.travel(at(day, "06:00"), tick=True):
            sweep_trials(on=day)
