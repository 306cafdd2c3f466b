"""The tasks of 技能検定: lists as dated data, asked for by grade, each learner looked at before and after."""

import pytest
from django.urls import reverse

from mentors import skills
from mentors.models import LogTask, Session, SessionLog
from mentors.queries.sessions import host_request, task_field
from tests.conftest import TODAY
from tests.mentors.certifying.test_constraints import breaks
from tests.mentors.makers import agreed, log, seen_of, visit
from tests.mentors.sessions.test_pages import address, posted


@pytest.fixture
def graded(held, manager, clock):
    """Learners on the way to grade 2; the session is over, another is still ahead."""
    first, second = agreed(manager, held, visit(), visit(start="09:00", end="11:00"), grade="2")
    clock.move_to("2027-01-12T18:00+09:00")
    return first, second


@pytest.mark.parametrize(
    ("grade", "has", "has_not"),
    [
        ("3", {"centre"}, {"thread", "eccentric"}),
        ("2", {"centre", "thread"}, {"eccentric"}),
        ("1", {"eccentric"}, set()),
    ],
)
def test_a_grade_asks_for_its_tasks_and_those_before(grade, has, has_not):
    found = {task.key for task in skills.tasks_for("machining", grade, on=TODAY)}

    assert (has <= found, has_not & found) == (True, set())


def test_an_occupation_without_a_list_has_the_common_one_and_no_grade_none():
    assert [task.key for task in skills.tasks_for("tiling", "3", on=TODAY)][:2] == ["drawing", "prepare"]
    assert skills.tasks_for("machining", "", on=TODAY) == ()


def test_every_list_says_its_source_and_is_of_a_known_occupation():
    from mentors import occupations

    for edition in skills.editions():
        assert (bool(edition.source), bool(edition.note), edition.confidence in ("low", "medium", "high")) == (
            True,
        ) * 3
        assert all(key == skills.ANY or occupations.occupation(key) for key in edition.lists)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ('edition = "2025"', "ファイル名と違います"),
        ('["a|甲|3", "a|乙|2"]', "記号が重なっています"),
        ('["a|甲|9"]', "級「9」は使えません"),
        ('occupation = "x"', "どの職種にも使う一覧がありません"),
    ],
)
def test_a_broken_list_is_refused_with_its_reason(change, sentence, tmp_path):
    parts = {"edition": 'edition = "2026"', "occupation": 'occupation = "*"', "tasks": '["a|甲|3"]'}
    name = next((name for name in parts if change.startswith(name)), "tasks")
    parts[name] = change
    told = 'title = "x"\nfrom = 2022-10-01\nsource = "x"\nnote = "x"\nconfidence = "low"\n'
    file = tmp_path / "2026.toml"
    file.write_text(
        f'{parts["edition"]}\n{told}[[lists]]\n{parts["occupation"]}\nlabel = "x"\ntasks = {parts["tasks"]}\n',
        encoding="utf-8",
    )

    with pytest.raises(skills.SkillsError, match=sentence):
        skills.read(file)


def test_tasks_are_kept_by_learner_and_the_next_time_begins_where_the_last_ended(graded, master):
    first, second = graded
    learner = first.request.learners.first()
    thread = {task_field(learner.pk, "thread", "after"): 2, task_field(learner.pk, "centre", "before"): 1}
    log(first, **thread, **{task_field(learner.pk, "centre", "after"): 3})

    assert [(one.task, one.before, one.after, one.edition) for one in LogTask.objects.order_by("task")] == [
        ("centre", 1, 3, "2026"),
        ("thread", 0, 2, "2026"),
    ]
    page = master.client().get(address(second)).content.decode()
    name = task_field(learner.pk, "centre", "before")
    assert '<option value="3" selected' in page.split(f'name="{name}"')[1].split("</select>")[0]
    assert "課題 若手 一郎「ねじ切り」: まだできない → 一人でできる" in host_request(first).version.text


def test_who_was_not_there_was_not_looked_at(graded):
    first, _second = graded
    learner = first.request.learners.first()
    log(first, **{task_field(learner.pk, "thread", "after"): 2, f"l{learner.pk}-is_there": False})

    assert not LogTask.objects.exists()


def test_tasks_through_the_page_and_corrected(graded, master):
    first, _second = graded
    client, learner = master.client(), first.request.learners.first()
    first = Session.objects.select_related("request").get(pk=first.pk)
    client.post(address(first), posted(first, **{task_field(learner.pk, "thread", "after"): "1"}))
    assert LogTask.objects.get().after == 1

    corrected = {task_field(learner.pk, "thread", "after"): "2", "seen_facts": seen_of(first), "because": "見直した"}
    client.post(address(first), posted(first, **corrected))

    shown = client.get(address(first, "session")).content.decode()
    assert ("まだできない → 一人でできる" in shown, SessionLog.objects.count()) == (True, 2)
    assert "合否の基準ではありません" in shown


def test_a_form_without_tasks_is_taken_all_the_same(graded, master):
    """As a telephone kept it before the host chose a grade."""
    first, _second = graded
    told = {name: value for name, value in posted(first).items() if "-t-" not in name}

    assert master.client().post(address(first), told).status_code == 302
    assert not LogTask.objects.exists()


def test_task_cannot_be(graded):
    first, _second = graded
    learner = first.request.learners.first()
    made = log(first, **{task_field(learner.pk, "thread", "after"): 2})
    told = {"log": made, "learner": learner, "edition": "2026", "before": 0, "after": 0}
    breaks("log_task_once", lambda: LogTask.objects.create(task="thread", **told))
    breaks("log_task_level_known", lambda: LogTask.objects.create(task="centre", **{**told, "after": 9}))
    breaks("append-only", lambda: LogTask.objects.update(after=0))
    breaks("request_grade_known", lambda: type(first.request).objects.update(grade="9"))


def test_report_prints_the_tasks(graded, master, manager):
    from tests.mentors.sessions.test_papers import missing, read

    first, _second = graded
    log(first, **{task_field(first.request.learners.first().pk, "thread", "after"): 3})

    text, _pages = read(master.client().get(reverse("mentors:session_report", args=[first.pk])))
    assert not missing(text, "ねじ切り まだできない 人に教えられる")
