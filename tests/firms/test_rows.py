"""Patterns of rows escape as format_html does, whatever they are given."""

from django.template.loader import get_template
from django.utils.functional import lazystr
from django.utils.html import format_html
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from firms.web.rows import Parts, Patterns, addresses, escaped, joined, pattern

TEXT = '<tr><td data-label="{label}"><b>{name}</b>{name}</td>{{}}</tr>'
ROW = pattern(TEXT)
LESSON = "courses/catalogue/parts/lesson_time.html"
VALUES = st.one_of(
    st.text(),
    st.text(alphabet="<>&\"'{}%ab"),
    st.integers(),
    st.none(),
    st.text().map(lazystr),
    st.text(alphabet="<>&\"'").map(SafeString),
)


@given(label=VALUES, name=VALUES)
def test_a_pattern_is_filled_as_format_html_fills_it(label, name):
    assert ROW(label=label, name=name) == format_html(TEXT, label=label, name=name)


@given(value=st.text())
def test_no_text_leaves_its_place(value):
    shown = ROW(label=value, name=value)

    assert shown.count("<") == 6
    assert shown.count('"') == 2
    assert isinstance(shown, SafeString)


def test_a_filled_pattern_is_not_escaped_twice():
    inner = pattern("<i>{word}</i>")(word="<&>")

    assert escaped(inner) == "<i>&lt;&amp;&gt;</i>"
    assert joined([inner, inner]) == "<i>&lt;&amp;&gt;</i><i>&lt;&amp;&gt;</i>"


def test_an_address_is_that_of_its_number():
    assert addresses("courses:run")(12) == "/courses/runs/12/"


def test_a_part_is_drawn_once_for_all_that_look_alike():
    parts = Parts()

    drawn = [
        parts.chip("<欠席>", "error"),
        parts.chip("<欠席>", "error"),
        parts.chip("<欠席>", "info"),
        parts.icon("bell"),
    ]

    assert drawn[0] is drawn[1]
    assert drawn[0] == '<span class="chip chip-error">&lt;欠席&gt;</span>'
    assert "chip-info" in drawn[2]
    assert drawn[3].startswith('<svg class="icon"')


@given(title=VALUES, room=VALUES)
def test_a_pattern_of_a_template_says_what_the_template_says(title, room):
    look, says = {"has_room": True}, {"title": title, "day": "", "begins": 9, "ends": "", "minutes": "", "room": room}

    filled = Patterns().fill(LESSON, look, **says)

    assert filled == get_template(LESSON).render(look | says)


def test_patterns_draw_a_template_once_for_each_look():
    drawn = Patterns()
    says = {"title": "a", "day": "", "begins": "", "ends": "", "minutes": "", "room": "<101>"}

    rows = [drawn.fill(LESSON, {"has_room": has_room}, **says) for has_room in (True, False, True)]

    assert len(drawn.drawn) == 2
    assert ["&lt;101&gt;" in row for row in rows] == [True, False, True]
