"""Files as they arrive from a bad stick or a bad hand: some bytes changed, cut out or put in, outside or inside an archive."""

import io
import zipfile
from random import Random

TELLING = b'0123456789<>"/&=-\x00\xff'


def damaged(content, rng):
    """The same file with a few places spoilt."""
    spoilt = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(spoilt)) if spoilt else 0
        how = rng.random()
        if how < 0.6:
            spoilt[at : at + 1] = bytes([rng.randrange(256)])
        elif how < 0.75:
            spoilt[at : at + 1] = bytes([rng.choice(TELLING)])
        elif how < 0.85:
            del spoilt[at : at + rng.randrange(1, 60)]
        else:
            spoilt[at:at] = content[at : at + rng.randrange(1, 60)]
    return bytes(spoilt)


def damaged_inside(content, rng):
    """An archive that is whole, with one of its parts spoilt."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        hit = rng.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, damaged(part, rng) if name == hit else part)
    return made.getvalue()


def copies(content, *, name, count):
    """As many spoilt copies, the same ones each time."""
    rng = Random(name)
    is_open = content.startswith(b"PK\x03\x04") and not content[6] & 1
    ways = (damaged, damaged_inside) if is_open else (damaged,)
    for number in range(count):
        yield ways[number % len(ways)](content, rng)
