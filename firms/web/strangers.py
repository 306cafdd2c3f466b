"""Limits of the forms anybody may send without a login."""

from allauth.core.internal.ratelimit import consume
from django.http import HttpRequest

# As sign-up elsewhere: a visitor's address sends a few forms an hour, and nobody's letter box is filled by strangers.
BY_VISITOR, BY_ADDRESS = {"come": "20/h/ip"}, {"letter": "3/h/key"}


def comes_too_often(request: HttpRequest, *, app: str) -> bool:
    """Counts this form; the twenty-first within the hour is one too many."""
    return consume(request, app=app, action="come", config=BY_VISITOR) is None


def may_write_to(request: HttpRequest, address: str, *, app: str) -> bool:
    """A fourth letter within the hour is not sent; the page says what it says to everybody."""
    return consume(request, app=app, action="letter", key=address.lower(), config=BY_ADDRESS) is not None
