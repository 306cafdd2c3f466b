"""Signing a badge, and reading one that somebody shows us."""

import json
from typing import Any

from courses.badges.keys import ALGORITHM, opened

Document = dict[str, Any]


class UnreadableBadge(Exception):
    """What was shown is no signed badge at all."""


class BadSignature(Exception):
    """It was changed after it was signed, or signed by somebody else."""


def signed(payload: Document, *, private_key: str, key_place: str) -> str:
    """The compact JWT. RS256 adds no chance, so the same badge is the same text each time."""
    import jwt

    return jwt.encode(payload, opened(private_key), algorithm=ALGORITHM, headers={"kid": key_place})


def key_place_of(token: str) -> str:
    """The address of the key the token says it was signed with; nothing of it is trusted yet."""
    import jwt

    try:
        return str(jwt.get_unverified_header(token).get("kid", ""))
    except jwt.PyJWTError:
        raise UnreadableBadge from None


def read(token: str, *, public_key: str) -> Document:
    """What the token says, once its signature holds; the algorithm is ours, never the token's own word."""
    import jwt

    key = jwt.PyJWK(json.loads(public_key), algorithm=ALGORITHM)
    options: Any = {"verify_aud": False, "verify_nbf": False, "verify_iat": False, "verify_sub": False}
    try:
        payload: Document = jwt.decode(token, key, algorithms=[ALGORITHM], options=options)
    except (jwt.InvalidSignatureError, jwt.InvalidAlgorithmError):
        raise BadSignature from None
    except jwt.PyJWTError:
        raise UnreadableBadge from None
    return payload
