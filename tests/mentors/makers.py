"""Rows of mentors/ that its tests need: a craftsman, an application ready to go, a certification."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.actions.signing import sign
from firms.models import ActionLink, Evidence, Job
from firms.offline.conflicts import mark_of_facts
from firms.post.tokens import hash_of, token_of
from firms.queries import acting_for
from mentors.actions.certifying.applying import add_proof, begin_application, submit_application
from mentors.actions.certifying.board import appoint
from mentors.actions.certifying.issuing import frozen_facts
from mentors.actions.certifying.recommending import ask_recommendation
from mentors.actions.certifying.reviewing import decide, put_to_board
from mentors.actions.requesting.asking import ask, name_learner
from mentors.actions.requesting.planning import Visit, agree_to_plan, propose_plan
from mentors.actions.sessions.logging import write_log
from mentors.models import Application, BoardMember, Certification, Session, TrainingProof
from mentors.queries.sessions import facts_of, host_request, newest_log, task_field, tasks_of
from tests.conftest import TODAY
from tests.factories import PersonFactory
from tests.firms.makers import PDF

CAREER = [
    {"kind": "practice", "place": "（架空）大森機械製作所", "first_on": date(2000, 4, 1), "last_on": date(2024, 3, 31)},
    {"kind": "instruction", "place": "社内の若手", "first_on": date(2010, 4, 1), "last_on": None},
]
FACTS = {
    "designation": "meister",
    "occupation": "machining",
    "qualification": "grade_1",
    "qualified_on": date(1999, 9, 1),
    "teaches": "汎用旋盤のねじ切りと段取り",
    "machines": "汎用旋盤",
    "dx_facts": "",
    "area": "大田区",
    "languages": "日本語",
    "employer": "",
    "is_willing": True,
    "consents": True,
}
BOARD = [("審査 一郎", "（架空）技能士会"), ("審査 二郎", "（架空）工業高校"), ("審査 三郎", "（架空）商工会")]


@dataclass(frozen=True)
class Craftsman:
    """Somebody who acts for nobody."""

    person: object

    def acting(self, today=TODAY):
        return acting_for(self.person, None, on=today)

    def client(self):
        client = Client()
        client.force_login(self.person)
        return client


def craftsman(name="匠", **fields):
    return Craftsman(PersonFactory(family_name=name, given_name="太郎", **fields))


def begin(who, ward, *, stretches=CAREER, **facts):
    return begin_application(ward=ward, by=who.acting(), stretches=stretches, **{**FACTS, **facts})


def prove(application, who, *, name="合格証書.pdf"):
    add_proof(application, SimpleUploadedFile(name, PDF + name.encode()), by=who.acting())
    Evidence.objects.filter(state="unchecked").update(state="clean", checked_at=application.created_at)


def path_of(link):
    """The address in the letter of a link."""
    nonce = Job.objects.get(kind="action_link", payload__link=link.pk).payload["nonce"]
    assert link.token_hash == hash_of(token_of(nonce))
    return reverse("firms:act", args=[token_of(nonce)])


def act(link, **given):
    """What the page behind a link answers, sent by the receiver unless `name` says otherwise."""
    return Client().post(path_of(link), {"name": link.for_name, "position": "", "use": link.uses, **given})


def recommend(application, who, **given):
    told = {"name": "推薦 花子", "party": "（架空）蒲田精密", "email": "recommender@example.jp"}
    link = ask_recommendation(application, by=who.acting(), **told)
    said = {"tie": "customer", "text": "誰よりも丁寧に教える方です。", "is_no_relative": "on"}
    return act(link, **{**said, **given})


def train(who, ward, *, on=TODAY):
    """Both trainings, completed elsewhere."""
    for training in ("teaching", "remote"):
        told = {"person": who.person, "ward": ward, "training": training}
        TrainingProof.objects.get_or_create(
            **told, defaults={"completed_on": on, "place": "（架空）技能協会", "recorded_by": who.person}
        )


def ready(who, ward, *, is_trained=True, **facts):
    """An application with everything it needs."""
    if is_trained:
        train(who, ward)
    application = begin(who, ward, **facts)
    prove(application, who)
    recommend(application, who)
    return application


def submitted(who, ward, **facts):
    application = ready(who, ward, **facts)
    submit_application(application, by=who.acting())
    return Application.objects.get(pk=application.pk)


def sit(officer, board=BOARD):
    for number, (name, party) in enumerate(board):
        appoint(
            ward=officer.organisation, name=name, party=party, email=f"board{number}@example.jp", by=officer.acting()
        )


def links_of(application):
    """ballot → the open link of it, in the order of the ballots."""
    return [
        ActionLink.objects.about(ballot).open().get()
        for ballot in application.ballots.filter(aside_because="", vote=None)
    ]


def vote_all(application, *choices):
    for link, choice in zip(links_of(application), choices, strict=False):
        assert act(link, choice=choice, reason="実演を見て判断した。").status_code == 302


def certified(who, officer, *, on=TODAY, **facts):
    """Through the product's own actions, to the certification."""
    application = submitted(who, officer.organisation, **facts)
    if not BoardMember.objects.exists():
        sit(officer)
    put_to_board(application, by=officer.acting())
    vote_all(application, "approve", "approve", "approve")
    made = decide(application, by=officer.acting(on))
    assert isinstance(made, Certification)
    return made


def asked(host, *, ward, learners=("若手 一郎", "若手 二郎"), **facts):
    """A request of a host (one of the cast), with its learners."""
    told = {
        "occupation": "machining",
        "need": "旋盤でねじを切れる人を育てたい",
        "machine": "汎用旋盤",
        "people": 2,
        "wanted_on": date(2027, 1, 12),
        "place": "東京都大田区架空一丁目1番1号",
        "contact_name": "現場 主任",
        "contact_email": "site@example.jp",
    }
    request = ask(host=host.organisation, ward=ward, by=host.acting(), **{**told, **facts})
    for name in learners:
        name_learner(request, name=name, age_band="20s", years=1, role="", by=host.acting())
    return request


def visit(day=date(2027, 1, 12), start="13:00", end="15:30", break_minutes=0, topic="ねじ切り"):
    return Visit(day, time.fromisoformat(start), time.fromisoformat(end), break_minutes, topic)


def agreed(host, held, *visits, **facts):
    """A request planned with the holder of a certification, and agreed on by both: its sessions."""
    request = asked(host, ward=held.ward, **facts)
    sessions = propose_plan(request, held, visits or [visit()], by=host.acting())
    agree_to_plan(request, by=Craftsman(held.person).acting())
    return [Session.objects.get(pk=one.pk) for one in sessions]


def telling(session, **given):
    """What the form of a log has cleaned, for everybody present the whole time."""
    told = {
        "starts_at": time(13, 0),
        "ends_at": time(15, 30),
        "break_minutes": 10,
        "topic": "ねじ切り",
        "method": "together",
        "briefing": ["stop", "wear"],
        "safety": "保護めがね、非常停止の位置",
        "materials": "",
        "materials_yen": 0,
        "travel_yen": 640,
        "is_travel_to_carrier": False,
        "incident": "",
        "comment": "",
        "because": "",
    }
    for learner in session.request.learners.all():
        told |= {f"l{learner.pk}-is_there": True, f"l{learner.pk}-minutes": None}
        told |= {f"l{learner.pk}-before": 0, f"l{learner.pk}-after": 2}
        told |= {
            task_field(learner.pk, task.key, when): 0 for task in tasks_of(session) for when in ("before", "after")
        }
    return told | given


def log(session, *, seen="", typed_at=None, **given):
    """Written by the マイスター now."""
    session = Session.objects.select_related("request", "mentor").get(pk=session.pk)
    now = timezone.now()
    by = Craftsman(session.mentor).acting(timezone.localdate())
    moments = {"typed_at": typed_at or now, "arrived_at": now}
    return write_log(session, telling(session, **given), seen=seen, by=by, **moments)


def seen_of(session):
    """What the page of the log shows of what stands."""
    return mark_of_facts(facts_of(newest_log(session), session.request.learners.all()))


def countersign(session, host):
    asked_for = host_request(session)
    sign(asked_for, seen=asked_for.version.sha256, by=host.acting(timezone.localdate()))


def certification_of(who, ward, *, on=TODAY, number="M2026-001-9999", years=5, **fields):
    """A row written straight, for what only needs one to be there."""
    state = {"state": "certified", "submitted_at": "2026-01-01T00:00+09:00", "decided_on": on}
    same = {name: fields.pop(name, FACTS[name]) for name in ("designation", "occupation")}
    application = Application.objects.create(person=who.person, ward=ward, edition="2026", **{**FACTS, **same}, **state)
    made = Certification(
        application=application,
        person=who.person,
        ward=ward,
        number=number,
        check_code=f"CODE{number}",
        facts=frozen_facts(application, source="要綱5条"),
        certified_on=on,
        last_on=fields.pop("last_on", on.replace(year=on.year + years) - timedelta(days=1)),
        **same,
        **fields,
    )
    made.search_text = made.words()
    made.save()
    return made
