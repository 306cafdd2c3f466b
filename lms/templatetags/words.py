"""An official word with its explanation beside it: shown on hover, on tap, and read out; no script."""

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lms.help.reading import labels, words

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
        shown or word,
        words()[word].means,
    )


def explained(label: object) -> object:
    """The label of a row, with the explanation where it is an official word."""
    known = labels().get(str(label))
    return term(known.word, str(label)) if known else label
