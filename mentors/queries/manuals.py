"""What pages of manuals read: who is missing, whose turn it is, what a search finds and at which second, who has watched."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from firms.acting import Acting
from firms.film import stretches
from firms.models import Membership, Person
from mentors.crafts import searchable
from mentors.models import (
    Appearance,
    Approval,
    Caption,
    Certification,
    ManualAnswer,
    ManualVersion,
    RecordingConsent,
    Remark,
    Session,
    SkillManual,
    Step,
    Viewing,
)
from mentors.models.manuals.manuals import ManualVersionQuerySet, Permission, Visibility
from mentors.models.manuals.people import AppearanceQuerySet
from mentors.models.requesting.moves import Side

PAGE = 20
LINES_SHOWN = 5


def missing_consents(version: ManualVersion) -> AppearanceQuerySet:
    """Of those in its pictures who have not agreed to be shown as far as it is shown now."""
    return Appearance.objects.in_version(version).missing(version.manual.visibility)


def is_down(version: ManualVersion) -> bool:
    """Somebody in the picture has taken their consent back: nobody is shown the film, whoever asks."""
    return Appearance.objects.in_version(version).taken_back().exists()


def with_page(seen: ManualVersionQuerySet, acting: Acting) -> ManualVersionQuerySet:
    """With what its page says beside its own rows: whether it is down, one's own part in it, who keeps it, what is written."""
    same, day = SkillManual.objects.filter(pk=OuterRef("manual")), acting.today
    members = Membership.objects.on(day).filter(person=OuterRef("keeper"), organisation=OuterRef("firm"))
    held = Certification.objects.valid_on(day).filter(person=OuterRef("keeper"))
    kept = same.filter(Exists(members.filter(person__is_active=True)) | Exists(held))
    opened = ManualVersion.objects.open().filter(manual=OuterRef("manual")).order_by()
    mine = Appearance.objects.filter(manual=OuterRef("manual"), person=acting.person).order_by("pk")
    return seen.annotate(
        is_taken_down=Exists(Appearance.objects.in_outer_version().taken_back()),
        own_appearance=Subquery(mine.values("pk")[:1]),
        is_kept=Exists(kept.order_by()),
        open_number=Subquery(opened.values("number")[:1]),
        open_state=Subquery(opened.values("state")[:1]),
    )


def why_not_ready(version: ManualVersion) -> list[str]:
    """What has to be done before it may be published, each as a word the page knows."""
    found = []
    appearing = list(Appearance.objects.in_version(version))
    if not appearing and not version.has_nobody:
        found.append("people")
    if appearing and missing_consents(version).exists():
        found.append("consents")
    if version.drawings.filter(permission=Permission.UNKNOWN).exists():
        found.append("drawings")
    if needs_captions(version, version.manual.visibility):
        found.append("captions")
    return found


def needs_captions(version: ManualVersion, visibility: str) -> bool:
    """A film the whole ward may watch is for those too who do not hear it; within a firm somebody can explain."""
    return visibility == Visibility.WARD and version.plays and not version.captions.exists()


def sessions_to_clip(manual: SkillManual) -> QuerySet[Session]:
    """From afar, of the manual's firm, with something said in them; recorded only where both sides agree to it."""
    agreed = RecordingConsent.objects.filter(session=OuterRef("pk"), withdrawn_at=None)
    held = Session.objects.filter(request__host=manual.firm_id, is_remote=True, called_at__isnull=False)
    both = [Exists(agreed.filter(side=side)) for side in Side.values]
    said = Exists(Remark.objects.filter(session=OuterRef("pk")))
    return held.filter(said, *both).select_related("mentor", "request").order_by("-starts_at", "-pk")


# --- approving ---


def asked_now(version: ManualVersion) -> list[Approval]:
    """The round of now, in order."""
    rows = Approval.objects.current().filter(version=version, round=version.round)
    return list(rows.select_related("approver", "word", "version__manual").order_by("number"))


def turn_of(approvals: Sequence[Approval]) -> Approval | None:
    """The first who has not said anything, unless somebody gave it back."""
    return next((one for one in approvals if one.said is None), None)


def has_left(person: Person, firm_id: int, *, on: date) -> bool:
    """No longer of the firm and not a マイスター whose certification counts."""
    is_member = person.is_active and person.memberships.on(on).filter(organisation=firm_id).exists()
    return not is_member and not Certification.objects.valid_on(on).filter(person=person).exists()


def may_be_approvers(manual: SkillManual, *, on: date) -> list[Person]:
    """The people of the firm, and the listed マイスター of the occupation."""
    members = Membership.objects.on(on).filter(organisation=manual.firm_id, person__is_active=True)
    masters = Certification.objects.listed_on(on).filter(occupation=manual.occupation)
    known = Q(pk__in=members.order_by().values("person")) | Q(pk__in=masters.order_by().values("person"))
    return list(Person.objects.filter(known).order_by("family_kana", "given_kana", "pk"))


def waiting_approvals(acting: Acting) -> list[Approval]:
    """Those whose turn it is now, of a person."""
    mine = Approval.objects.in_turn().filter(approver=acting.person)
    return list(mine.select_related("version__manual__firm"))


# --- searching ---


@dataclass(frozen=True)
class Place:
    """Where in a manual the words are: a caption or a step, and its second."""

    kind: str
    at: int
    clock: str
    text: str


@dataclass(frozen=True)
class Found:
    version: ManualVersion
    places: tuple[Place, ...]
    more: int


def matching(seen: ManualVersionQuerySet, words: str) -> ManualVersionQuerySet:
    """Every word occurs somewhere in the manual, in kana or kanji, of either width."""
    for word in words_of(words):
        seen = seen.filter(search_text__contains=word)
    return seen


def words_of(words: str) -> list[str]:
    """Each word in the form texts are kept in; what else it is called stands with the text, not with the word."""
    return [searchable_word(word) for word in words.split()]


def searchable_word(word: str) -> str:
    return searchable(word).split(" ")[0]


def found_in(versions: Sequence[ManualVersion], words: str) -> list[Found]:
    """For one page of manuals: the seconds at which any of the words is said or shown. Two queries however many."""
    asked = Q()
    for word in words_of(words):
        asked |= Q(search_text__contains=word)
    places: dict[int, list[Place]] = defaultdict(list)
    keys = [one.pk for one in versions]
    for step in Step.objects.filter(asked, version__in=keys).order_by("number"):
        places[step.version_id].append(Place("step", step.at, step.clock, step.title))
    for caption in Caption.objects.filter(asked, version__in=keys).order_by("number"):
        places[caption.version_id].append(Place("caption", caption.at, caption.clock, caption.text))
    return [
        Found(
            one,
            tuple(sorted(places[one.pk], key=lambda each: each.at)[:LINES_SHOWN]),
            max(0, len(places[one.pk]) - LINES_SHOWN),
        )
        for one in versions
    ]


# --- watching ---


@dataclass(frozen=True)
class Watcher:
    """One person's part in a version: how much of the film they saw, and whether they passed its questions."""

    person: Person
    percent: int
    has_passed: bool | None
    last_at: object


def watchers_of(version: ManualVersion, *, of_firm: int | None) -> list[Watcher]:
    """For the keeper all; for a firm it is shared with its own people. Two queries."""
    viewings = Viewing.objects.filter(version=version).select_related("person")
    answers = ManualAnswer.objects.filter(version=version).select_related("person")
    if of_firm is not None:
        viewings, answers = viewings.filter(organisation=of_firm), answers.filter(organisation=of_firm)
    seen: dict[Person, list[stretches.Stretch]] = defaultdict(list)
    passed: dict[Person, bool] = {}
    last: dict[Person, object] = {}
    for one in viewings:
        seen[one.person].append((one.starts, one.ends))
        last[one.person] = one.at
    for answer in answers:
        passed[answer.person] = passed.get(answer.person, False) or answer.has_passed
        last.setdefault(answer.person, answer.at)
    length = version.film.duration_seconds if version.film else 0
    people = sorted({*seen, *passed}, key=lambda person: (person.full_kana, person.pk))
    return [Watcher(one, stretches.percent(seen[one], duration=length), passed.get(one), last[one]) for one in people]


def passed_by(version: ManualVersion, person: Person) -> ManualAnswer | None:
    """The newest attempt of somebody."""
    return ManualAnswer.objects.filter(version=version, person=person).order_by("-pk").first()
