"""Secrets that stand in a link: made from a nonce and the site's key, so that no row holds the secret itself."""

from hashlib import sha256
from secrets import token_urlsafe

from django.utils.crypto import salted_hmac

SALT = "firms.invitation"


def new_nonce() -> str:
    return token_urlsafe(18)


def token_of(nonce: str) -> str:
    """What stands in the link; it can be made again for the mail, but not from what the database keeps."""
    return salted_hmac(SALT, nonce, algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
