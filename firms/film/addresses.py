"""Where a video on another site comes from, as the header names it that lets the page play it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.csp import CSP


def origin(address: str) -> str:
    """In letters every header holds, whatever script the host is written in; a ValueError where there is none."""
    where = urlsplit(address)
    host = (where.hostname or "").encode("idna").decode()
    if not host or ":" in host:
        raise ValueError(address)
    return f"https://{host}:{where.port or 443}"


def policy_for(address: str) -> dict[str, Any]:
    """The site's own policy, with the one host a film comes from; of its address nothing else reaches the header."""
    try:
        hosts = [origin(address)]
    except ValueError:
        hosts = []
    return {**settings.SECURE_CSP, "media-src": [CSP.SELF, *hosts]}
