"""The documents of a badge, as Open Badges 3.0 and the W3C data model 2.0 write them: credential, issuer, status list."""

import gzip
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from courses.shapes import CertificateFacts, SkillFacts

VC = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CONTROLLED = "https://www.w3.org/ns/cid/v1"
# W3C Bitstring Status List: no list is shorter, so that a place in it does not tell whose it is.
LIST_BITS = 16 * 1024 * 8
# How long a verifier may keep the list, in milliseconds.
LIST_KEPT = 5 * 60 * 1000

Document = dict[str, Any]


@dataclass(frozen=True)
class Places:
    """The public addresses a badge names; each of them answers."""

    check: str
    issuer: str
    course: str
    status: str


def moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def badge(facts: CertificateFacts, *, at: datetime, index: int, places: Places) -> Document:
    """The certificate as an OpenBadgeCredential. The holder is named by name alone; the `urn:uuid` is of this badge only."""
    return {
        "@context": [VC, OPEN_BADGES],
        "id": places.check,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": facts["course"],
        "issuer": {"id": places.issuer, "type": ["Profile"], "name": facts["college"]},
        "validFrom": moment(at),
        "credentialSubject": {
            "id": f"urn:uuid:{uuid5(NAMESPACE_URL, places.check)}",
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": facts["name"]}
            ],
            "activityStartDate": f"{facts['first_on']}T00:00:00+09:00",
            "activityEndDate": f"{facts['last_on']}T00:00:00+09:00",
            "licenseNumber": facts["number"],
            "achievement": achievement(facts, places=places),
        },
        "credentialStatus": {
            "id": f"{places.status}#{index % LIST_BITS}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(index % LIST_BITS),
            "statusListCredential": places.status,
        },
    }


def achievement(facts: CertificateFacts, *, places: Places) -> Document:
    return {
        "id": places.course,
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": facts["course"],
        "description": facts["about"],
        "inLanguage": "ja",
        "criteria": {"narrative": facts["criteria"]},
        "creator": {"id": places.issuer, "type": ["Profile"], "name": facts["college"]},
        "alignment": [alignment(skill, places=places) for skill in facts["skills"]],
    }


def alignment(skill: SkillFacts, *, places: Places) -> Document:
    return {
        "type": ["Alignment"],
        "targetType": "CFItem",
        "targetName": skill["label"],
        "targetUrl": skill["address"] or places.course,
        "targetFramework": skill["framework"],
        "targetCode": skill["item"],
    }


def claims(credential: Document, *, at: datetime) -> Document:
    """The payload of the JWT: the credential itself, and the claims that repeat it (Open Badges 3.0 §8.2)."""
    told = {"iss": credential["issuer"], "jti": credential["id"], "nbf": int(at.timestamp())}
    issuer = told["iss"]
    told["iss"] = issuer["id"] if isinstance(issuer, dict) else issuer
    return {**credential, **told, "sub": credential["credentialSubject"]["id"]}


def enveloped(token: str) -> Document:
    """The same badge as JSON, for wallets that read no bare JWT (W3C data model 2.0 §4.13)."""
    return {"@context": VC, "id": f"data:application/vc+jwt,{token}", "type": "EnvelopedVerifiableCredential"}


def status_list(revoked: Iterable[int], *, place: str, issuer: str, at: datetime) -> Document:
    """Every badge's bit, the first of them leftmost; a revoked one is 1."""
    return {
        "@context": [VC],
        "id": place,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": moment(at),
        "credentialSubject": {
            "id": f"{place}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded_bits(revoked),
            "ttl": LIST_KEPT,
        },
    }


def encoded_bits(revoked: Iterable[int]) -> str:
    bits = bytearray(LIST_BITS // 8)
    for index in revoked:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")


def profile(*, issuer: str, name: str, keys: dict[str, Document]) -> Document:
    """The issuer, and which keys speak for it. `keys`: address of each key → JWK."""
    return {
        "@context": [VC, OPEN_BADGES, CONTROLLED],
        "id": issuer,
        "type": ["Profile"],
        "name": name,
        "verificationMethod": [
            {"id": place, "type": "JsonWebKey", "controller": issuer, "publicKeyJwk": jwk}
            for place, jwk in keys.items()
        ],
        "assertionMethod": list(keys),
    }
