"""What stands on a paper to prove it: the code somebody types, and the picture a telephone reads."""

from django.utils.crypto import get_random_string

# Without the signs people mistake for each other; twenty of them are far too many to try out.
CODE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 20
CODE_GROUP = 5


def new_check_code() -> str:
    return get_random_string(CODE_LENGTH, CODE_SIGNS)


def spoken_code(code: str) -> str:
    """In groups of five, as it is printed for people who type it."""
    return "-".join(code[start : start + CODE_GROUP] for start in range(0, len(code), CODE_GROUP))


def qr(text: str) -> str:
    """As an address a page or a paper can show without fetching anything."""
    import segno

    drawn: str = segno.make(text, error="m").svg_data_uri(border=2, dark="#1a2433", light="#fff", scale=4)
    return drawn
