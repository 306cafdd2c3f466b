"""Facts out of JSON, each refusal a sentence that names the fact."""

from datetime import date

import pytest

from firms.rules.reading import FactError, days_in_order, digits, minute_of_day, word


@pytest.mark.parametrize(("said", "minutes"), [("00:00", 0), ("09:30", 570), ("23:59", 1439)])
def test_clock_time_is_minutes_since_midnight(said, minutes):
    assert minute_of_day({"at": said}, "at") == minutes


@pytest.mark.parametrize("said", ["24:00", "9:30", "12:60", "12:00:00", "noon", 1230, None, "１２:００"])
def test_what_is_no_clock_time_is_refused(said):
    with pytest.raises(FactError, match="at は 13:00 の形の時刻で"):
        minute_of_day({"at": said}, "at")


def test_digits_are_padded_to_their_width_unless_all_are_asked_for():
    assert digits({"account": "123"}, "account", width=7) == "0000123"
    assert digits({"bank": "0001"}, "bank", width=4, least=4) == "0001"
    with pytest.raises(FactError, match=r"^bank は4桁の半角数字の文字列で"):
        digits({"bank": "001"}, "bank", width=4, least=4)
    with pytest.raises(FactError, match=r"^payer\.account は7桁以内の半角数字の文字列で"):
        digits({"account": ""}, "account", width=7, within="payer.")


@pytest.mark.parametrize("said", ["", " ", "\u3000", None, 1, []])
def test_word_that_is_none_is_refused(said):
    with pytest.raises(FactError, match="name は空でない文字列で"):
        word({"name": said}, "name")


def test_days_may_be_one_day_and_never_backwards():
    same = {"from": "2026-04-01", "to": "2026-04-01"}

    assert days_in_order(same, "from", "to") == (date(2026, 4, 1), date(2026, 4, 1))
    with pytest.raises(
        FactError, match=r"^stay\.to（2026-03-31）が stay\.from（2026-04-01）より前です。日付を確認してください。$"
    ):
        days_in_order(same | {"to": "2026-03-31"}, "from", "to", within="stay.")
