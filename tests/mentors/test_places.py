"""Where offices stand, and how far one is from another."""

from datetime import date
from itertools import combinations

import pytest

from mentors.places import PlacesError, editions, kilometres, place, place_of, read

DAY = date(2026, 11, 20)
HEAD = """
edition = "2030"
title = "t"
from = 2030-01-01
source = "s"
confidence = "low"
verified_until = 2031-01-01
note = "n"
[[groups]]
key = "g"
label = "g"
prefecture = "東京都"
"""


def test_all_wards_of_tokyo_and_their_neighbours_are_there():
    regions = {one.key: one.places for one in editions()[-1].regions}

    assert {name: len(each) for name, each in regions.items()} == {
        "wards": 23,
        "tama": 26,
        "kanagawa": 33,
        "saitama": 20,
        "chiba": 4,
    }
    wards = regions["wards"]
    assert [one.key for one in wards] == [str(number) for number in range(13101, 13124)]
    assert all(35.5 < one.latitude < 35.85 and 139.55 < one.longitude < 139.95 for one in wards)
    assert len({(one.latitude, one.longitude) for one in wards}) == 23


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ("13111", "13111", 0),
        ("13111", "13109", 5),
        ("13111", "13121", 25),
        ("14131", "13111", 4),
        ("13123", "13209", 43),
    ],
)
def test_kilometres_between_offices(one, other, km):
    """Read off by hand with a degree of latitude as 111 km and of longitude, at 35.6 degrees, as 90.5 km."""
    assert kilometres(place(one), place(other)) == kilometres(place(other), place(one)) == km


def test_no_two_places_are_further_apart_than_the_region_is_wide():
    assert max(kilometres(a, b) for a, b in combinations(editions()[-1].all(), 2)) < 90


@pytest.mark.parametrize(
    ("address", "prefecture", "name"),
    [
        ("東京都大田区架空1-1", "東京都", "大田区"),
        ("東京都 大田区 架空1-1", "東京都", "大田区"),
        ("大田区架空1-1", "東京都", "大田区"),
        ("川崎市幸区架空1-1", "神奈川県", "川崎市幸区"),
        ("川崎市架空1-1", "神奈川県", "川崎市"),
        ("神奈川県川崎市幸区架空1-1", "神奈川県", "川崎市幸区"),
        ("神奈川県川崎市幸区架空1-1", "東京都", None),
        ("千葉市中央区架空1-1", "千葉県", None),
        ("名古屋市北区架空1-1", "愛知県", None),
        ("府中市架空1-1", "広島県", None),
        ("東都区架空1-1", "東京都", None),
        ("", "東京都", None),
    ],
)
def test_an_address_begins_with_its_place_or_has_none(address, prefecture, name):
    found = place_of(address, prefecture=prefecture, on=DAY)

    assert (found.name if found else None) == name


def test_a_day_before_every_list_has_the_first():
    assert place_of("大田区", prefecture="東京都", on=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (HEAD + 'places = ["1|a|1|2", "1|b|1|2"]', "重なって"),
        (HEAD.replace('"2030"', '"2031"') + "places = []", "ファイル名と違い"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(text, why, tmp_path):
    path = tmp_path / "2030.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(PlacesError, match=why):
        read(path)
