"""Which figure holds on a day: the first of its days, the last, and those on either side."""

from datetime import date
from fractions import Fraction

import pytest

from grants.rules import Figure, NoFigure, Scheme, Schemes
from grants.rules.combining import conflict, conflicts_of
from grants.rules.outcome import line

FIRST, LAST, NEXT = date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 8)


def figure(value, since=FIRST, until=None, confidence="high", verified_until=date(2027, 3, 31), source="要領1"):
    return Figure(
        table="x",
        name="rate",
        label="率",
        value=value,
        unit="percent",
        clock="plan_filed",
        source=source,
        confidence=confidence,
        verified_until=verified_until,
        effective_from=since,
        effective_to=until,
    )


def schemes(*dated, **told):
    plain = {"name": "x", "title": "制度X", "authority": "厚生労働省", "clock": "plan_filed", "menus": {}}
    combined = {"combination": "by_table", "combination_note": ""}
    return Schemes({"x": Scheme(**(plain | combined | told), figures={"rate": dated})})


ENDED = schemes(figure(45, until=LAST), figure(60, since=NEXT))


@pytest.mark.parametrize(
    ("on", "value"),
    [
        (date(2025, 3, 31), None),
        (FIRST, 45),
        (LAST, 45),
        (date(2026, 4, 1), None),
        (date(2026, 4, 7), None),
        (NEXT, 60),
        (date(2099, 12, 31), 60),
    ],
)
def test_figure_holds_from_its_first_day_to_its_last(on, value):
    found = ENDED.find("x", "rate", on)

    assert (found and found.whole) == value


@pytest.mark.parametrize(
    ("on", "value"), [(date(2025, 3, 31), 45), (LAST, 45), (date(2026, 4, 1), 60), (date(2026, 4, 7), 60), (NEXT, 60)]
)
def test_days_are_counted_by_the_nearest_edition(on, value):
    assert ENDED.latest("x", "rate", on).whole == value


@pytest.mark.parametrize(
    ("on", "value"), [(date(2026, 4, 7), 50), (date(2026, 4, 8), 55), (date(2026, 12, 31), 55), (date(2027, 1, 1), 60)]
)
def test_days_after_a_gap_are_counted_by_the_last_edition_of_all(on, value):
    over = schemes(
        figure(50, until=date(2026, 4, 7)),
        figure(55, since=NEXT, until=date(2026, 12, 31)),
        figure(60, since=date(2027, 1, 1), until=date(2027, 1, 1)),
    )

    assert over.latest("x", "rate", on).whole == value
    assert over.latest("x", "rate", date(2027, 1, 2)).whole == 60


def test_figure_nobody_knows_is_named():
    with pytest.raises(NoFigure, match="2026-04-01の時点で有効な数値「x / rate」"):
        ENDED.get("x", "rate", date(2026, 4, 1))
    assert ENDED.get("x", "rate", LAST).whole == 45
    assert ENDED.find("y", "rate", LAST) is None
    assert ENDED.find("x", "limit", LAST) is None


def test_editions_turn_where_a_figure_begins_or_ends():
    assert Schemes(ENDED.by_name).turning_days == [FIRST, date(2026, 4, 1), NEXT]
    assert schemes(figure(date(2026, 5, 1))).turning_days == [FIRST, date(2026, 5, 1), date(2026, 5, 2)]


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        (date(2025, 3, 30), date(2025, 3, 30)),
        (date(2025, 3, 31), date(2025, 3, 31)),
        (FIRST, FIRST),
        (LAST, FIRST),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 4, 7), date(2026, 4, 1)),
        (NEXT, NEXT),
        (date(2026, 4, 9), NEXT),
    ],
)
def test_days_of_one_edition_share_its_first_day(on, edition):
    assert Schemes(ENDED.by_name).edition_of(on) == edition


@pytest.mark.parametrize(
    ("value", "on", "holds"),
    [(True, FIRST, True), (False, FIRST, False), (1, FIRST, False), (True, date(2025, 3, 31), False)],
)
def test_rule_holds_from_its_day_and_where_it_says_so(value, on, holds):
    assert schemes(figure(value)).holds("x", "rate", on) is holds


@pytest.mark.parametrize(
    ("value", "kind", "wrong"),
    [("1", "whole", "whole number"), (5, "day", "date"), (5, "names", "list")],
)
def test_figure_of_another_kind_is_a_fault_of_ours(value, kind, wrong):
    with pytest.raises(TypeError, match=f"x/rate is no {wrong}"):
        getattr(figure(value), kind)


def test_figures_say_what_they_are():
    assert (figure(5).whole, figure(FIRST).day, figure(("東京都",)).names) == (5, FIRST, ("東京都",))
    assert (figure(75).ratio, figure(Fraction(2, 3)).ratio) == (Fraction(3, 4), Fraction(2, 3))
    assert [figure(1, confidence=one).is_verified for one in ("high", "medium", "low")] == [True, True, False]


@pytest.mark.parametrize(
    ("confidences", "weakest"),
    [
        (("high", "high"), "high"),
        (("high", "medium"), "medium"),
        (("low", "medium"), "low"),
        (("medium", "low"), "low"),
    ],
)
def test_line_is_as_sure_as_its_weakest_figure(confidences, weakest):
    first, second = confidences
    row = line(
        "a",
        "b",
        1,
        "c",
        (
            figure(1, confidence=first, verified_until=date(2027, 3, 31)),
            figure(2, confidence=second, verified_until=date(2026, 3, 31), source="要領2"),
            figure(3, source="要領1"),
        ),
    )

    assert (row.confidence, row.verified_until, row.source) == (weakest, date(2026, 3, 31), "要領1; 要領2")
    assert row.figures == ("x/rate", "x/rate", "x/rate")


def pair(one, other, **modes):
    plain = {"authority": "", "clock": "plan_filed", "combination_note": "", "menus": {}, "figures": {}}
    known = (Scheme(name=n, title=f"制度{n}", combination=modes.get(n, "by_table"), **plain) for n in (one, other))
    return Schemes({scheme.name: scheme for scheme in known})


@pytest.mark.parametrize(
    ("one", "other", "modes", "mode"),
    [
        ("careerup", "trial", {}, "exclusive"),
        ("trial", "careerup", {}, "exclusive"),
        ("trial", "a", {}, "by_table"),
        ("a", "trial", {"a": "exclusive"}, "by_table"),
        ("careerup", "a", {}, None),
        ("a", "careerup", {"a": "exclusive"}, None),
        ("a", "b", {"a": "additive", "b": "exclusive"}, None),
        ("a", "b", {"a": "exclusive", "b": "deductive"}, "exclusive"),
        ("a", "b", {"b": "deductive"}, "deductive"),
        ("a", "b", {}, "by_table"),
    ],
)
def test_two_schemes_stand_to_each_other_as_their_notes_say(one, other, modes, mode):
    known = pair(one, other, **modes)
    found = conflict(known, one, other)

    assert (found and found.mode) == mode
    assert conflicts_of(known, one, (other,)) == ((found,) if found else ())
    assert found is None or found.scheme == other
