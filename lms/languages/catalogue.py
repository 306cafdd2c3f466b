"""The English catalogue: every text of code and templates, with what translators made of it.

`lms/locale/en/LC_MESSAGES/django.po` is what people edit; the .mo beside it is what a site reads. Babel reads the texts
out of the sources; it is there for developers alone, and no page needs it.
"""

import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from lms.help.reading import guides, words
from mentors.occupations import current_edition

HOME = Path(__file__).resolve().parents[2]
ENGLISH = HOME / "lms" / "locale" / "en" / "LC_MESSAGES" / "django.po"
# What it says only developers read.
APART = {"bench"}
ALONE = ("_", "_now", "_later", "_lazy", "gettext", "gettext_lazy", "gettext_noop", "translate")
IN_CONTEXT = ("pgettext", "pgettext_lazy")
KEYWORDS = (
    dict.fromkeys(ALONE) | dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)) | dict.fromkeys(IN_CONTEXT, (1, 2))
)


@dataclass(frozen=True)
class Text:
    """What is to be translated: alone or with its plural, and what tells it from another text of the same letters."""

    forms: tuple[str, ...]
    context: str | None = None

    @property
    def asked(self) -> str | tuple[str, ...]:
        return self.forms if len(self.forms) > 1 else self.forms[0]


def texts() -> Iterator[Text]:
    """Each text once, in the order of the files."""
    found = itertools.chain.from_iterable(map(texts_of, sources()))
    yield from dict.fromkeys(itertools.chain(found, (Text((text,)) for text in held_texts())))


def held_texts() -> Iterator[str]:
    """What stands in TOML and is shown by a page: the glossary, the first steps of each role, the occupations."""
    for word in words().values():
        yield from (word.word, word.means, word.group)
    for guide in guides().values():
        yield from (guide.title, guide.about)
        for step in guide.steps:
            yield from (step.title, step.text)
    for group in current_edition().groups:
        yield group.label
        yield from (occupation.label for occupation in group.occupations)


def sources() -> list[Path]:
    apps = sorted(path.parent for path in HOME.glob("*/apps.py") if path.parent.name not in APART)
    found = [path for app in apps for path in sorted(app.rglob("*")) if path.suffix in {".py", ".html", ".txt"}]
    return [path for path in found if path.suffix == ".py" or "templates" in path.parts]


def texts_of(path: Path) -> Iterator[Text]:
    source = path.read_text(encoding="utf-8")
    # What stands in for the rest of a template is no code, and its indents would be taken for one's.
    code = source if path.suffix == ".py" else templatize(source, origin=str(path)).replace("\n", " ")
    for _line, call, message, _comments in extract_python(io.BytesIO(code.encode()), KEYWORDS, [], {}):
        found = [part for part in (message if isinstance(message, tuple | list) else [message]) if part]
        if found and call in IN_CONTEXT:
            yield Text((found[1],), context=found[0])
        elif found:
            yield Text(tuple(found[: len(KEYWORDS[str(call)] or (1,))]))


def english() -> Catalog:
    """What has been translated so far."""
    if not ENGLISH.exists():
        return Catalog(locale="en", charset="utf-8")
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def renewed(held: Catalog) -> Catalog:
    """Every text of today, with its translation where there is one; what nothing says any more falls away."""
    catalogue = Catalog(locale="en", charset="utf-8")
    for text in texts():
        known = held.get(text.asked, text.context)
        catalogue.add(text.asked, known.string if known else "", context=text.context)
    return catalogue


def write(catalogue: Catalog) -> None:
    with ENGLISH.open("wb") as file:
        write_po(file, catalogue, width=0, omit_header=False, sort_output=True)
    with ENGLISH.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
