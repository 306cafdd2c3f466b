"""Filters and tags every page may use without loading them; /style/ shows each of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import uuid4

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from firms.words import japanese
from firms.words.days import spoken
from firms.words.saying import said as _
from lms.templatetags.words import explained

register = template.Library()

for written in (
    japanese.wareki,
    japanese.wareki_month,
    japanese.jdate,
    japanese.jdate_era,
    japanese.jtime,
    japanese.jdatetime,
    japanese.jday,
    japanese.jday_short,
    japanese.jmonth,
    japanese.jmonth_short,
    japanese.yen,
    japanese.hm,
    spoken,
):
    # On a page at once: nothing is said again.
    register.filter(written.__name__, getattr(written, "__wrapped__", written))

# The colour of a state whose model does not say `tone` itself, by the words states share across the apps.
TONES: dict[str, str] = {
    "info": "open running requested waiting planned filed submitted offered enrolled ready",
    "success": "active done accepted answered clean completed approved paid decided certified hired",
    "warning": "unchecked returned changed late suspended waitlisted",
    "error": "rejected quarantined refused failed lapsed overdue",
}
TONE_OF = {state: tone for tone, states in TONES.items() for state in states.split()}

# Days before a deadline at which its chip turns yellow, then red.
SOON_DAYS, URGENT_DAYS = 14, 3


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """Django's token, the mark of `firms.web.once`, and for whom the page was shown: so no form that posts lacks them."""
    token = format_html('{}<input type="hidden" name="once_mark" value="{}">', CsrfTokenNode().render(context), uuid4())
    membership = getattr(context.get("acting"), "membership", None)
    if not membership:
        return token
    return format_html('{}<input type="hidden" name="acting_for" value="{}">', token, membership.pk)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One picture of icons.svg; hidden from readers unless it carries a label of its own."""
    if not label:
        return picture(name)
    return format_html(
        '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, sprite_address(), name
    )


@cache
def picture(name: str) -> SafeString:
    """Written once for each of the few dozen names; a page may show hundreds."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite_address(), name)


@cache
def sprite_address() -> str:
    """Asked for once: a process serves the same files under the same address as long as it lives."""
    return static("lms/icons.svg")


@register.simple_tag
def chip(text: object, tone: str = "neutral", icon_name: str = "") -> SafeString:
    """tone: neutral · info · success · warning · error · solid"""
    return format_html('<span class="chip chip-{}">{}{}</span>', tone, icon(icon_name) if icon_name else "", text)


@register.simple_tag
def state_chip(thing: Any) -> SafeString:
    """The state of an object in words; its `tone` is a word, or a mapping from states to words."""
    tone = getattr(thing, "tone", None) or TONE_OF.get(thing.state, "neutral")
    if isinstance(tone, Mapping):
        tone = tone.get(thing.state, "neutral")
    return chip(getattr(thing, "state_word", "") or thing.get_state_display(), tone)


@register.simple_tag
def check_state(state: str) -> SafeString:
    """met · unmet · unknown, as a picture and a word."""
    word, picture = {
        "met": (_("満たす"), "check-circle"),
        "unmet": (_("満たさない"), "error"),
        "unknown": (_("未確認"), "question"),
    }[str(state)]
    return format_html('<span class="check-state check-{}">{}{}</span>', state, icon(picture), word)


@register.simple_tag
def days_left(day: date | None, today: date) -> SafeString:
    """How far a deadline is away, coloured when it is near or past."""
    if not day:
        return SafeString("")
    days = (day - today).days
    if days < 0:
        return chip(_("%(days)s日超過") % {"days": -days}, "error", "alert")
    tone = "error" if days <= URGENT_DAYS else "warning" if days <= SOON_DAYS else "neutral"
    return chip(_("あと%(days)s日") % {"days": days} if days else _("本日まで"), tone, "clock")


@register.simple_tag
def row(label: object, value: object = "", note: object = "") -> SafeString:
    """One line inside <dl class="dl">; nothing is written as a dash."""
    said = "—" if value is None or value == "" else value
    small = format_html('<br><span class="soft small">{}</span>', note) if note else ""
    return format_html("<div><dt>{}</dt><dd>{}{}</dd></div>", explained(label), said, small)


@register.simple_tag
def dl(rows: Sequence[tuple[object, object]]) -> SafeString:
    """A whole description list from pairs."""
    return format_html('<dl class="dl">{}</dl>', format_html_join("", "{}", ((row(*pair),) for pair in rows)))


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*parts: object) -> dict[str, object]:
    """Label and address in turn, the page itself last without one: {% breadcrumb "講座" courses_url "現場IoT" %}"""
    labels, urls = parts[::2], [*parts[1::2], ""]
    return {"crumbs": list(zip(labels, urls, strict=False))}


@register.inclusion_tag("components/steps.html")
def steps(steps: Sequence[object] | str | Promise, current: int, label: str = "") -> dict[str, object]:
    """`steps`: words, or one text with | between them; `current` counts from 1, one past the last means all is done."""
    # A text marked for translation in the template arrives lazy, which is not a str yet can be indexed like one.
    words = str(steps).split("|") if isinstance(steps, str | Promise) else steps
    numbered = [
        {"number": n, "label": word, "state": "done" if n < current else "current" if n == current else "todo"}
        for n, word in enumerate(words, start=1)
    ]
    return {"steps": numbered, "label": label or _("手続きの流れ")}


@register.inclusion_tag("components/empty.html")
def empty(
    title: str, text: str = "", action_url: str = "", action_label: str = "", icon: str = "inbox"
) -> dict[str, str]:
    """What an empty list says, and what to do next."""
    return {"title": title, "text": text, "action_url": action_url, "action_label": action_label, "icon_name": icon}


@register.inclusion_tag("components/progress.html")
def progress(value: int, max: int, label: str, text: str = "") -> dict[str, object]:
    """A bar with its label above and its figure beside it."""
    return {"value": value, "max": max or 1, "label": label, "text": text or f"{value} / {max}"}


@register.inclusion_tag("components/bars.html")
def bar_chart(rows: Sequence[tuple[object, int]], unit: str = "", label: str = "") -> dict[str, object]:
    """Horizontal bars from (label, number) pairs; the words and figures are text, only the bars are pictures."""
    most = max((number for _label, number in rows), default=0) or 1
    bars = [
        {"label": name, "figure": f"{number:,}{unit}", "width": f"{max(number, 0) * 100 / most:.2f}"}
        for name, number in rows
    ]
    return {"bars": bars, "label": label}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any]) -> dict[str, object]:
    """Page numbers that keep the other words of the address."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"query": context["request"].GET, "page": page, "numbers": list(numbers), "gap": page.paginator.ELLIPSIS}


@register.simple_tag
def field(field: BoundField, **extra: Any) -> SafeString:
    """One field as a group; unit, label, help and css may be given here instead of in the form."""
    return field.render("forms/field.html", context={"field": field, **extra})


@register.inclusion_tag("forms/summary.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """The summary above a form that was refused, each error linked to its field."""
    return {"form": form, "fields": [form[name] for name in form.errors if name in form.fields]}


@register.filter
def widget_kind(field: BoundField) -> str:
    """check · choices · file · plain: the four shapes of a field group."""
    kind = field.widget_type
    return {"checkbox": "check", "radioselect": "choices", "checkboxselectmultiple": "choices"}.get(kind, "plain")
