"""マイスター of the demo: certified by the board, asked for, sessions logged and countersigned, and a month paid."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from demo.clock import as_of, weekday_from
from demo.logins import PASSWORD, email_of
from demo.world import World, read
from firms.acting import Acting
from firms.actions.evidence import check_evidence
from firms.actions.links import use_link
from firms.actions.signing import sign
from firms.models import ActionLink, Job, Membership, Person
from firms.post.jobs import claim
from firms.post.tokens import token_of
from firms.queries import acting_for
from firms.rules.calendar import add_months
from mentors.actions.certifying.applying import add_proof, begin_application, submit_application
from mentors.actions.certifying.board import appoint
from mentors.actions.certifying.describing import describe
from mentors.actions.certifying.issuing import suspend, unlist
from mentors.actions.certifying.recommending import ask_recommendation
from mentors.actions.certifying.reviewing import decide, put_to_board
from mentors.actions.certifying.training import record_training
from mentors.actions.requesting.asking import ask, name_learner
from mentors.actions.requesting.moving import ask_move
from mentors.actions.requesting.planning import Visit, agree_to_plan, propose_plan
from mentors.actions.sessions.logging import write_log
from mentors.actions.sessions.messages import write_message
from mentors.actions.sessions.paying import close_month, give_account, give_payer_account
from mentors.actions.sessions.photos import add_photo
from mentors.actions.sessions.remote import begin_call, check_connection, consent_to_recording, go_remote, remark
from mentors.models import Application, Certification, MentoringRequest, Session
from mentors.models.certifying.trainings import Training
from mentors.queries.sessions import host_request, task_field, tasks_of
from mentors.teachings import FACETS, METHOD

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
CERTIFIED_DAYS, ASKED_DAYS, AGREED_DAYS = -300, -90, -85
HELD = (-45, -31, -17, -2)
AHEAD = (12, 26)
TOPICS = ("センタ作業と外径削り", "ねじ切りバイトの研ぎ方", "ねじ切りの実際", "公差と測り方", "段取り替え", "総合課題")
WEDNESDAY = 2
PAY_AFTER_DAYS = 24
FEE_ACCOUNT = {
    "bank": "0009",
    "bank_kana": "トウト",
    "branch": "001",
    "branch_kana": "ホンテン",
    "account_kind": "ordinary",
}
VOTES = ("approve", "approve", "approve", "decline")


@dataclass(frozen=True)
class Craftsman:
    person: Person
    occupation: str
    qualification: str
    teaches: str
    machines: str
    area: str
    base: str
    methods: str
    end: str

    def acting(self, on: date) -> Acting:
        return acting_for(self.person, None, on=on)


def build(world: World) -> None:
    seeds = read("mentoring.toml")
    day = world.day(CERTIFIED_DAYS - 40)
    with as_of(day, "10:00"):
        by = world.acting("ward", "officer", on=day)
        for line in seeds["board"]:
            name, party, login = line.split("|")
            appoint(ward=world.organisations["ward"], name=name, party=party, email=email_of(login), by=by)
    name, kana, login = seeds["member"].split("|")
    retired(world, name, kana, login)
    people = [make_person(world, line) for line in seeds["people"]]
    for number, one in enumerate(people):
        certify(world, one, seeds["recommender"], day=world.day(CERTIFIED_DAYS + 3 * number))
    play_sessions(world, people[0], seeds["learners"])
    ask_more(world, people[0], seeds["learners"])


def make_person(world: World, line: str) -> Craftsman:
    """Once of a firm of the demo: that they are invented is known by it."""
    name, kana, login, *about = line.split("|")
    return Craftsman(retired(world, name, kana, login), *about)


def retired(world: World, name: str, kana: str, login: str) -> Person:
    family, given = name.split()
    family_kana, given_kana = kana.split()
    number = len(Person.objects.filter(email__startswith="craft"))
    person = Person.objects.create(
        email=email_of(login or f"craft{number}"),
        family_name=family,
        given_name=given,
        family_kana=family_kana,
        given_kana=given_kana,
        password=make_password(PASSWORD) if login else "!",
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Membership.objects.create(
        person=person,
        organisation=world.organisations["precision"],
        role="employee",
        started_on=world.day(-9000),
        ended_on=world.day(-700),
    )
    return person


def certify(world: World, one: Craftsman, recommender: str, *, day: date) -> None:
    """As far as the line says; who still waits has applied lately."""
    is_waiting = one.end in ("reviewing", "submitted")
    day = world.day(-12) if is_waiting else day
    application = apply(world, one, recommender, day=day)
    if one.end == "submitted":
        return
    day += timedelta(days=4)
    with as_of(day, "11:00"):
        by = world.acting("ward", "officer", on=day)
        put_to_board(application, by=by)
        links = ActionLink.objects.filter(purpose="mentors.vote").open().order_by("pk")
        for link, choice in zip(list(links), VOTES[: 2 if is_waiting else 4], strict=False):
            press(link, choice=choice, reason=REASONS[choice])
        if is_waiting:
            return
        for training in Training:
            since, place = day - timedelta(days=60), "（架空）東都職業能力開発協会"
            record_training(application, training=training, completed_on=since, place=place, by=by)
        held = decide(application, by=by)
    assert held
    finish(world, one, held)


REASONS = {
    "approve": "実演と職歴から、技能も教え方も十分と判断しました。",
    "decline": "技能は確かですが、指導の記録をもう少し見たいと思います。",
}


def finish(world: World, one: Craftsman, held: Certification) -> None:
    tell_in_register(one, held, day=world.day(-25))
    day = world.day(-20)
    with as_of(day, "15:00"):
        if one.end == "suspended":
            suspend(held, because="本人から療養の申出があったため", by=world.acting("ward", "officer", on=day))
        if one.end == "unlisted":
            unlist(held, by=one.acting(day))


def tell_in_register(one: Craftsman, held: Certification, *, day: date) -> None:
    tags = {facet: [each.key for each in held.tags.all() if each.facet == facet] for facet in FACETS}
    tags[METHOD] = one.methods.split()
    with as_of(day, "10:00"):
        describe(held, best=held.best, also=held.also, base=held.base, tags=tags, by=one.acting(day))


def apply(world: World, one: Craftsman, recommender: str, *, day: date) -> Application:
    name, party, login = recommender.split("|")
    with as_of(day, "09:30"):
        by = one.acting(day)
        application = begin(world, one, by=by, occupation=one.occupation, teaches=one.teaches)
        add_proof(application, SimpleUploadedFile("技能検定合格証書.pdf", PDF + one.occupation.encode()), by=by)
        check_waiting()
        press(
            ask_recommendation(application, name=name, party=party, email=email_of(login), by=by),
            tie="association",
            text="長年の仕事ぶりと、若い人への丁寧な教え方をよく知っています。",
        )
        submit_application(application, by=by)
    return application


def begin(world: World, one: Craftsman, *, by: Acting, occupation: str, teaches: str) -> Application:
    """Forty years of practice, twenty of teaching beside it."""
    first = world.today.year
    career: list[dict[str, Any]] = [
        {
            "kind": "practice",
            "place": "（架空）東都精密",
            "first_on": date(first - 40, 4, 1),
            "last_on": world.day(-700),
        },
        {"kind": "instruction", "place": "同社の新人", "first_on": date(first - 20, 4, 1), "last_on": world.day(-700)},
    ]
    return begin_application(
        ward=world.organisations["ward"],
        by=by,
        stretches=career,
        designation="meister",
        occupation=occupation,
        qualification=one.qualification,
        qualified_on=date(first - 41, 9, 1),
        teaches=teaches,
        machines=one.machines,
        dx_facts="",
        base=one.base,
        area=one.area,
        languages="日本語",
        employer="",
        is_willing=True,
        consents=True,
    )


def check_waiting() -> None:
    """What the worker would do a moment later."""
    for pk in Job.objects.filter(kind="check_evidence", state="waiting").values_list("pk", flat=True):
        if job := claim(pk):
            check_evidence(job)


def press(link: ActionLink, **given: Any) -> None:
    """The button of the page behind a link, by whom it was sent to."""
    nonce = Job.objects.get(kind="action_link", payload__link=link.pk).payload["nonce"]
    use_link(token_of(nonce), use=0, name=link.for_name, position="", given=given)


# --- sessions ---


def play_sessions(world: World, one: Craftsman, learners: list[str]) -> None:
    """Six visits to the machine shop: three told, the newest of them unconfirmed, one to tell, two ahead."""
    days = [weekday_from(world.day(offset), WEDNESDAY) for offset in HELD[:-1]]
    days += [world.day(HELD[-1]), *(weekday_from(world.day(offset), WEDNESDAY) for offset in AHEAD)]
    request = ask_for(world, "shop", learners, day=world.day(ASKED_DAYS), wanted_on=days[0])
    held = Certification.objects.get(person=one.person)
    visits = [Visit(day, time(13, 30), time(16), 10, topic) for day, topic in zip(days, TOPICS, strict=True)]
    asked, agreed = world.day(ASKED_DAYS + 1), world.day(AGREED_DAYS)
    with as_of(asked, "10:40"):
        sessions = propose_plan(request, held, visits, by=world.acting("shop", "manager", on=asked))
    with as_of(agreed, "19:10"):
        agree_to_plan(request, by=one.acting(agreed))
    hold_from_afar(world, one, sessions[1], agreed=agreed)
    for number, session in enumerate(sessions[:3]):
        tell(one, session)
        if number < 2:
            confirm(world, session)
    show(one, sessions[0], learners[0].partition("|")[0])
    pay(world, one, sessions[0])
    play_ahead(world, one, *sessions[-2:])


def hold_from_afar(world: World, one: Craftsman, session: Session, *, agreed: date) -> None:
    """Recorded with the consent of both, and with remarks at their seconds: what a manual can be made of."""
    with as_of(agreed, "19:20"):
        url = "https://meet.example.jp/takumi-demo-2"
        go_remote(session, meeting_url=url, is_dangerous=False, supervisor="", by=one.acting(agreed))
    day = session.on
    manager, master = world.acting("shop", "manager", on=day), one.acting(day)
    with as_of(day, "13:30"):
        check_connection(session, is_heard=True, is_seen=True, are_hands_seen=True, note="", by=manager)
        for side in (manager, master):
            consent_to_recording(session, by=side)
        begin_call(session, by=master)
    for clock, text in (
        ("13:31", "切込みは0.2ミリから。音を聞いて決めます"),
        ("13:32", "止めるときは、先に刃物を逃がします"),
    ):
        with as_of(day, clock):
            remark(session, text, by=master)


def show(one: Craftsman, session: Session, learner: str) -> None:
    """A drawing of the work stands for the photograph."""
    with as_of(session.on, "17:20"):
        upload = SimpleUploadedFile("手元.jpg", picture())
        add_photo(session, upload, caption="心押し台の合わせ方", people=[learner], by=one.acting(session.on))


def picture() -> bytes:
    from PIL import Image, ImageDraw

    drawn, made = Image.new("RGB", (640, 400), "#dfe6ee"), BytesIO()
    pen = ImageDraw.Draw(drawn)
    for box, colour in (
        ((40, 250, 600, 330), "#5b6b7c"),
        ((90, 150, 190, 250), "#8795a3"),
        ((190, 185, 460, 215), "#b08d3c"),
    ):
        pen.rectangle(box, fill=colour)
    drawn.save(made, "JPEG")
    return made.getvalue()


def play_ahead(world: World, one: Craftsman, first: Session, second: Session) -> None:
    """The firm asks to move the next visit, and the one after it will be held from afar."""
    day = world.day(-1)
    with as_of(day, "17:20"):
        manager = world.acting("shop", "manager", on=day)
        later = Visit(first.on + timedelta(days=1), time(13, 30), time(16), 10, first.topic)
        ask_move(first, later, because="旋盤の点検と重なるため", by=manager)
        write_message(first, "S45Cの丸棒は、こちらで用意しておきます。", by=manager)
        url = "https://meet.example.jp/takumi-demo"
        go_remote(second, meeting_url=url, is_dangerous=True, supervisor="雪谷 翔", by=one.acting(day))
        check_connection(second, is_heard=True, is_seen=True, are_hands_seen=True, note="", by=manager)


def ask_for(
    world: World, key: str, learners: list[str], *, day: date, wanted_on: date, **facts: Any
) -> MentoringRequest:
    place = world.establishments[key]
    told = {
        "occupation": "machining",
        "need": "汎用旋盤でねじを切れる人を、この冬までに育てたい",
        "machine": "汎用旋盤",
        "grade": "2",
        "people": len(learners),
        "prefecture": "東京都",
        "place": f"{place.address} {place.name}",
        "contact_name": world.first(key, "manager").person.full_name,
        "contact_email": "",
        **facts,
    }
    with as_of(day, "16:20"):
        by = world.acting(key, "manager", on=day)
        host, ward = world.organisations[key], world.organisations["ward"]
        request = ask(host=host, ward=ward, wanted_on=wanted_on, by=by, **told)
        for line in learners:
            name, band, years, role = line.split("|")
            name_learner(request, name=name, age_band=band, years=int(years), role=role, by=by)
    return request


def tell(one: Craftsman, session: Session) -> None:
    session = Session.objects.select_related("request").get(pk=session.pk)
    told: dict[str, Any] = {
        "starts_at": time(13, 30),
        "ends_at": time(16),
        "break_minutes": 10,
        "topic": session.topic,
        "method": "together",
        "briefing": ["stop", "wear", "ask", *(["no_gloves"] if session.request.occupation == "machining" else [])],
        "safety": "刃物台の戻し方を、止めた機械で見せてから",
        "materials": "S45C 丸棒",
        "materials_yen": 1_800,
        "travel_yen": 640,
        "is_travel_to_carrier": False,
        "incident": "",
        "comment": "前の回より手が止まらなくなりました。",
        "because": "",
    }
    for number, learner in enumerate(session.request.learners.all()):
        told |= {f"l{learner.pk}-is_there": True, f"l{learner.pk}-minutes": 60 if number == 2 else None}
        told |= {f"l{learner.pk}-before": 0, f"l{learner.pk}-after": 1 + (number == 0)}
        for at, task in enumerate(tasks_of(session)):
            told |= {task_field(learner.pk, task.key, "before"): int(at < 3)}
            told |= {task_field(learner.pk, task.key, "after"): (at < 7) + (at < 3 and number == 0)}
    with as_of(session.on, "17:05"):
        now = timezone.now()
        write_log(session, told, seen="", typed_at=now, arrived_at=now, by=one.acting(session.on))


def confirm(world: World, session: Session) -> None:
    day = session.on + timedelta(days=1)
    with as_of(day, "08:50"):
        asked = host_request(session)
        assert asked
        sign(asked, seen=asked.version.sha256, by=world.acting("shop", "manager", on=day))


def pay(world: World, one: Craftsman, first: Session) -> None:
    """The month of the first visit is over by now, and closed on the day after it."""
    opened, closed = world.day(AGREED_DAYS), add_months(first.on.replace(day=1), 1)
    officer = world.acting("ward", "officer", on=closed)
    with as_of(opened, "19:20"):
        name = f"{one.person.family_kana} {one.person.given_kana}"
        give_account(by=one.acting(opened), account="0000012", name_kana=name, **FEE_ACCOUNT)
    with as_of(closed, "09:40"):
        ward = world.organisations["ward"]
        payer = {**FEE_ACCOUNT, "account": "0000001", "name_kana": "トウトク", "code": "0000000123"}
        give_payer_account(ward=ward, by=officer, **payer)
        close_month(ward, first.on, pay_on=closed + timedelta(days=PAY_AFTER_DAYS), by=officer)


def ask_more(world: World, one: Craftsman, learners: list[str]) -> None:
    """Another firm waits for the answer of the same マイスター, the machine shop has asked for more, and he applies once more."""
    wanted = weekday_from(world.day(40), WEDNESDAY)
    waiting = ask_for(world, "precision", learners[:2], day=world.day(-3), wanted_on=wanted, machine="フライス盤")
    held, day = Certification.objects.get(person=one.person), world.day(-2)
    with as_of(day, "10:15"):
        visit = Visit(wanted, time(9, 30), time(11, 30), 0, "六面体の削り出し")
        propose_plan(waiting, held, [visit], by=world.acting("precision", "manager", on=day))
    ask_for(world, "shop", learners[2:], day=world.day(-1), wanted_on=wanted, need="フライス盤の基本を覚えさせたい")
    day = world.day(-1)
    with as_of(day, "20:30"):
        begin(world, one, by=one.acting(day), occupation="finishing", teaches="きさげと摺り合わせ")
