"""Who sees which manual: the firm, firms named one by one, the ward; and nobody else by any address."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from firms.errors import Refused
from firms.film.captions import Cue
from firms.models import JournalEntry
from mentors import policies
from mentors.actions.manuals.approving import publish_manual, replace_approver
from mentors.actions.manuals.films import begin_film
from mentors.actions.manuals.people import name_appearance, say_nobody
from mentors.actions.manuals.sharing import end_share, share_with, show_to
from mentors.actions.manuals.writing import add_question, begin_version, mark_drawing, write_captions
from mentors.models import ManualShare, ManualVersion, SkillManual
from mentors.queries.manuals import asked_now
from tests.factories import OrganisationFactory, corporate_number
from tests.mentors.manuals.makers import approved, colleagues, filmed, handed_in, member, newest, published, written
from tests.test_house import patterns

SHUT = {302, 403, 404, 405}


@pytest.fixture
def manual(manager):
    return published(manager)


@pytest.fixture
def two(firm):
    return colleagues(firm)


@pytest.fixture
def named(firm):
    """The manager of a firm it is shared with by name."""
    other = OrganisationFactory(kind="firm", corporate_number=corporate_number(700000000001))
    return member(other, "名指し", role="manager")


def seen_by(*people):
    return [SkillManual.objects.visible_to(one.acting()).exists() for one in people]


def test_a_manual_is_the_firm_s_alone_until_it_is_shared(
    manual, manager, worker, stranger, officer, coordinator, named
):
    everybody = (manager, worker, stranger, officer, coordinator, named)
    assert seen_by(*everybody) == [True, True, False, False, False, False]

    share_with(manual, number=named.organisation.corporate_number, by=manager.acting())
    assert seen_by(*everybody) == [True, True, False, False, False, False]
    show_to(manual, visibility="named", by=manager.acting())
    assert seen_by(*everybody) == [True, True, False, False, False, True]
    show_to(manual, visibility="ward", by=manager.acting())
    assert seen_by(*everybody) == [True, True, True, True, True, True]
    show_to(manual, visibility="named", by=manager.acting())
    end_share(ManualShare.objects.get(), by=manager.acting())
    assert seen_by(*everybody) == [True, True, False, False, False, False]


def test_a_film_the_whole_ward_may_watch_has_captions(manager, two):
    manual = written(manager, cues=())
    filmed(manual, manager)
    say_nobody(manual, by=manager.acting())
    show_to(manual, visibility="ward", by=manager.acting())
    approved(manual, manager, two)
    assert "区内で共有する動画なので、字幕が付くまで公開できません" in (
        manager.client().get(reverse("mentors:manual_approval", args=[manual.pk])).content.decode()
    )
    with pytest.raises(Refused, match="区内で共有する動画には字幕が要ります"):
        publish_manual(manual, by=manager.acting())

    show_to(manual, visibility="named", by=manager.acting())
    publish_manual(manual, by=manager.acting())
    with pytest.raises(Refused, match="字幕を付けた新しい版を公開してから"):
        show_to(manual, visibility="ward", by=manager.acting())
    begin_version(manual, by=manager.acting())
    write_captions(manual, [Cue(0, 4_000, "材料を締めます")], by=manager.acting())
    approved(manual, manager, two)
    publish_manual(manual, by=manager.acting())
    show_to(manual, visibility="ward", by=manager.acting())
    assert seen_by(manager) == [True]


def test_steps_without_a_film_need_no_captions(manager, two):
    manual = published(manager, approvers=two, has_film=False, cues=())
    show_to(manual, visibility="ward", by=manager.acting())

    assert SkillManual.objects.get().visibility == "ward"


def test_what_is_only_being_written_is_shared_with_nobody(manager, worker, stranger, officer):
    manual = written(manager)
    show_to(manual, visibility="ward", by=manager.acting())
    assert seen_by(manager, worker, stranger, officer) == [True, False, False, False]

    shown = published(manager, title="別のもの")
    show_to(shown, visibility="ward", by=manager.acting())
    begin_version(shown, by=manager.acting())
    drafts = [
        ManualVersion.objects.visible_to(one.acting()).filter(state="draft").count()
        for one in (manager, worker, stranger)
    ]
    assert drafts == [2, 0, 0]


def test_a_firm_nobody_knows_is_not_shared_with(manual, manager, named):
    with pytest.raises(Refused, match="この法人番号で登録している企業がありません"):
        share_with(manual, number=corporate_number(700000000002), by=manager.acting())
    share_with(manual, number=named.organisation.corporate_number, by=manager.acting())
    with pytest.raises(Refused, match="すでに共有しています"):
        share_with(manual, number=named.organisation.corporate_number, by=manager.acting())


def test_an_employee_s_own_draft_is_theirs_to_write(worker, manager, stranger):
    manual = written(worker)

    assert [policies.may_write_manual(one.acting(), manual) for one in (worker, manager, stranger)] == [
        True,
        True,
        False,
    ]
    assert worker.client().get(reverse("mentors:manual_steps", args=[manual.pk])).status_code == 200


# --- every address ---


@pytest.fixture
def rows(manager, firm, stranger):
    """One of everything a firm keeps about a manual that is being approved, and one being written."""
    draft = written(manager)
    film = begin_film(draft, name="a.webm", size=5, by=manager.acting())
    person = name_appearance(draft, name="匠", email="a@example.jp", person=None, by=manager.acting())
    told = {"what": "a", "owner_name": "b", "permission": "unknown", "at": 1}
    drawing = mark_drawing(draft, by=manager.acting(), **told)
    choices = [{"text": "a", "is_right": True}, {"text": "b", "is_right": False}]
    question = add_question(draft, text="a", choices=choices, explanation="", at=0, by=manager.acting())
    shown = published(manager, title="公開したもの")
    share = ManualShare.objects.create(manual=shown, firm=OrganisationFactory(), started_on="2026-11-20")
    waiting = handed_in(written(manager, title="待つもの"), manager, colleagues(firm))
    return {
        "manuals": [draft, shown, waiting.manual],
        "films": [film],
        "appearances": [person],
        "approvals": asked_now(waiting),
        "steps": [newest(draft).steps.first()],
        "questions": [question],
        "drawings": [drawing],
        "share": share,
        "marks": [newest(shown).steps.first().mark],
    }


def addresses(rows):
    """Each address of the room with each row it could be asked for."""
    for namespace, pattern in patterns(get_resolver()):
        route = str(pattern.pattern)
        if namespace != "mentors:" or not route.startswith(("manuals/", "films/", "appearances/", "approvals/", "q/")):
            continue
        words = route.split("/")
        kind = words[1] if words[0] == "manuals" and words[1] in rows else words[0]
        known = {
            "number": 1,
            "what": "film",
            "step": rows["steps"][0].pk,
            "kind": "vtt",
            "verb": "up",
            "share": rows["share"].pk,
        }
        for row in rows.get(kind, rows["marks"]):
            values = {**known, "pk": row.pk, "code": getattr(row, "code", "")}
            if name_of(pattern) == "appearance_act":
                values["verb"] = "paper"
            yield (
                name_of(pattern),
                reverse(f"mentors:{pattern.name}", kwargs={one: values[one] for one in pattern.pattern.converters}),
            )


def name_of(pattern):
    return pattern.name


OWN_LISTS = {"manuals", "manual_new"}


def opened(client, rows):
    found = set()
    for name, address in addresses(rows):
        for method in ("get", "post"):
            answer = getattr(client, method)(address)
            goes_in = answer.status_code == 302 and not answer["Location"].startswith("/accounts/login/")
            if name not in OWN_LISTS and (answer.status_code not in SHUT or goes_in):
                found.add((name, method, answer.status_code))
    return found


def test_every_address_of_the_room_is_asked(rows):
    names = {name for name, _address in addresses(rows)}

    assert len(names) > 45
    assert {"manual", "manual_media", "step_label", "film_part", "approval_replace", "manual_pack"} <= names


def test_nothing_opens_to_people_of_others(rows, stranger, officer, coordinator, advisor):
    before = JournalEntry.objects.count()
    people = {"stranger": stranger, "officer": officer, "coordinator": coordinator, "advisor": advisor}
    found = {name: opened(one.client(), rows) for name, one in people.items()} | {"nobody": opened(Client(), rows)}

    assert {name: shown for name, shown in found.items() if shown} == {}
    assert JournalEntry.objects.count() == before


def test_a_colleague_watches_what_is_published_and_writes_nothing(rows, worker):
    found = {name for name, *_rest in opened(worker.client(), rows)}

    assert found == {
        "manual",
        "manual_media",
        "manual_labels",
        "manual_watched",
        "manual_answer",
        "manual_result",
        "step_label",
    }


# --- policies ---


def test_who_may(manager, worker, stranger, officer, master, firm):
    manual = published(manager)
    version = newest(manual)
    everybody = {"manager": manager, "worker": worker, "stranger": stranger, "officer": officer, "master": master}

    def those(ask):
        return {name for name, one in everybody.items() if ask(one.acting())}

    assert those(policies.may_make_manual) == {"manager", "worker", "stranger"}
    assert those(lambda one: policies.may_write_manual(one, manual)) == {"manager"}
    assert those(lambda one: policies.may_carry_away(one, version)) == {"manager", "stranger", "officer"}
    assert those(lambda one: policies.may_see_watchers(one, manual)) == {"manager", "stranger"}
    begin_version(manual, by=manager.acting())
    mine = name_appearance(manual, name="", email="", person=worker.person, by=manager.acting())
    assert those(lambda one: policies.may_agree_picture(one, mine)) == {"worker"}
    waiting = handed_in(written(manager), manager, [worker])
    assert those(lambda one: policies.may_answer_approval(one, asked_now(waiting)[0])) == {"worker"}
    other = colleagues(firm, 1)[0]
    replace_approver(asked_now(waiting)[0], other.person, because="a", by=manager.acting())
    assert those(lambda one: policies.may_answer_approval(one, asked_now(waiting)[0])) == set()
