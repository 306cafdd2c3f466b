"""A prefecture by any of its names, from the first to the last."""

import pytest

from firms.rules.prefectures import BY_ANY_NAME, NAMES, ROMANISED, prefecture


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("北海道", "北海道"),
        ("01", "北海道"),
        ("hokkaido", "北海道"),
        ("Aomori", "青森県"),
        ("青森", "青森県"),
        ("東京", "東京都"),
        ("13", "東京都"),
        ("toyama", "富山県"),
        ("ishikawa", "石川県"),
        ("shimane", "島根県"),
        ("okayama", "岡山県"),
        ("京都", "京都府"),
        ("47", "沖縄県"),
        ("OKINAWA", "沖縄県"),
        ("00", None),
        ("48", None),
        ("1", None),
        ("北海", None),
        ("", None),
    ],
)
def test_prefecture_is_known_by_each_of_its_names(said, meant):
    assert prefecture(said) == meant


def test_each_prefecture_has_four_names_and_hokkaido_three():
    assert len(NAMES) == len(ROMANISED) == len(set(BY_ANY_NAME.values())) == 47
    assert len(BY_ANY_NAME) == 4 * 47 - 1
