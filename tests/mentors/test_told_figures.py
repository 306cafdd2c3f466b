"""The figures in force are told with their source; what nobody has checked is said where it is used."""

import re
from datetime import date

from django.urls import reverse

from mentors.rules import current_programmes, told_figures, unverified
from tests.conftest import TODAY


def test_every_figure_in_force_is_told_once():
    known = current_programmes()
    found = told_figures(TODAY)

    assert len(found) == sum(len(table.figures) for table in known.by_name.values())
    assert {one.value for one in found if one.label.startswith("実技指導の謝金")} == {"6,000円"}
    assert [one.value for one in found if one.label.startswith("1回の実技指導の")] == ["1時間", "3時間"]
    assert {one.value for one in found if "修了する講習" in one.label} == {"指導技法の講習、遠隔指導の講習"}
    assert {one.value for one in found if "知らせる月数" in one.label} == {"6か月前、1か月前"}
    assert {one.value for one in found if one.label.startswith("資格取得等の時点からの実務経験")} == {"5年"}


def test_a_day_of_the_old_rules_is_told_as_it_was_then():
    found = told_figures(date(2022, 9, 30))

    assert {one.value for one in found if one.label.startswith("資格取得等の時点からの実務経験")} == {"15年"}
    assert not [one for one in found if one.label.startswith("実技指導の謝金")]


def test_what_is_not_verified_is_named():
    labels = [one.label for one in unverified(TODAY)]

    assert "実技指導の謝金（1時間）" in labels
    assert "1社への派遣の回数の上限" not in labels


def test_what_the_ward_or_we_have_set_is_never_told_as_checked():
    ours = [one for one in told_figures(TODAY) if re.search("区の標準|仮の", one.source)]

    assert len(ours) > 15
    assert [one.label for one in ours if one.is_verified] == []


def test_the_pages_that_use_them_say_so(master, manager, officer):
    page = reverse("mentors:figures")
    for who in (master, manager, officer):
        shown = who.client().get(page).content.decode()
        assert ("6,000円" in shown, "未確認" in shown, "岡山県地域技能振興コーナー" in shown) == (True, True, True)
    for who, name in ((master, "statements"), (officer, "payments"), (manager, "requests")):
        assert page in who.client().get(reverse(f"mentors:{name}")).content.decode()
    assert "仮の額です" in master.client().get(reverse("mentors:statements")).content.decode()
