"""What a badge is made from and checked against: keys, addresses, revoked places, and a token somebody shows."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from courses.badges.credential import LIST_BITS, Document, Places, badge, claims, profile, status_list
from courses.badges.signing import BadSignature, UnreadableBadge, key_place_of, read, signed
from courses.models import Certificate, CertificateRevocation, SigningKey
from firms.models import Organisation
from firms.words.saying import said as _


def address(name: str, *args: object) -> str:
    return f"{settings.SITE_URL}{reverse(f'courses:{name}', args=args)}"


def places_of(certificate: Certificate) -> Places:
    facts = certificate.lifted
    return Places(
        check=address("certificate_check", certificate.check_code),
        issuer=address("badge_issuer", facts["college_id"]),
        course=address("course", facts["course_id"]),
        status=address("badge_status", facts["college_id"], certificate.status_index // LIST_BITS),
    )


def badge_of(certificate: Certificate) -> Document:
    at, index = certificate.issued_at, certificate.status_index
    return badge(certificate.lifted, at=at, index=index, places=places_of(certificate))


def badge_token(certificate: Certificate) -> str:
    """The signed badge; one query."""
    return sign(claims(badge_of(certificate), at=certificate.issued_at))


def sign(payload: Document) -> str:
    """With the key in use, which exists since the first certificate was given."""
    key = SigningKey.objects.filter(retired_at=None).latest("pk")
    return signed(payload, private_key=key.private_key, key_place=address("badge_key", key.key_id))


def status_token(college: Organisation, page: int) -> str:
    """The list of this college's badges from `page` on; what it says changes with each revocation. Two queries."""
    first = page * LIST_BITS
    ended = CertificateRevocation.objects.filter(
        certificate__enrolment__run__course__college=college,
        certificate__status_index__gte=first,
        certificate__status_index__lt=first + LIST_BITS,
    )
    rows = list(ended.order_by("pk").values_list("certificate__status_index", "revoked_at"))
    key = SigningKey.objects.filter(retired_at=None).latest("pk")
    at = max([key.created_at, *(revoked_at for _index, revoked_at in rows)])
    listed = status_list(
        [index - first for index, _at in rows],
        place=address("badge_status", college.pk, page),
        issuer=address("badge_issuer", college.pk),
        at=at,
    )
    return signed(claims(listed, at=at), private_key=key.private_key, key_place=address("badge_key", key.key_id))


def issuer_profile(college: Organisation) -> Document:
    keys = {address("badge_key", key.key_id): json.loads(key.public_key) for key in SigningKey.objects.order_by("pk")}
    return profile(issuer=address("badge_issuer", college.pk), name=college.name, keys=keys)


@dataclass(frozen=True)
class Finding:
    """One thing looked at in a badge somebody shows: met, unmet or unknown, in words."""

    label: str
    state: str
    because: str


@dataclass(frozen=True)
class Verdict:
    findings: list[Finding]
    certificate: Certificate | None = None

    @property
    def is_good(self) -> bool:
        return bool(self.findings) and all(finding.state == "met" for finding in self.findings)


def verdict_on(text: str) -> Verdict:
    """Signature, issuer and revocation of a badge, asked of our own keys and rows: nothing is fetched from anywhere."""
    try:
        token = bare(text)
        place = key_place_of(token)
    except UnreadableBadge:
        return Verdict(
            [
                Finding(
                    _("形式"),
                    "unmet",
                    _("デジタル修了証の形になっていません。ファイルの中身をすべて貼り付けたか確かめてください。"),
                )
            ]
        )
    key = key_at(place)
    if key is None:
        return Verdict(
            [
                Finding(
                    _("署名"),
                    "unknown",
                    _("この署名の鍵は、このサイトのものではありません。発行した学校のサイトで確かめてください。"),
                )
            ]
        )
    try:
        payload = read(token, public_key=key.public_key)
    except (BadSignature, UnreadableBadge):
        return Verdict(
            [Finding(_("署名"), "unmet", _("署名が合いません。発行されたあとに書き換えられたか、偽物です。"))]
        )
    return verdict_on_payload(payload, key)


def key_at(place: str) -> SigningKey | None:
    """Ours are few and compared here: what a stranger's badge says goes into no question to the database."""
    return next((key for key in SigningKey.objects.all() if address("badge_key", key.key_id) == place), None)


def bare(text: str) -> str:
    """The JWT itself, taken out of the JSON that envelops it."""
    text = "".join(text.split())
    if not text.startswith("{"):
        return text
    try:
        return str(json.loads(text).get("id", "")).partition(",")[2]
    except (ValueError, AttributeError, RecursionError):
        raise UnreadableBadge from None


def verdict_on_payload(payload: dict[str, Any], key: SigningKey) -> Verdict:
    since = _("（引退した鍵ですが、署名は有効です）") if key.retired_at else ""
    findings = [Finding(_("署名"), "met", _("このサイトの鍵で署名され、書き換えられていません。") + since)]
    code = str(payload.get("jti", "")).rstrip("/").rpartition("/")[2]
    certificate = Certificate.objects.select_related("revocation").filter(check_code=code).first()
    if certificate is None or payload.get("credentialStatus") != badge_of(certificate)["credentialStatus"]:
        said = _("この署名に当たる修了証の記録がありません。")
        return Verdict([*findings, Finding(_("発行者"), "unmet", said)])
    told = {"college": certificate.lifted["college"], "number": certificate.number}
    findings.append(Finding(_("発行者"), "met", _("%(college)s が発行した修了証 %(number)s です。") % told))
    if certificate.is_valid:
        findings.append(Finding(_("有効性"), "met", _("取り消されていません。")))
    else:
        reason = {"reason": certificate.revocation.reason}
        findings.append(Finding(_("有効性"), "unmet", _("取り消されています。理由: %(reason)s") % reason))
    return Verdict(findings, certificate)
