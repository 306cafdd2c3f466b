"""The frame around every page: drawn once for everybody to whom it looks alike, with names and secrets filled in."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from firms.models.organisations import Role
from firms.web.rows import Fill, pattern_of
from lms.context import NavItem
from lms.templatetags.takumi import csrf_token

register = template.Library()

# What differs from one person to the next, and from one answer to the next.
BLANKS = ("full_name", "email", "organisation", "unread_count", "sign_in_url", "path", "tokens")
# Whoever learns or works in a trial, and acts for nobody or for the firm that employs them.
EASY_ROLES = ("", Role.EMPLOYEE)
# A few dozen roles and pages of the menu; a text is some twelve kilobytes.
LOOKS = 300


@dataclass(frozen=True)
class Look:
    """All that the header's lines and links depend on; `here` is the address the menu marks."""

    kind: str
    role: str
    here: str
    is_signed_in: bool
    is_acting: bool
    may_switch: bool
    is_superuser: bool
    has_unread: bool
    has_sign_in: bool
    is_searching: bool
    may_read_easy: bool
    reads_easy: bool
    settings_demo: bool
    language: str | None


drawn: dict[Look, Fill] = {}


@register.simple_tag(takes_context=True)
def site_header(context: Context) -> SafeString:
    """Every part of the context may be absent, so that error pages have the frame too."""
    request, acting = context.get("request"), context.get("acting")
    nav: list[NavItem] = context.get("nav") or []
    person = getattr(request, "person", None)
    membership = acting.membership if acting else None
    unread = context.get("unread_count") or 0
    sign_in = context.get("sign_in_url") or ""
    path = request.path if request else ""
    look = Look(
        kind=acting.kind if acting else "",
        role=acting.role if acting else "",
        here=next((item.url for item in nav if item.is_current), ""),
        is_signed_in=person is not None,
        is_acting=membership is not None,
        may_switch=len(getattr(request, "memberships", ())) > 1,
        is_superuser=person is not None and person.is_superuser,
        has_unread=unread > 0,
        has_sign_in=bool(sign_in),
        is_searching=path == reverse("search"),
        may_read_easy=acting is not None and acting.role in EASY_ROLES,
        reads_easy=person is not None and person.reads_easy,
        settings_demo=bool(context.get("settings_demo")),
        language=get_language(),
    )
    return header_of(look, nav, membership.get_role_display() if membership else "")(
        full_name=person.full_name if person else "",
        email=person.email if person else "",
        organisation=membership.organisation.name if membership else "",
        unread_count=unread,
        sign_in_url=sign_in,
        path=path,
        tokens=csrf_token(context) if person else "",
    )


def header_of(look: Look, nav: Sequence[NavItem], role_word: str) -> Fill:
    """`nav` and the word for the role follow from the look. Drawn anew while templates are being written."""
    if look not in drawn or settings.DEBUG:
        if len(drawn) >= LOOKS:
            drawn.clear()
        drawn[look] = pattern_of("components/header.html", *BLANKS, **asdict(look), nav=nav, role_word=role_word)
    return drawn[look]


@register.simple_tag(takes_context=True)
def site_footer(context: Context) -> SafeString:
    """Also below pages without the frame's header, which belong to a guest and whose address no browser tells on."""
    request = context.get("request")
    here = request.get_full_path() if request else ""
    return footer_of(bool(context.get("settings_demo")), get_language())(here=here)


@cache
def footer_of(settings_demo: bool, language: str | None) -> Fill:
    other = next((pair for pair in settings.LANGUAGES if pair[0] != (language or "")[:2]), None)
    return pattern_of("components/footer.html", "here", settings_demo=settings_demo, other=other)
