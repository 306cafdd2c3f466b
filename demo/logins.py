"""How one signs in to the demo: logins on the login page, the code of the moment on the second page."""

import base64
import hashlib
from collections.abc import Iterable

from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from firms.models import Membership, Person
from firms.web.middleware import SECOND_FACTOR_ROLES
from firms.words.saying import said as _
from trials.models import JobSeeker

PASSWORD = "takumi-demo"
DOMAIN = "demo.example"
# The order of the login page: the story's order.
NAMES = (
    "manager employee advisor clerk coordinator instructor officer manager2 large advisor2 coordinator3 adviser"
    " adviser2 mentor board".split()
)
# Of the people in trials, who act for nobody: one is asked for their intent, one has an offer before them.
TRIALISTS = ("trialist", "trialist2")
# Act for nobody any more; by the firm they once worked for they are known as invented.
RETIRED = {
    "mentor": (gettext_lazy("マイスター"), gettext_lazy("（引退した職人）")),
    "board": (gettext_lazy("審査会の委員"), gettext_lazy("（架空）東都商工会議所")),
}


def email_of(name: str) -> str:
    return f"{name}@{DOMAIN}"


def totp_secret(email: str) -> str:
    """A second factor everybody could work out; it guards invented people only."""
    return base64.b32encode(hashlib.sha256(email.encode()).digest()[:20]).decode()


def demo_logins() -> list[dict[str, object]]:
    """Members of invented organisations that are in the database; nothing on a real site."""
    if not settings.DEMO:
        return []
    emails = [email_of(name) for name in NAMES]
    working = Q(ended_on=None) | Q(person__email__in=[email_of(name) for name in RETIRED])
    members = Membership.objects.filter(
        working, person__email__in=emails, organisation__is_fictional=True
    ).select_related("person", "organisation")
    first: dict[str, Membership] = {}
    for member in members.order_by("-role", "started_on"):  # 管理者 before 従業員
        first.setdefault(member.person.email or "", member)
    return [*(login(first[email]) for email in emails if email in first), *trialist_logins()]


def trialist_logins() -> list[dict[str, object]]:
    emails = [email_of(name) for name in TRIALISTS]
    found = JobSeeker.objects.filter(person__email__in=emails, agency__is_fictional=True).select_related(
        "person", "agency"
    )
    return [
        {
            "role": _("トライアル就労をする人"),
            "name": seeker.full_name,
            "organisation": seeker.agency.name,
            "email": seeker.email,
            "password": PASSWORD,
            "note": "",
        }
        for seeker in sorted(found, key=lambda seeker: emails.index(seeker.email))
    ]


def login(member: Membership) -> dict[str, object]:
    if member.ended_on:
        role, organisation = RETIRED[(member.person.email or "").partition("@")[0]]
        return {
            "role": role,
            "name": member.person.full_name,
            "organisation": organisation,
            "email": member.person.email,
            "password": PASSWORD,
            "note": "",
        }
    needs_code = member.role in SECOND_FACTOR_ROLES
    return {
        "role": member.get_role_display(),
        "name": member.person.full_name,
        "organisation": member.organisation.name,
        "email": member.person.email,
        "password": PASSWORD,
        "note": _("二段階認証の6桁は次の画面に出ます") if needs_code else "",
    }


def demo_code(request: HttpRequest) -> str:
    """The six digits of the moment, for whoever has just given the password of an invented person."""
    if not settings.DEMO or request.path not in (reverse("mfa_authenticate"), reverse("mfa_reauthenticate")):
        return ""
    person = person_signing_in(request)
    if person is None or not is_invented(person.memberships.select_related("organisation")):
        return ""
    factor = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if factor is None:
        return ""
    secret = decrypt(factor.data["secret"])
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def person_signing_in(request: HttpRequest) -> Person | None:
    if isinstance(request.user, Person):
        return request.user
    stage = get_pending_stage(request)
    return stage.login.user if stage else None


def is_invented(memberships: Iterable[Membership]) -> bool:
    found = list(memberships)
    return bool(found) and all(member.organisation.is_fictional for member in found)
