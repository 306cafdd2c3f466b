"""An official word with its explanation beside it: shown on hover, on tap, and read out; no script."""

from uuid import uuid4

from django import template
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from firms.words.saying import said
from firms.words.tongues import JAPANESE, in_english
from lms.help.reading import Word, labels, words

register = template.Library()


@register.simple_tag
def term(word: str, shown: str = "") -> SafeString:
    """{% term "計画届" %}; `shown` is what stands on the page where it is not the word itself.

    A word the glossary does not know is a fault of the template, and says so.
    """
    return format_html(
        '<span class="term"><button type="button" popovertarget="{0}" aria-describedby="{0}"><dfn>{1}</dfn></button>'
        '<span id="{0}" popover role="note" class="term-note">{2}</span></span>',
        f"term-{uuid4().hex[:8]}",
        shown or gettext(word),
        gettext(words()[word].means),
    )


# What stands in TOML, in the language of the page.
register.filter("said", said)


@register.filter
def as_read(word: Word) -> SafeString:
    """The word with its reading over it; in English with the Japanese word behind it, as official papers have it."""
    if in_english():
        return format_html('{} <span lang="ja">（{}）</span>', gettext(word.word), word.word)
    return format_html("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>", word.word, word.kana)


def explained(label: object) -> object:
    """The label of a row, with the explanation where it is an official word."""
    # By the Japanese it was made of: in English one word may stand for several.
    with translation.override(JAPANESE):
        known = labels().get(str(label))
    return term(known.word, str(label)) if known else label
