"""Names as they are compared."""

import unicodedata


def plain(name: str) -> str:
    """A name without the ways of writing it: width and blanks."""
    return "".join(unicodedata.normalize("NFKC", name).split())
