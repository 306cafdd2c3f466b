"""What a night reads of many firms to hold them against every scheme, and what a page reads of what it found."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from courses.models import Course, Enrolment, Run
from courses.states import RunState
from firms.acting import Acting
from firms.models import Employment, Establishment, Organisation
from firms.models.employments import Contract
from firms.models.organisations import Kind
from firms.queries.prepared import PreparedFor
from grants.models import CareerUpPlan, Chance, ChanceWish, GrantCase
from grants.queries.drawable import may_draw
from grants.rules import CourseProfile, FirmProfile, FirmSeen, FixedTerm, OfferedCourse, current_schemes, plan_window
from grants.states import CaseState
from grants.subjects import INVESTING, RESKILLING, trainings
from grants.time.learning import MINUTES_OF_HOUR, OnlineTraining, online_trainings
from grants.time.lessons import CountedLesson, lessons_by_run
from trials.models import Posting
from trials.rules import shown_counts, standard_number
from trials.states import PostingState

TOKYO = "東京都"


def silent() -> QuerySet[ChanceWish]:
    """By firm, the wishes not to be held against anything."""
    return ChanceWish.objects.newest().filter(is_wanted=False)


def firms_to_see(day: date) -> QuerySet[Organisation]:
    """Those still registered that have not asked to be left alone, and of whose size enough is known to reckon."""
    known = Organisation.objects.of_kind(Kind.FIRM).registered_on(day)
    sized = known.exclude(industry="").filter(regular_employees__isnull=False)
    return sized.exclude(pk__in=silent().values("firm"))


# --- courses ---


def offered(day: date) -> tuple[OfferedCourse, ...]:
    """The ward's listed runs that take applications, whose plan can still be filed: the one to be filed for first before
    the others, and of those of one course and price the first alone."""
    runs = Run.objects.bookable(on=day).filter(course__in=may_draw(Course.objects.listed(), on=day))
    found = [one for one in courses_of(runs) if plan_window(one.profile.starts_on).last >= day]
    first: dict[tuple[str, int], OfferedCourse] = {}
    for one in sorted(found, key=lambda one: (one.profile.starts_on, one.key)):
        first.setdefault((one.title, one.profile.fee_per_person), one)
    return tuple(first.values())


def courses_of(runs: QuerySet[Run]) -> list[OfferedCourse]:
    """Those that have days. A few queries however many runs."""
    held = list(runs.select_related("course"))
    lessons = lessons_by_run([run.pk for run in held])
    online = online_trainings(held, lessons=lessons)
    found = (course_of(run, lessons.get(run.pk, []), online.get(run.pk)) for run in held)
    return [one for one in found if one]


def course_of(run: Run, lessons: list[CountedLesson], online: OnlineTraining | None) -> OfferedCourse | None:
    """None while it has no days."""
    first = online.first if online else lessons[0].lesson.on if lessons else None
    last = online.last if online else lessons[-1].lesson.on if lessons else None
    if first is None or last is None:
        return None
    taking = {one.scheme for one in trainings() if one.takes(run.course)}
    profile = CourseProfile(
        starts_on=first,
        ends_on=last,
        method=run.course.method,
        fee_per_person=run.price_yen,
        planned_minutes=None if online else sum(one.counted_minutes for one in lessons),
        standard_hours=online.standard_minutes // MINUTES_OF_HOUR if online else None,
        is_dx=RESKILLING in taking,
        is_advanced_digital=INVESTING in taking,
    )
    return OfferedCourse(run.pk, run.course.title, profile)


# --- firms ---


@dataclass(frozen=True)
class Seen:
    firm: int
    facts: FirmSeen


def seen(firms: Collection[int], *, on: date) -> Iterator[Seen]:
    """As many queries for one firm as for five hundred."""
    people, places, ahead = people_of(firms, on=on), places_of(firms), ahead_of(firms, on=on)
    draws, plans, hiring = draws_of(firms), plans_of(firms, on=on), hiring_of(firms)
    for firm in firms_to_see(on).filter(pk__in=firms):
        prefectures, wards = places[firm.pk]
        regular, others = people[firm.pk]
        profile = FirmProfile(
            industry=firm.industry,
            capital_yen=firm.capital_yen,
            regular_employees=firm.regular_employees or 0,
            regular_workers=regular,
            fixed_term_workers=len(others),
            in_tokyo=TOKYO in prefectures,
            ward=wards[0] if wards else "",
        )
        yield Seen(
            firm.pk,
            FirmSeen(
                profile=profile,
                ahead=tuple(ahead[firm.pk]),
                fixed_term=tuple(one for one in others if one is not None),
                draws=frozenset(draws[firm.pk]),
                plan_to=plans.get(firm.pk),
                is_hiring=firm.pk in hiring,
            ),
        )


def people_of(firms: Collection[int], *, on: date) -> dict[int, tuple[int, list[FixedTerm | None]]]:
    """Regular employees counted, and the others; None for one who is converted already or employed without a term."""
    taken = GrantCase.objects.exclude(state=CaseState.DROPPED).filter(
        conversion__person=OuterRef("person"), establishment=OuterRef("establishment")
    )
    rows = (
        Employment.objects.on(on)
        .filter(establishment__organisation__in=firms)
        .annotate(is_taken=Exists(taken))
        .order_by()
        .values_list("establishment__organisation", "contract", "started_on", "ended_on", "is_taken")
    )
    regular: dict[int, int] = defaultdict(int)
    others: dict[int, list[FixedTerm | None]] = defaultdict(list)
    for firm, contract, since, until, is_taken in rows:
        if contract == Contract.REGULAR:
            regular[firm] += 1
        else:
            counts = contract == Contract.FIXED_TERM and not is_taken
            others[firm].append(FixedTerm(since, until) if counts else None)
    return {firm: (regular[firm], others[firm]) for firm in firms}


def places_of(firms: Collection[int]) -> dict[int, tuple[set[str], list[str]]]:
    """Prefectures, and the schemes of the wards its establishments stand in."""
    wards = {one.authority: name for name, one in current_schemes().by_name.items() if name.startswith("ward_")}
    found: dict[int, tuple[set[str], list[str]]] = defaultdict(lambda: (set(), []))
    rows = Establishment.objects.filter(organisation__in=firms).order_by("pk")
    for firm, prefecture, address in rows.values_list("organisation", "prefecture", "address"):
        found[firm][0].add(prefecture)
        found[firm][1].extend(name for ward, name in wards.items() if ward in address)
    return found


def ahead_of(firms: Collection[int], *, on: date) -> dict[int, list[OfferedCourse]]:
    """Runs ahead to which a firm sends people, without a case for it."""
    case = GrantCase.objects.exclude(state=CaseState.DROPPED).filter(
        run=OuterRef("run"), establishment=OuterRef("employment__establishment")
    )
    sent = (
        Enrolment.objects.accepted()
        .filter(~Exists(case), employment__establishment__organisation__in=firms)
        .exclude(run__state=RunState.CANCELLED)
        .order_by()
        .values_list("run", "employment__establishment__organisation", "employment__contract")
        .annotate(n=Count("person", distinct=True))
    )
    heads: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: {"regular": 0, "fixed_term": 0})
    for run, firm, contract, n in sent:
        heads[firm, run]["regular" if contract == Contract.REGULAR else "fixed_term"] += n
    coming = Run.objects.not_begun(on=on).filter(pk__in={run for _firm, run in heads})
    runs = {one.key: one for one in courses_of(coming)}
    found: dict[int, list[OfferedCourse]] = defaultdict(list)
    for (firm, run), counted in sorted(heads.items()):
        if run in runs:
            found[firm].append(replace(runs[run], regular=counted["regular"], fixed_term=counted["fixed_term"]))
    return found


def draws_of(firms: Collection[int]) -> dict[int, set[tuple[str, str]]]:
    rows = GrantCase.objects.running().filter(establishment__organisation__in=firms).order_by()
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for firm, scheme, menu in rows.values_list("establishment__organisation", "scheme", "menu").distinct():
        found[firm].add((scheme, menu))
    return found


def plans_of(firms: Collection[int], *, on: date) -> dict[int, date]:
    """The last day of the キャリアアップ計画 that is filed and runs."""
    plans = CareerUpPlan.objects.filter(
        establishment__organisation__in=firms, filed_on__isnull=False, starts_on__lte=on, ends_on__gte=on
    )
    rows = plans.order_by().values_list("establishment__organisation").annotate(to=Max("ends_on"))
    return dict(rows)


def hiring_of(firms: Collection[int]) -> set[int]:
    open_ones = Posting.objects.filter(state=PostingState.OPEN, establishment__organisation__in=firms)
    return set(open_ones.values_list("establishment__organisation", flat=True))


# --- what the pages read ---


@dataclass(frozen=True)
class Hint:
    """The home's word on it: how many there are, and the one to be met first."""

    count: int
    first: Chance


def hint(acting: Acting) -> Hint | None:
    rows = list(chances_open(acting, acting.today))
    return Hint(len(rows), rows[0]) if rows else None


@PreparedFor
def chances_open(acting: Acting, on: date) -> QuerySet[Chance]:
    return open_chances(acting, on)


def open_chances(acting: Acting, on: date) -> QuerySet[Chance]:
    return Chance.objects.visible_to(acting).open_on(on).select_related("firm", "run__course")


def firms_by_scheme(day: date) -> dict[str, int | None]:
    """How many firms could draw from each scheme, and from any (""); None where it would tell of a few."""
    groups: dict[str, set[int]] = defaultdict(set)
    for firm, scheme in still_silent_left_out(Chance.objects.open_on(day)):
        groups[scheme].add(firm)
        groups[""].add(firm)
    frozen = {name: frozenset(groups[name]) for name in sorted(groups, key=lambda name: (-len(groups[name]), name))}
    return shown_counts(frozen, least=least_shown(day))


def least_shown(day: date) -> int:
    return standard_number("counts.least_shown", day)


def still_silent_left_out(rows: QuerySet[Chance]) -> Iterable[tuple[int, str]]:
    return rows.exclude(firm__in=silent().values("firm")).order_by().values_list("firm", "scheme").distinct()


def reckoned_on() -> date | None:
    """The night whose numbers the pages show."""
    newest: date | None = Chance.objects.aggregate(on=Max("reckoned_on"))["on"]
    return newest
