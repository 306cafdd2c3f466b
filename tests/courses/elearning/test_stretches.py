"""Stretches of a video: each second once, and never more of them than the clock allows."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firms.film.stretches import MOST, SPARE, allowance, is_enough, left_over, percent, reached, seconds, union

PLACES = st.integers(0, 120)
STRETCHES = st.lists(st.tuples(PLACES, PLACES), max_size=30)


def seen(stretches):
    """Counted by hand: the whole seconds that any stretch covers."""
    return {second for start, end in stretches for second in range(start, end)}


@given(STRETCHES)
def test_union_counts_each_second_once(stretches):
    assert seconds(stretches) == len(seen(stretches))


@given(STRETCHES)
def test_union_covers_the_same_seconds_in_order_and_apart(stretches):
    whole = union(stretches)

    assert seen(whole) == seen(stretches)
    assert all(before[1] < after[0] for before, after in pairwise(whole))


@pytest.mark.parametrize(
    ("stretches", "whole"),
    [
        pytest.param([(0, 5), (5, 9)], [(0, 9)], id="touching"),
        pytest.param([(0, 5), (6, 9)], [(0, 5), (6, 9)], id="a second apart"),
        pytest.param([(0, 9), (2, 5), (8, 12)], [(0, 12)], id="one inside, one over the end"),
        pytest.param([(5, 5)], [], id="empty"),
        pytest.param([(9, 5)], [], id="turned round"),
    ],
)
def test_union_joins_what_touches(stretches, whole):
    assert union(stretches) == whole


@given(STRETCHES, st.randoms())
def test_union_does_not_depend_on_the_order_nor_on_repeats(stretches, random):
    mixed = stretches * 2
    random.shuffle(mixed)

    assert union(mixed) == union(stretches)


@given(STRETCHES, st.tuples(PLACES, PLACES))
def test_one_more_stretch_never_takes_anything_away(stretches, more):
    assert seconds([*stretches, more]) >= seconds(stretches)
    assert reached([*stretches, more]) >= reached(stretches)


@given(st.lists(st.tuples(st.floats(0, 200), st.floats(0.1, 200)), max_size=60))
def test_watched_time_never_outruns_the_clock(messages):
    """Whatever lengths are sent after whatever pauses, what is accepted fits into the time that went by."""
    clock, since_last, spare, accepted = 0.0, 0.0, SPARE, 0.0

    for pause, length in messages:
        clock += pause
        since_last += pause
        allowed = allowance(elapsed=since_last, spare=spare)
        if length <= allowed:
            accepted += length
            spare = left_over(allowed, length=length)
            since_last = 0.0

    assert accepted <= clock + SPARE + 1e-6


@pytest.mark.parametrize(
    ("elapsed", "spare", "allowed"),
    [
        pytest.param(15, 0, 15, id="as long as the clock says"),
        pytest.param(15, SPARE, 18, id="and what was left over"),
        pytest.param(86_400, SPARE, MOST + SPARE, id="a night in which nobody watched is not saved up"),
        pytest.param(-5, SPARE, SPARE, id="a clock that went back gives nothing"),
    ],
)
def test_allowance_follows_the_clock(elapsed, spare, allowed):
    assert allowance(elapsed=elapsed, spare=spare) == allowed


@pytest.mark.parametrize(
    ("stretches", "enough"),
    [
        pytest.param([(0, 95)], True, id="ninety-five of a hundred"),
        pytest.param([(0, 94.9)], False, id="a little less"),
        pytest.param([(0, 50), (0, 50)], False, id="half of it twice"),
        pytest.param([(50, 100), (0, 50)], True, id="the second half first"),
        pytest.param([(100, 300)], False, id="beyond the end"),
        pytest.param([], False, id="nothing"),
    ],
)
def test_enough_is_nearly_the_whole(stretches, enough):
    assert is_enough(stretches, duration=100) is enough


def test_a_video_without_length_is_never_enough():
    assert not is_enough([(0, 100)], duration=0)
    assert percent([(0, 100)], duration=0) == 0


@pytest.mark.parametrize(("end", "enough"), [(0.94, False), (0.95, True)])
def test_a_video_of_one_second_has_its_own_share(end, enough):
    assert is_enough([(0, end)], duration=1) is enough


@pytest.mark.parametrize(
    ("stretches", "share"),
    [
        pytest.param([(0, 99.9)], 49, id="not quite half"),
        pytest.param([(0, 100)], 50, id="half"),
        pytest.param([(0, 199.9)], 99, id="not quite all"),
        pytest.param([(0, 200)], 100, id="all"),
        pytest.param([(-100, 100)], 50, id="before the start is nothing"),
        pytest.param([(100, 300)], 50, id="beyond the end is nothing"),
    ],
)
def test_percent_is_rounded_down(stretches, share):
    assert percent(stretches, duration=200) == share


@pytest.mark.parametrize(
    ("stretches", "place"),
    [
        pytest.param([], 0, id="nothing seen"),
        pytest.param([(0, 30), (30, 45)], 45, id="one after the other"),
        pytest.param([(0, 30), (31, 45)], 45, id="a hole of a step"),
        pytest.param([(0, 30), (32, 45)], 45, id="two seconds are forgiven"),
        pytest.param([(0, 30), (32.1, 45)], 30, id="a little more is not"),
        pytest.param([(2, 30)], 30, id="two seconds at the start"),
        pytest.param([(2.1, 30)], 0, id="a little more at the start"),
        pytest.param([(0, 30), (60, 90)], 30, id="a jump"),
        pytest.param([(60, 90)], 0, id="only the end"),
    ],
)
def test_reached_is_what_was_seen_from_the_start(stretches, place):
    assert reached(stretches) == place


@pytest.mark.parametrize(
    ("allowed", "length", "spare"),
    [
        pytest.param(18, 18, 0, id="all used"),
        pytest.param(18, 19, 0, id="never below nothing"),
        pytest.param(18, 17, 1, id="a second"),
        pytest.param(18, 15, SPARE, id="all that may be kept"),
        pytest.param(63, 0, SPARE, id="and no more"),
    ],
)
def test_left_over_is_kept_once(allowed, length, spare):
    assert left_over(allowed, length=length) == spare
