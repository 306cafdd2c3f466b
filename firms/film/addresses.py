"""Where a video on another site comes from, as the header names it that lets the page play it."""

from urllib.parse import urlsplit


def origin(address: str) -> str:
    """In letters every header holds, whatever script the host is written in; a ValueError where there is none."""
    where = urlsplit(address)
    host = (where.hostname or "").encode("idna").decode()
    if not host or ":" in host:
        raise ValueError(address)
    return f"https://{host}:{where.port or 443}"
