"""What every page knows: its navigation and what waits."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firms.models.organisations import Kind, Role
from firms.queries import unread_count
from firms.web.middleware import needs_second_factor
from firms.web.typed import typed_of


@dataclass(frozen=True)
class NavItem:
    label: object
    url: str
    is_current: bool


# kind and role → (label, url name)
COMMON = ((_("ホーム"), "home"), (_("講座をさがす"), "courses:catalogue"))
NAV: dict[tuple[str, str], tuple[tuple[object, str], ...]] = {
    (Kind.FIRM, Role.MANAGER): (
        *COMMON,
        (_("従業員"), "firms:people"),
        (_("スキル"), "courses:firm_skills"),
        (_("修了証"), "courses:certificates"),
        (_("請求書"), "courses:invoices"),
        (_("助成金案件"), "grants:cases"),
        (_("マイスターの派遣"), "mentors:requests"),
        (_("技能マニュアル"), "mentors:manuals"),
        (_("委任"), "firms:mandates"),
        (_("トライアル就労"), "trials:placements"),
    ),
    (Kind.FIRM, Role.EMPLOYEE): (
        *COMMON,
        (_("自分の受講"), "courses:my_enrolments"),
        (_("eラーニング"), "courses:learn"),
        (_("自分のスキル"), "courses:my_skills"),
        (_("修了証"), "courses:certificates"),
        (_("技能マニュアル"), "mentors:manuals"),
        (_("マイスター"), "mentors:mine"),
    ),
    (Kind.COLLEGE, Role.COORDINATOR): (
        *COMMON,
        (_("自校の講座"), "courses:own_courses"),
        (_("出席の取込み"), "courses:imports"),
        (_("講師の予定"), "courses:schedule"),
        (_("請求書"), "courses:invoices"),
        (_("修了証"), "courses:certificates"),
        (_("マイスターの派遣"), "mentors:requests"),
        (_("工場見学"), "trials:visits"),
    ),
    (Kind.COLLEGE, Role.INSTRUCTOR): (
        *COMMON,
        (_("担当するコマ"), "courses:my_lessons"),
        (_("出席の取込み"), "courses:imports"),
        (_("講師の予定"), "courses:schedule"),
    ),
    (Kind.OFFICE, Role.ADVISOR): (
        *COMMON,
        (_("顧問先"), "grants:desk"),
        (_("期限"), "grants:deadlines"),
        (_("助成金案件"), "grants:cases"),
        (_("企業のスキル"), "courses:firm_skills"),
        (_("委任"), "firms:mandates"),
    ),
    (Kind.OFFICE, Role.CLERK): (
        *COMMON,
        (_("顧問先"), "grants:desk"),
        (_("期限"), "grants:deadlines"),
        (_("助成金案件"), "grants:cases"),
    ),
    (Kind.WARD, Role.OFFICER): (
        *COMMON,
        (_("講座の掲載"), "courses:own_courses"),
        (_("トライアル就労"), "trials:rounds"),
        (_("マイスター"), "mentors:applications"),
        (_("技能マニュアル"), "mentors:manuals"),
        (_("組織"), "firms:organisations"),
        (_("指標"), "kpi:indicators"),
    ),
    (Kind.AGENCY, Role.COORDINATOR): (
        *COMMON,
        (_("トライアル就労"), "trials:placements"),
        (_("求人"), "trials:postings"),
        (_("募集回"), "trials:rounds"),
    ),
    (Kind.AGENCY, Role.CAREER): (
        *COMMON,
        (_("担当する人"), "trials:placements"),
        (_("求人"), "trials:postings"),
        (_("募集回"), "trials:rounds"),
    ),
    # Somebody who acts for nobody today: in a trial, or a retired craftsman.
    ("", ""): (
        *COMMON,
        (_("自分のトライアル"), "trials:mine"),
        (_("マイスター"), "mentors:mine"),
        (_("技能マニュアル"), "mentors:manuals"),
    ),
}


# What a visitor without a login may see.
OPEN_NAV = (
    (_("講座をさがす"), "courses:catalogue"),
    (_("開講カレンダー"), "courses:calendar"),
    (_("修了証の照会"), "courses:certificate_find"),
    (_("マイスターをさがす"), "mentors:register"),
    (_("トライアル就労"), "trials:welcome"),
)

# What stands under another address than the list one finds it in, as patterns. A course and a run themselves are
# everybody's, so they stay with the catalogue; the pages of their keepers lie under the keepers' lists.
KEPT = r"/courses/((own|new|revisions|units|questions|lessons|marks|enrolments|learn)/|(runs/)?\d+/\w)"
CERTIFIED = "/courses/(certificates|badges)/"
TRIALS = r"/trials/(?!open/)"
UNDER = {
    "firms:people": "/(organisations/people|people|trainees)/",
    "trials:placements": r"/trials/(placements|seekers|months|days|papers|complaints|accidents)/|/trials/$"
    r"|/trials/(agreements|advisers|deputies|direct)/",
    "trials:postings": r"/trials/(postings|visits|visit-requests)/",
    "trials:rounds": "/trials/(rounds|licences)/",
    "trials:mine": TRIALS,
    "courses:own_courses": KEPT,
    "courses:my_lessons": KEPT,
    "courses:my_enrolments": r"/courses/((mine|enrolments|hours|check-in|marks)/|runs/\d+/\w)",
    "courses:certificates": CERTIFIED,
    "courses:certificate_find": CERTIFIED,
    "mentors:applications": "/mentors/",
    "mentors:mine": "/mentors/",
    "mentors:requests": "/mentors/",
    "mentors:manuals": "/mentors/(manuals|subsidies|appearances|approvals)/",
}


def page(request: HttpRequest) -> dict[str, object]:
    """Context of every template; error pages are rendered without it."""
    context: dict[str, object] = {
        "nav": [],
        "unread_count": 0,
        "acting": None,
        "sign_in_url": "",
        "typed": typed_of(request),
    }
    acting = getattr(request, "acting", None)
    if acting is None:
        return context | visitor(request)
    return context | {
        "acting": acting,
        "memberships": request.memberships,  # type: ignore[attr-defined]
        "nav": nav_of(NAV.get((acting.kind, acting.role), COMMON), request.path),
        "unread_count": unread_count(acting.person),
        "needs_second_factor": needs_second_factor(acting.person, request.memberships),  # type: ignore[attr-defined]
    }


def visitor(request: HttpRequest) -> dict[str, object]:
    """The open pages, and a sign-in that leads back to the page one came from."""
    sign_in = address("account_login")
    is_open = request.path.startswith(address("courses:catalogue"))
    back = f"?{urlencode({'next': request.get_full_path()})}" if is_open else ""
    return {
        "nav": nav_of(OPEN_NAV, request.path),
        "sign_in_url": "" if request.path == sign_in else f"{sign_in}{back}",
    }


def nav_of(entries: Iterable[tuple[object, str]], path: str) -> list[NavItem]:
    items = [(label, name, address(name)) for label, name in entries]
    here = current({url: UNDER.get(name, url) for _label, name, url in items}, path)
    return [NavItem(label, url, url == here) for label, _name, url in items]


@cache
def address(name: str) -> str:
    """Asked of the resolver once: it stays as long as the process."""
    return reverse(name)


def current(covers: dict[str, str], path: str) -> str:
    """The item whose pattern covers most of the path; the home page covers itself alone."""
    matches = {url: re.match(cover, path) for url, cover in covers.items() if url != "/" or path == "/"}
    covered = {url: match.end() for url, match in matches.items() if match}
    return max(covered, key=covered.__getitem__, default="")
