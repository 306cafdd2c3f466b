"""`mentors`: the register, a request, a log, the search over two thousand manuals, and the month of three hundred マイスター."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import batched, count

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.courses import acting_as
from bench.measures import Measure, milliseconds, percentile
from bench.pages import Act, Page, measure, signed_in
from demo.database import analyse, filled
from demo.logins import email_of
from firms.models import Organisation, Person
from firms.offline.conflicts import mark_of_facts
from firms.queries import today
from firms.rules.calendar import add_months
from mentors.actions.manuals.writing import MARK_LENGTH
from mentors.actions.sessions.paying import close_month
from mentors.crafts import groups, searchable
from mentors.models import (
    Application,
    BankAccount,
    Caption,
    Certification,
    ManualVersion,
    MentoringRequest,
    Session,
    SessionLog,
    SkillManual,
    Step,
    StepMark,
    TeachingTag,
)
from mentors.models.certifying.certifications import Standing
from mentors.models.sessions.logs import Method
from mentors.queries.sessions import facts_of
from mentors.states import ApplicationState, ManualState, SessionState
from mentors.teachings import FACETS, known

MANUALS, CAPTIONS, STEPS, MENTORS = 2_000, 30, 4, 300
AT_ONCE = 2_000
CLOSED_RUNS = 3
HOUR = timedelta(hours=1)
SENTENCES = (
    "{a}を{b}に当てて、ゆっくり送ります。",
    "ここで{a}の振れを確かめます。{n}ミリまで。",
    "{a}が終わったら、{b}を止めてから測ります。",
    "{n}回目の{a}です。音が変わったら止めます。",
    "{b}の前に、かならず{a}を点検します。",
)


def measured(scale: int, *, runs: int) -> Iterator[Measure]:
    with filled(1):
        fill(scale)
        for page in pages():
            yield measure(page, scale=scale, runs=runs)
        yield month_close(scale)


def fill(scale: int) -> None:
    with transaction.atomic():
        people = craftsmen(MENTORS * scale)
        held_sessions(people)
        manuals(MANUALS * scale)
    analyse()


# --- rows, written as they would stand ---


ACCOUNT = {
    "bank": "0009",
    "bank_kana": "トウト",
    "branch": "001",
    "branch_kana": "ホンテン",
    "account_kind": "ordinary",
}


def craftsmen(n: int) -> list[Person]:
    """Certified and in the public register, each with an account to be paid to."""
    ward, now = Organisation.objects.get(kind="ward"), timezone.now()
    people = Person.objects.bulk_create(
        Person(
            email=f"m{n}@bench.example",
            family_name=f"匠{n}",
            given_name="架空",
            family_kana="タクミ",
            given_kana="カクウ",
        )
        for n in range(n)
    )
    words = crafts()
    applications = Application.objects.bulk_create(
        Application(
            person=person,
            ward=ward,
            edition="2026",
            designation="meister",
            occupation="machining",
            qualification="grade_1",
            qualified_on=today() - timedelta(days=9_000),
            teaches=f"{words[number % len(words)]}と{words[number * 7 % len(words)]}",
            machines="汎用旋盤",
            area="東都区",
            languages="日本語",
            state=ApplicationState.CERTIFIED,
            submitted_at=now,
            decided_on=today(),
        )
        for number, person in enumerate(people)
    )
    held = Certification.objects.bulk_create(certification(one, number) for number, one in enumerate(applications))
    TeachingTag.objects.bulk_create(
        TeachingTag(certification=one, facet=facet, key=key)
        for number, one in enumerate(held)
        for facet, key in ticks(number)
    )
    BankAccount.objects.bulk_create(
        BankAccount(person=person, account=f"{number:07}", name_kana="タクミ カクウ", **ACCOUNT)
        for number, person in enumerate(people)
    )
    return people


def ticks(number: int) -> list[tuple[str, str]]:
    """Of each list some three, others for each craftsman."""
    lists = {facet: list(known(facet)) for facet in FACETS}
    return [(facet, keys[(number + 3 * n) % len(keys)]) for facet, keys in lists.items() for n in range(3)]


def certification(application: Application, number: int) -> Certification:
    made = Certification(
        application=application,
        person=application.person,
        ward=application.ward,
        designation=application.designation,
        occupation=application.occupation,
        number=f"B{number:06}",
        check_code=f"BENCH{number:06}",
        facts={
            "name": str(application.person),
            "kana": "タクミ",
            "teaches": application.teaches,
            "machines": "汎用旋盤",
            "area": "城南",
            "languages": "日本語",
        },
        certified_on=today() - timedelta(days=300),
        last_on=today() + timedelta(days=1_500),
        is_listed=True,
        best=application.teaches,
        base="13111",
    )
    made.search_text = made.words()
    return made


def held_sessions(people: list[Person]) -> None:
    """One each, in the month that is over, told and confirmed."""
    request = MentoringRequest.objects.filter(state="agreed").earliest("pk")
    start = timezone.now().replace(day=1, hour=10, minute=0) - timedelta(days=20)
    now = timezone.now()
    sessions = Session.objects.bulk_create(
        Session(
            request=request,
            mentor=person,
            number=1_000 + number,
            starts_at=start,
            ends_at=start + 2 * HOUR,
            topic="ねじ切り",
            state=SessionState.CONFIRMED,
            logged_on=start.date(),
        )
        for number, person in enumerate(people)
    )
    SessionLog.objects.bulk_create(
        SessionLog(
            session=one,
            number=1,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            teaching_minutes=120,
            topic=one.topic,
            method=Method.SHOW,
            safety="保護めがね",
            travel_yen=640,
            standing=Standing.VALID,
            written_by=one.mentor,
            typed_at=now,
            arrived_at=now,
        )
        for one in sessions
    )


def crafts() -> list[str]:
    return [group[0] for group in groups()]


def manuals(n: int) -> None:
    """Published and shared with the ward, their words as the product writes them."""
    firms = list(Organisation.objects.filter(kind="firm"))
    keeper, words, now = Person.objects.get(email=email_of("manager")), crafts(), timezone.now()
    rows = SkillManual.objects.bulk_create(
        SkillManual(
            firm=firms[number % len(firms)],
            keeper=keeper,
            title=f"{words[number % len(words)]}のこつ {number}",
            occupation="machining",
            visibility="ward",
            review_on=today() + timedelta(days=200),
        )
        for number in range(n)
    )
    for some in batched(enumerate(rows), AT_ONCE // CAPTIONS):
        versions = ManualVersion.objects.bulk_create(
            version_of(manual, said(number), keeper, published_at=now) for number, manual in some
        )
        steps_and_captions(versions, [number for number, _manual in some])


def said(number: int) -> list[str]:
    """So many sentences of a workshop, other ones in each manual."""
    words = crafts()
    picked = ((number * 31 + k * 17) % len(words) for k in range(CAPTIONS))
    return [
        SENTENCES[k % len(SENTENCES)].format(a=words[at], b=words[(at + number) % len(words)], n=k + 1)
        for k, at in enumerate(picked)
    ]


def version_of(manual: SkillManual, lines: list[str], keeper: Person, **facts: object) -> ManualVersion:
    search_text = searchable(" ".join([manual.title, *lines]))
    common = {"title": manual.title, "number": 1, "state": ManualState.PUBLISHED, "written_by": keeper}
    return ManualVersion(manual=manual, search_text=search_text, **common, **facts)


def steps_and_captions(versions: list[ManualVersion], numbers: list[int]) -> None:
    captions, steps = [], []
    for version, number in zip(versions, numbers, strict=True):
        lines = said(number)
        captions += [
            Caption(
                version=version,
                number=k,
                starts_ms=k * 4_000,
                ends_ms=k * 4_000 + 3_500,
                text=line,
                search_text=searchable(line),
            )
            for k, line in enumerate(lines, 1)
        ]
        for k in range(STEPS):
            mark = StepMark(manual=version.manual, code=f"{number:0{MARK_LENGTH - 1}}{k}")
            steps.append(
                Step(
                    version=version,
                    number=k + 1,
                    mark=mark,
                    title=lines[k],
                    at=k * 20,
                    search_text=searchable(lines[k]),
                )
            )
    StepMark.objects.bulk_create(step.mark for step in steps)
    for step in steps:
        step.mark_id = step.mark.pk
    Step.objects.bulk_create(steps)
    Caption.objects.bulk_create(captions, batch_size=AT_ONCE)


# --- pages ---


def pages() -> Iterator[Page]:
    visitor, manager, employee = Client(SERVER_NAME="127.0.0.1"), signed_in("manager"), signed_in("employee")
    register, manuals_url = reverse("mentors:register"), reverse("mentors:manuals")
    yield Page("register_search", lambda: visitor.get(register, {"q": "旋盤 ねじきり", "occupation": "machining"}))
    yield request_page(manager)
    yield log_page()
    for name, words in (
        ("manual_search", "きりこみ"),
        ("manual_search_two", "旋盤 振れ"),
        ("manual_search_none", "ろくろ"),
    ):
        yield Page(name, lambda words=words: employee.get(manuals_url, {"q": words}))  # type: ignore[misc]
    yield Page("manuals", lambda: employee.get(manuals_url))
    shown = ManualVersion.objects.filter(manual__title="汎用旋盤でおねじを切る", state=ManualState.PUBLISHED).get()
    yield Page("manual", lambda: employee.get(reverse("mentors:manual", args=[shown.manual_id])))


def request_page(manager: Client) -> Page:
    form = {
        "occupation": "machining",
        "need": "旋盤でねじを切れる人を育てたい",
        "machine": "汎用旋盤",
        "people": "2",
        "wanted_on": (today() + timedelta(days=60)).isoformat(),
        "prefecture": "東京都",
        "place": "東京都大田区架空七丁目7番7号",
        "contact_name": "現場 主任",
        "contact_email": "",
        "is_only_money": "on",
    }
    return Page("request", lambda: manager.post(reverse("mentors:request_new"), form), status=302)


def log_page() -> Page:
    """A session of its own each time: the same one again would be a correction."""
    mentor = Person.objects.get(email=email_of("mentor"))
    client, numbers = signed_in("mentor"), count(5_000)
    held: dict[str, Act] = {}
    request = MentoringRequest.objects.filter(state="agreed", certification__person=mentor).earliest("pk")
    learners = list(request.learners.all())
    start, seen = timezone.now() - timedelta(days=1, hours=2), mark_of_facts(facts_of(None, learners))

    def prepare() -> None:
        session = Session.objects.create(
            request=request,
            mentor=mentor,
            number=next(numbers),
            starts_at=start,
            ends_at=start + 2 * HOUR,
            topic="ねじ切り",
        )
        url = reverse("mentors:log", args=[session.pk])
        form: dict[str, object] = {"seen_facts": seen, "starts_at": "10:00", "ends_at": "12:00", "break_minutes": "0"}
        form |= {
            "topic": "ねじ切り",
            "method": "together",
            "safety": "保護めがね",
            "materials_yen": "0",
            "travel_yen": "640",
            "signs": "on",
        }
        for learner in learners:
            form |= {f"l{learner.pk}-is_there": "on", f"l{learner.pk}-before": "0", f"l{learner.pk}-after": "2"}
        held["save"] = lambda: client.post(url, form)

    return Page("log_save", lambda: held["save"](), status=302, before=prepare)


def month_close(scale: int) -> Measure:
    """All of them at once, written and taken back, so that it can be timed again."""
    officer = acting_as("officer")
    ward = officer.organisation
    assert ward
    month = add_months(today().replace(day=1), -1)

    def close() -> None:
        with transaction.atomic():
            made = close_month(ward, month, pay_on=today(), by=officer)
            if len(made) < MENTORS * scale:
                raise RuntimeError(f"Only {len(made)} statements were made.")
            transaction.set_rollback(True)

    with CaptureQueriesContext(connection) as queries:
        close()
    asked = len(queries)
    found = [milliseconds(close) for _run in range(CLOSED_RUNS)]
    name = f"month_close of {MENTORS * scale}"
    return Measure(name, "ms", percentile(found, 0.5), percentile(found, 0.95), len(found), asked, scale)
