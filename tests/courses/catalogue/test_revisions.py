"""A change of a listed course: asked for, shown as a difference, accepted, returned or taken back."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from courses import frameworks, policies
from courses.actions.catalogue.courses import edit_course, withdraw_course
from courses.actions.catalogue.revisions import accept_revision, propose_revision, return_revision, take_back_revision
from courses.models import Course, CourseRevision
from courses.queries.catalogue.differences import fingerprint, lines_of
from courses.states import CourseState, RevisionState
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from firms.words.differences import Piece, difference
from tests.conftest import cast
from tests.courses.catalogue.test_offering import FACTS
from tests.courses.test_models import breaks
from tests.factories import CourseFactory, OrganisationFactory


@pytest.fixture
def listed(college):
    course = CourseFactory(college=college, title="現場IoT", summary="センサで設備の稼働を見る")
    course.search_text = course.words()
    course.save()
    return course


@pytest.fixture
def asked(listed, coordinator):
    """The college wants another summary and a higher fee."""
    return propose_revision(
        listed, {"summary": "振動センサで設備の停止を見る", "fee_yen": 25_000}, by=coordinator.acting()
    )


def seen(revision):
    return fingerprint(lines_of(revision))


# --- asking ---


def test_a_revision_keeps_old_and_new_in_words_and_leaves_the_course(asked, listed, officer):
    listed.refresh_from_db()

    assert asked.changes == {
        "summary": ["センサで設備の稼働を見る", "振動センサで設備の停止を見る", "振動センサで設備の停止を見る"],
        "fee_yen": ["22,000円", "25,000円", 25_000],
    }
    assert (listed.summary, listed.fee_yen) == ("センサで設備の稼働を見る", 22_000)


def test_officers_are_told_what_waits(officer, asked):
    told = Notification.objects.get()

    assert (told.person, told.path) == (officer.person, reverse("courses:revision", args=[asked.pk]))
    assert told.subject == "講座「現場IoT」の変更が申請されました"


def test_asking_for_the_same_twice_is_asking_once(asked, listed, coordinator):
    facts = {"summary": "振動センサで設備の停止を見る", "fee_yen": 25_000}

    again = propose_revision(listed, facts, by=coordinator.acting())

    assert (again, CourseRevision.objects.count()) == (asked, 1)


def test_a_second_change_waits_until_the_first_is_decided(asked, listed, coordinator):
    with pytest.raises(Refused, match="取り下げてから、もう一度申請してください"):
        propose_revision(listed, {"seats": 20}, by=coordinator.acting())


def test_nothing_changed_is_nothing_to_ask(listed, coordinator):
    with pytest.raises(Refused, match="変わったところがありません"):
        propose_revision(listed, {"seats": listed.seats}, by=coordinator.acting())


def test_only_a_listed_course_is_revised(college, coordinator):
    draft = CourseFactory(college=college, state=CourseState.DRAFT, listed_on=None)

    with pytest.raises(Refused, match="掲載中の講座ではなくなりました"):
        propose_revision(draft, {"seats": 20}, by=coordinator.acting())


def test_the_form_asks_for_what_was_changed_in_it_alone(coordinator, college):
    course = CourseFactory(college=college, **FACTS | {"goals": "稼働を記録\n表にする"})
    item = frameworks.current()[0].items[0]
    form = FACTS | {"goals": "稼働を記録\r\n表にする", "seats": 15, "needs_word": "on", "skills": [item.key]}

    answer = coordinator.client().post(
        reverse("courses:course_revise", args=[course.pk]), form | {"has_printable_history": "on"}
    )

    revision = CourseRevision.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("courses:revision", args=[revision.pk]))
    assert revision.changes == {
        "seats": ["12人", "15人", 15],
        "needs_word": ["いいえ", "はい", True],
        "skills": ["", item.label, [item.key]],
    }


# --- the difference ---


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("同じ文", "同じ文", [("same", "同じ文")]),
        ("総時間の80%", "総時間の90%", [("same", "総時間の"), ("gone", "80"), ("new", "90"), ("same", "%")]),
        ("センサを学ぶ", "振動センサを学ぶ", [("new", "振動"), ("same", "センサを学ぶ")]),
        ("1回\n2回", "1回", [("same", "1回"), ("gone", "\n2回")]),
        ("", "新しい", [("new", "新しい")]),
    ],
    ids=["same", "number", "word", "line", "from nothing"],
)
def test_difference_marks_words(old, new, pieces):
    assert difference(old, new) == [Piece(kind, text) for kind, text in pieces]


def test_difference_of_long_texts_goes_by_lines():
    lines = [f"{n}行目の文です。\n" for n in range(2_000)]

    pieces = difference("".join(lines), "".join(lines[:-1]))

    assert pieces == [Piece("same", "".join(lines[:-1])), Piece("gone", lines[-1])]


def test_the_page_marks_the_difference_for_eyes_and_ears(officer, asked):
    page = officer.client().get(reverse("courses:revision", args=[asked.pk])).content.decode()

    assert '<ins><span class="sr-only">［加わる:</span>振動<span class="sr-only">］</span></ins>センサで設備の' in page
    assert '<del><span class="sr-only">［消える:</span>稼働<span class="sr-only">］</span></del>' in page


def test_what_a_college_writes_stays_text(officer, listed, coordinator):
    revision = propose_revision(listed, {"goals": "<script>alert(1)</script>"}, by=coordinator.acting())

    page = officer.client().get(reverse("courses:revision", args=[revision.pk])).content.decode()

    assert "<script>alert" not in page


# --- deciding ---


def test_accepting_changes_the_course_and_what_it_is_found_by(asked, listed, officer, coordinator):
    answer = officer.client().post(reverse("courses:revision_accept", args=[asked.pk]), {"seen": seen(asked)})

    listed.refresh_from_db()
    asked.refresh_from_db()
    edited = JournalEntry.objects.about(listed).get(verb="course.edit")
    assert answer.status_code == 302
    assert (listed.summary, listed.fee_yen, listed.state) == ("振動センサで設備の停止を見る", 25_000, "listed")
    assert list(Course.objects.matching("振動 停止")) == [listed]
    assert (asked.state, asked.decided_by) == (RevisionState.ACCEPTED, officer.person)
    assert edited.details["changes"]["fee_yen"] == ["22,000円", "25,000円"]
    assert Notification.objects.get(person=coordinator.person).subject == "講座「現場IoT」の変更が反映されました"


def test_every_kind_of_fact_comes_through_a_revision(listed, coordinator, officer):
    item = frameworks.current()[0].items[0].key
    facts = {"hours": "7.5", "has_captions": True, "level": "advanced", "tax_percent": 0, "skills": [item]}
    form_facts = facts | {"hours": Course._meta.get_field("hours").to_python("7.5")}
    revision = propose_revision(listed, form_facts, by=coordinator.acting())

    accept_revision(revision, seen=seen(revision), by=officer.acting())

    listed.refresh_from_db()
    kept = {name: getattr(listed, name) for name in facts if name != "skills"}
    assert kept == {"hours": form_facts["hours"], "has_captions": True, "level": "advanced", "tax_percent": 0}
    assert [skill.item for skill in listed.skills.all()] == [item]


def test_accepting_twice_is_accepting_once(asked, officer):
    word = seen(asked)

    for _ in range(2):
        accept_revision(asked, seen=word, by=officer.acting())

    assert JournalEntry.objects.about(asked).filter(verb="revision.accept").count() == 1


def test_a_course_that_changed_meanwhile_shows_it(asked, listed, officer):
    edit_course(listed, {"summary": "カメラで設備の稼働を見る"}, by=officer.acting())

    page = officer.client().get(reverse("courses:revision", args=[asked.pk]))

    moved = {line.name: (line.then, line.now) for line in page.context["lines"] if line.has_moved}
    assert moved == {"summary": ("センサで設備の稼働を見る", "カメラで設備の稼働を見る")}
    assert "申請のあとで、講座の内容が変わっています" in page.content.decode()


def test_a_difference_nobody_saw_is_not_accepted(asked, listed, officer):
    word = seen(asked)
    edit_course(listed, {"summary": "カメラで設備の稼働を見る"}, by=officer.acting())

    with pytest.raises(Refused, match="この画面を開いたあとに、講座の内容が変わりました"):
        accept_revision(asked, seen=word, by=officer.acting())

    listed.refresh_from_db()
    assert (listed.summary, listed.fee_yen) == ("カメラで設備の稼働を見る", 22_000)


def test_a_title_taken_meanwhile_is_refused_with_a_sentence(listed, college, coordinator, officer):
    revision = propose_revision(listed, {"title": "溶接"}, by=coordinator.acting())
    CourseFactory(college=college, title="溶接")

    with pytest.raises(Refused, match="同じ名前の講座があります"):
        accept_revision(revision, seen=seen(revision), by=officer.acting())

    revision.refresh_from_db()
    assert revision.state == RevisionState.OPEN


def test_a_returned_change_comes_back_with_its_reason_and_its_words(asked, officer, coordinator, listed):
    officer.client().post(
        reverse("courses:revision_return", args=[asked.pk]), {"reason": "受講料の根拠を示してください。"}
    )

    page = coordinator.client().get(reverse("courses:course", args=[listed.pk])).content.decode()
    form = coordinator.client().get(reverse("courses:course_revise", args=[listed.pk])).context["form"]
    assert "受講料の根拠を示してください。" in page
    assert form["fee_yen"].value() == 25_000
    assert Notification.objects.get(person=coordinator.person).body == "受講料の根拠を示してください。"


def test_returning_needs_a_reason(asked, officer):
    answer = officer.client().post(reverse("courses:revision_return", args=[asked.pk]), {"reason": " "})

    asked.refresh_from_db()
    assert answer.context["form"].errors == {
        "reason": ["差戻しの理由を書いてください。連携校はこの文を読んで直します。"]
    }
    assert asked.state == RevisionState.OPEN


def test_the_college_takes_back_and_asks_anew(asked, listed, coordinator):
    for _ in range(2):
        coordinator.client().post(reverse("courses:revision_take_back", args=[asked.pk]))

    again = propose_revision(listed, {"seats": 20}, by=coordinator.acting())
    asked.refresh_from_db()
    assert (asked.state, again.state) == (RevisionState.TAKEN_BACK, RevisionState.OPEN)


@pytest.mark.parametrize("late", ["accept", "return", "take back"])
def test_what_is_decided_is_not_decided_again(late, asked, officer, coordinator):
    word = seen(asked)
    return_revision(asked, reason="理由", by=officer.acting())
    act = {
        "accept": lambda: accept_revision(asked, seen=word, by=officer.acting()),
        "return": lambda: return_revision(asked, reason="もう一度", by=officer.acting()),
        "take back": lambda: take_back_revision(asked, by=coordinator.acting()),
    }[late]

    with pytest.raises(Refused, match="もう「差戻し」になっています"):
        act()


def test_withdrawing_the_course_ends_what_waited(asked, listed, coordinator):
    withdraw_course(listed, by=coordinator.acting())

    asked.refresh_from_db()
    assert asked.state == RevisionState.TAKEN_BACK


# --- who ---


@pytest.fixture
def everyone(officer, coordinator, instructor, manager, stranger):
    foreign = cast("coordinator", OrganisationFactory(kind="college"), "他校")
    names = {"officer": officer, "coordinator": coordinator, "instructor": instructor, "manager": manager}
    return names | {"stranger": stranger, "foreign": foreign}


def test_may_revise_course(everyone, listed):
    may = {name for name, who in everyone.items() if policies.may_revise_course(who.acting(), listed)}

    assert may == {"coordinator"}
    draft = CourseFactory(college=listed.college, state=CourseState.DRAFT, listed_on=None)
    assert not policies.may_revise_course(everyone["coordinator"].acting(), draft)


def test_may_decide_revision(everyone):
    assert {name for name, who in everyone.items() if policies.may_decide_revision(who.acting())} == {"officer"}


def test_may_take_back_revision(everyone, asked):
    may = {name for name, who in everyone.items() if policies.may_take_back_revision(who.acting(), asked)}

    assert may == {"coordinator"}


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("revision", {"officer": 200, "coordinator": 200, "instructor": 200, "stranger": 404, "foreign": 404}),
        ("revision_accept", {"coordinator": 403, "instructor": 403, "stranger": 404, "foreign": 404}),
        ("revision_return", {"coordinator": 403, "instructor": 403, "stranger": 404, "foreign": 404}),
        ("revision_take_back", {"officer": 403, "instructor": 403, "stranger": 404, "foreign": 404}),
    ],
)
def test_pages_of_a_revision_open_for_those_they_are_for(name, statuses, everyone, asked):
    url = reverse(f"courses:{name}", args=[asked.pk])

    answers = {
        who: (everyone[who].client().get(url) if name == "revision" else everyone[who].client().post(url)).status_code
        for who in statuses
    }

    assert answers == statuses


def test_course_revise_opens_for_the_college_alone(everyone, listed):
    url = reverse("courses:course_revise", args=[listed.pk])

    answers = {name: who.client().get(url).status_code for name, who in everyone.items()}

    assert answers == {
        "officer": 403,
        "coordinator": 200,
        "instructor": 403,
        "manager": 404,
        "stranger": 404,
        "foreign": 404,
    }


# --- what waits ---


def test_what_waits_stands_first_in_the_list_and_on_the_officers_home(officer, asked, listed, college):
    CourseFactory(college=college, title="あ")

    page = officer.client().get(reverse("courses:own_courses"))
    waiting = officer.client().get(reverse("courses:own_courses"), {"state": "waiting"})
    home = officer.client().get("/")

    assert page.context["rows"][0][0] == listed
    assert [course for course, _run in waiting.context["rows"]] == [listed]
    assert reverse("courses:revision", args=[asked.pk]) in home.content.decode()


def test_a_first_proposal_is_reviewed_on_the_page_the_public_will_see(officer, college):
    facts = FACTS | {"goals": "稼働を記録できる", "cancel_rule": "前日まで全額返金"}
    course = CourseFactory(college=college, **facts, state=CourseState.PROPOSED, listed_on=None)

    page = officer.client().get(reverse("courses:course", args=[course.pk])).content.decode()

    for told in ("稼働を記録できる", "前日まで全額返金", "次にすること: 掲載するか、差し戻す", "問い合わせ窓口"):
        assert told in page


# --- the database ---


def test_revision_open_once(asked, listed, coordinator):
    def make():
        return CourseRevision.objects.create(course=listed, changes={}, proposed_by=coordinator.person)

    breaks("revision_open_once", make)


def test_revision_decided_with_moment(listed, coordinator):
    def make(**fields):
        return CourseRevision.objects.create(course=listed, changes={}, proposed_by=coordinator.person, **fields)

    breaks("revision_decided_with_moment", lambda: make(state="accepted"))
    breaks("revision_decided_with_moment", lambda: make(decided_at=timezone.now()))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races")
def test_two_changes_asked_for_at_once_leave_one(listed, coordinator):
    start = threading.Barrier(2)

    def ask(seats):
        start.wait()
        try:
            propose_revision(listed, {"seats": seats}, by=coordinator.acting())
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=2) as pool:
        answers = list(pool.map(ask, [20, 30]))

    assert sorted(answers) == ["done", "refused"]
    assert CourseRevision.objects.waiting().count() == 1
