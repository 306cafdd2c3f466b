"""マイスター: the public register, requests, and for the ward who applied."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models.organisations import Kind
from firms.words.searching import search_form
from lms.searching.firms import PERSON
from lms.searching.providers import Hit, Provider, Words, said
from mentors.models import Application, Certification, ManualVersion, MentoringRequest
from mentors.queries.manuals import matching


def register(acting: Acting, words: Words) -> QuerySet[Certification]:
    """What the holders agreed to show to everybody."""
    found = Certification.objects.listed_on(acting.today).matching(search_form(" ".join(words)))
    return found.order_by("-pk")


def register_hit(row: Certification) -> Hit:
    about = (str(row.facts.get("name", "")), row.number)
    return Hit(row.title, reverse("mentors:certificate_check", args=[row.check_code]), about)


def requests(acting: Acting, words: Words) -> QuerySet[MentoringRequest]:
    rows = MentoringRequest.objects.visible_to(acting).select_related("host")
    return rows.filter(said(words, "need", "machine", "place", "host__name")).order_by("-pk")


def request_hit(row: MentoringRequest) -> Hit:
    about = (row.host.name, str(row.get_state_display()))
    return Hit(row.need, reverse("mentors:request", args=[row.pk]), about)


def applications(acting: Acting, words: Words) -> QuerySet[Application]:
    rows = Application.objects.visible_to(acting).select_related("person")
    return rows.filter(said(words, *[f"person__{name}" for name in PERSON])).order_by("-pk")


def application_hit(row: Application) -> Hit:
    about = (str(row.get_designation_display()), str(row.get_state_display()))
    return Hit(row.person.full_name, reverse("mentors:application", args=[row.pk]), about)


def manuals(acting: Acting, words: Words) -> QuerySet[ManualVersion]:
    """Whatever is said or shown in those one may watch; the list leads to the second."""
    seen = matching(ManualVersion.objects.published().visible_to(acting), " ".join(words))
    return seen.select_related("manual__firm").order_by("-published_at", "-pk")


def manual_hit(row: ManualVersion) -> Hit:
    about = (row.manual.firm.name, row.manual.occupation_label)
    return Hit(row.title, reverse("mentors:manual", args=[row.manual_id]), about)


PROVIDERS = (
    Provider(
        "manuals", _("技能マニュアル"), "play", manuals, manual_hit, more="mentors:manuals",
        concerns=lambda acting: acting.kind in {"", Kind.FIRM, Kind.COLLEGE, Kind.WARD},
    ),
    Provider("register", _("マイスター"), "user", register, register_hit, more="mentors:register"),
    Provider(
        "requests", _("マイスターの派遣"), "people", requests, request_hit,
        concerns=lambda acting: acting.kind in {"", Kind.FIRM, Kind.AGENCY, Kind.COLLEGE, Kind.WARD},
    ),
    Provider(
        "applications", _("マイスターの申請"), "file", applications, application_hit,
        concerns=lambda acting: acting.kind == Kind.WARD,
    ),
)  # fmt: skip
