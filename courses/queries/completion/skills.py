"""Skills: which courses teach an item, who of a firm earned it, what the firm lacks, and what a person has."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.utils import timezone

from courses import frameworks
from courses.frameworks import Item
from courses.models import Certificate, Course, CourseSkill, EarnedSkill, Run, SkillTarget
from courses.queries.catalogue.catalogue import next_runs
from firms.acting import Acting
from firms.models import Employment, Organisation, Person
from firms.models.mandates import Scope

# As many courses as a row shows for a missing item.
COURSES_SHOWN = 3


def listed_counts() -> dict[str, int]:
    """How many listed courses teach each item. One query."""
    taught = CourseSkill.objects.filter(course__in=Course.objects.listed().order_by().values("pk"))
    return dict(Counter(taught.order_by().values_list("item", flat=True)))


@dataclass(frozen=True)
class Offer:
    """A listed course with the run one could book now."""

    course: Course
    run: Run

    @property
    def begins_on(self) -> date | None:
        return begins_on(self.run)


@dataclass(frozen=True)
class SkillRow:
    """One item in a firm: who has it, how many should, and where it can be learned."""

    item: Item
    people: tuple[str, ...]
    target: int
    offers: list[Offer] = field(default_factory=list)

    @property
    def has(self) -> int:
        return len(self.people)

    @property
    def gap(self) -> int:
        return max(self.target - self.has, 0)

    @property
    def covered(self) -> int:
        """Of those wanted, how many there are: more than wanted in one item makes up for none in another."""
        return min(self.has, self.target)


@dataclass(frozen=True)
class SkillGroup:
    """The rows of one category of a standard."""

    edition: str
    category: str
    rows: list[SkillRow]

    @property
    def covered(self) -> int:
        return sum(row.covered for row in self.rows)

    @property
    def wanted(self) -> int:
        return sum(row.target for row in self.rows)


def firms_to_look_at(acting: Acting) -> list[Organisation]:
    """The firms whose skills an office may see, by name."""
    return list(Organisation.objects.filter(pk__in=acting.clients_for(Scope.TRAINING_GRANTS)).order_by("name_kana"))


def skill_groups(firm: Organisation, *, on: date) -> list[SkillGroup]:
    """Every item the firm's people earned or the firm wants, by category. Five queries at most."""
    people = earned_in(firm, on=on)
    targets = dict(SkillTarget.objects.filter(firm=firm).values_list("item", "people"))
    bare = [
        SkillRow(frameworks.shown(key), people.get(key, ()), targets.get(key, 0)) for key in in_order(people | targets)
    ]
    offers = offers_for({row.item.key for row in bare if row.gap}, on=on)
    rows = [SkillRow(row.item, row.people, row.target, offers.get(row.item.key, [])) for row in bare]
    return [
        SkillGroup(edition, category, list(held))
        for (edition, category), held in groupby(rows, lambda row: (row.item.edition, row.item.category))
    ]


def in_order(keys: Iterable[str]) -> list[str]:
    """As the standards have them; what no standard knows comes last."""
    places = {key: n for n, key in enumerate(frameworks.current_frameworks().by_key)}
    return sorted(keys, key=lambda key: (places.get(key, len(places)), key))


def earned_in(firm: Organisation, *, on: date) -> dict[str, tuple[str, ...]]:
    """Names by item: people at work in the firm that day, and what they earned in courses this firm sent them to.

    What somebody earned before, or on their own, is theirs to tell: the firm does not read it here.
    """
    at_work = Employment.objects.on(on).filter(establishment__organisation=firm).order_by().values("person")
    sent = Certificate.objects.valid().filter(enrolment__employment__establishment__organisation=firm)
    earned = EarnedSkill.objects.filter(certificate__in=sent.order_by().values("pk"), person__in=at_work)
    found: dict[str, dict[int, str]] = {}
    for one in earned.select_related("person").order_by("person__family_kana", "person__given_kana", "pk"):
        found.setdefault(one.item, {})[one.person_id] = one.person.full_name
    return {key: tuple(names.values()) for key, names in found.items()}


def offers_for(items: Collection[str], *, on: date) -> dict[str, list[Offer]]:
    """Listed courses that teach the items and can be booked, the one that begins first leading. Two queries, or none."""
    if not items:
        return {}
    bookable = Course.objects.listed().bookable(on=on).order_by().values("pk")
    taught = list(
        CourseSkill.objects.filter(item__in=items, course__in=bookable).select_related("course__college").order_by("pk")
    )
    runs = next_runs({one.course for one in taught}, on=on)
    places = {course: n for n, course in enumerate(sorted(runs, key=lambda pk: first_of(runs[pk])))}
    offers: dict[str, list[Offer]] = {}
    for one in sorted(taught, key=lambda one: places[one.course_id]):
        offers.setdefault(one.item, []).append(Offer(one.course, runs[one.course_id]))
    return {key: held[:COURSES_SHOWN] for key, held in offers.items()}


def first_of(run: Run) -> tuple[date, int]:
    """What has no day yet comes last."""
    return begins_on(run) or date.max, run.pk


def begins_on(run: Run) -> date | None:
    """The first lesson's day, or the first day of learning where there are none; for a run read `with_dates()`."""
    first = run.first_at  # type: ignore[attr-defined]
    return timezone.localtime(first).date() if first else run.learn_from


@dataclass(frozen=True)
class OwnSkill:
    """One item a person has, with the certificates that show it, the newest first."""

    item: Item
    certificates: list[Certificate]


def skills_of(person: Person) -> list[OwnSkill]:
    """What a person earned and still holds a certificate for, as the standards have it. One query."""
    valid = Certificate.objects.valid().order_by().values("pk")
    earned = EarnedSkill.objects.filter(person=person, certificate__in=valid)
    rows = earned.select_related("certificate__enrolment__run__course").order_by("-certificate__issued_on", "-pk")
    held: dict[str, list[Certificate]] = {}
    for one in rows:
        held.setdefault(one.item, []).append(one.certificate)
    return [OwnSkill(frameworks.shown(key), held[key]) for key in in_order(held)]
