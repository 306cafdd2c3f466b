"""What a learner is looked at for, by occupation and grade of 技能検定: versioned lists as TOML, older ones kept."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
ANY = "*"
GRADES = ("3", "2", "1")


@dataclass(frozen=True, slots=True)
class Task:
    """`grade` is the first at which it is asked for: 3 comes before 2 before 1."""

    key: str
    label: str
    grade: str


@dataclass(frozen=True, slots=True)
class TaskEdition:
    edition: str
    title: str
    first_on: date
    source: str
    note: str
    confidence: str
    lists: dict[str, tuple[Task, ...]]


class SkillsError(ValueError):
    """A list of tasks cannot be used; the message names the file and the reason."""


@cache
def editions() -> tuple[TaskEdition, ...]:
    """Every list, the oldest first; parsed once per process."""
    return tuple(sorted((read(path) for path in HERE.glob("*.toml")), key=lambda one: one.first_on))


def read(path: Path) -> TaskEdition:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if data["edition"] != path.stem:
        raise SkillsError(f"{path.name}: edition「{data['edition']}」がファイル名と違います。")
    lists = {one["occupation"]: tuple(Task(*line.split("|")) for line in one["tasks"]) for one in data["lists"]}
    for occupation, tasks in lists.items():
        keys = [task.key for task in tasks]
        if len(set(keys)) < len(keys):
            raise SkillsError(f"{path.name}: {occupation}の要素の記号が重なっています。")
        if strange := {task.grade for task in tasks} - set(GRADES):
            raise SkillsError(f"{path.name}: {occupation}の級「{'・'.join(sorted(strange))}」は使えません。")
    if ANY not in lists:
        raise SkillsError(f"{path.name}: どの職種にも使う一覧がありません。")
    said = {name: data[name] for name in ("edition", "title", "source", "note", "confidence")}
    return TaskEdition(first_on=data["from"], lists=lists, **said)


def edition_on(day: date) -> TaskEdition:
    """The newest of that day; before the first of all, the first."""
    return next((one for one in reversed(editions()) if one.first_on <= day), editions()[0])


def tasks_for(occupation: str, grade: str, *, on: date) -> tuple[Task, ...]:
    """What a learner on the way to a grade is looked at for, the grades before it included; none without a grade."""
    if grade not in GRADES:
        return ()
    reached = GRADES[: GRADES.index(grade) + 1]
    known = edition_on(on).lists
    return tuple(task for task in known.get(occupation, known[ANY]) if task.grade in reached)


@cache
def label_of(edition: str, occupation: str, key: str) -> str:
    """As the list called it by which it was looked at."""
    found = next((one for one in editions() if one.edition == edition), None)
    tasks = found.lists.get(occupation, found.lists[ANY]) if found else ()
    return next((task.label for task in tasks if task.key == key), key)
