"""The public register: what is ticked, what is counted, what is found, and who says it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from firms.errors import Refused
from firms.models import JournalEntry
from mentors import places, teachings
from mentors.actions.certifying.describing import describe
from mentors.actions.certifying.issuing import tell_register, withdraw
from mentors.models import Certification, TeachingTag
from mentors.queries.certifying.register import chosen_among, counted, register
from tests.conftest import TODAY
from tests.mentors.makers import certification_of, certified, craftsman

pytestmark = pytest.mark.django_db
OTA, SHINAGAWA = "13111", "13109"
TOLD = {"best": "音で切れ味を聞き分ける", "also": "ホブ盤", "base": OTA}
TAGS = {"machine": ["lathe", "milling"], "method": ["show"], "area": [OTA], "language": ["ja", "vi"]}


@pytest.fixture
def held(master, officer):
    return certified(master, officer)


def listed(ward, number, **tags):
    one = certification_of(craftsman(f"職{number}"), ward, number=f"M{number}", is_listed=True)
    TeachingTag.objects.bulk_create(
        TeachingTag(certification=one, facet=facet, key=key) for facet, keys in tags.items() for key in keys
    )
    return one


def found(words="", **chosen):
    return [one.number for one in register(words=words, chosen=chosen, on=TODAY)]


def test_a_new_certification_is_ticked_as_its_holder_wrote(held):
    assert held.told == {"machine": ["汎用旋盤"], "area": ["大田区"], "language": ["日本語"]}
    assert (held.best, held.also, held.base) == ("汎用旋盤のねじ切りと段取り", "", "")


def test_own_words_in_no_list_stand_beside(officer):
    told = {"machines": "汎用旋盤、定盤", "area": "東都区・大田区", "languages": "日本語、津軽弁"}

    one = certified(craftsman("他"), officer, **told)

    assert (one.also, one.told["area"]) == ("定盤、東都区、津軽弁", ["大田区"])
    assert found("定盤 津軽弁") == [one.number]


def test_the_holder_ticks_and_says_it_in_own_words(held, master):
    describe(held, tags=TAGS, by=master.acting(), **TOLD)

    held = Certification.objects.get(pk=held.pk)
    assert held.told == {
        "machine": ["汎用旋盤", "フライス盤"],
        "method": ["やって見せる"],
        "area": ["大田区"],
        "language": ["日本語", "ベトナム語"],
    }
    assert (held.best, held.also, held.base_label) == ("音で切れ味を聞き分ける", "ホブ盤", "大田区")
    assert [found(words) for words in ("ホブ盤", "べとなむ", "聞き分ける", "フライス")] == [[held.number]] * 4
    assert JournalEntry.objects.filter(verb="certification.describe").count() == 1


@pytest.mark.parametrize(
    "given",
    [{"base": "99999"}, {"tags": {"machine": ["hammer"]}}, {"tags": {"area": ["13"]}}, {"tags": {"colour": ["lathe"]}}],
)
def test_what_is_in_no_list_is_refused(given, held, master):
    with pytest.raises(Refused, match="一覧にない"):
        describe(held, by=master.acting(), **{**TOLD, "tags": TAGS, **given})


def test_one_that_was_withdrawn_says_nothing_more(held, master, officer):
    withdraw(held, because="虚偽の申請のため", by=officer.acting())

    with pytest.raises(Refused, match="取り消され"):
        describe(held, tags=TAGS, by=master.acting(), **TOLD)


def test_a_renewed_certification_says_what_the_one_before_said(held, master, ward):
    describe(held, tags=TAGS, by=master.acting(), **TOLD)
    later = certification_of(master, ward, number="M2", on=held.last_on + timedelta(days=1))

    tell_register(later)

    held = Certification.objects.get(pk=held.pk)
    assert (later.told, later.best, later.also, later.base) == (held.told, held.best, held.also, held.base)


def test_each_facet_narrows_and_all_of_them_together(ward):
    listed(ward, 1, machine=["lathe"], area=[OTA], language=["ja"])
    listed(ward, 2, machine=["lathe", "milling"], area=[SHINAGAWA], language=["ja", "vi"], method=["remote"])

    assert (found(machine="lathe"), found(machine="milling"), found(area=OTA)) == (["M1", "M2"], ["M2"], ["M1"])
    assert (found(language="vi"), found(method="remote"), found(machine="lathe", area=OTA)) == (["M2"], ["M2"], ["M1"])
    assert found(machine="milling", area=OTA) == []


def test_counts_say_how_many_each_would_leave(ward):
    listed(ward, 1, machine=["lathe"], area=[OTA])
    listed(ward, 2, machine=["lathe", "milling"], area=[SHINAGAWA])

    whole, narrowed = (counted(words="", chosen=chosen, on=TODAY) for chosen in ({}, {"area": OTA}))

    assert whole["machine"] == [("lathe", "汎用旋盤", 2), ("milling", "フライス盤", 1)]
    assert (narrowed["machine"], narrowed["area"]) == (
        [("lathe", "汎用旋盤", 1)],
        [(SHINAGAWA, "品川区", 1), (OTA, "大田区", 1)],
    )
    assert whole["occupation"] == [("machining", "機械加工", 2)]
    assert counted(words="", chosen={"method": "sign"}, on=TODAY)["machine"] == []


def test_an_address_asks_only_what_stands_in_a_list():
    assert chosen_among({"machine": "lathe", "method": "x", "occupation": "nobody", "q": "a"}) == {"machine": "lathe"}


@pytest.mark.parametrize(
    ("facet", "words", "keys"),
    [
        ("machine", "NC旋盤、汎用旋盤", ["lathe", "nc_lathe"]),
        ("machine", "旋盤", []),
        ("area", "大田区、東都区", [OTA]),
        ("area", "千葉市中央区", []),
        ("language", "日本語・英語", ["ja", "en"]),
        ("method", "やって見せる", []),
    ],
)
def test_own_words_tick_what_they_name_and_nothing_else(facet, words, keys):
    assert teachings.told_in(facet, words) == keys


def test_areas_to_tick_are_wards_of_tokyo_and_whole_cities():
    names = teachings.known("area").values()

    assert {"大田区", "川崎市", "横浜市"} <= set(names)
    assert "川崎市幸区" not in names
    assert "川崎市幸区" in {one.name for one in places.editions()[-1].all()}


# --- pages ---


def test_the_page_shows_what_each_teaches_best_and_what_was_chosen(ward):
    one = listed(ward, 1, machine=["lathe"], area=[OTA], language=["ja"])
    listed(ward, 2, machine=["milling"])
    Certification.objects.filter(pk=one.pk).update(best="音で切れ味を聞き分ける")

    page = Client().get(reverse("mentors:register"), {"machine": "lathe"})

    text = page.content.decode()
    assert [row.number for row in page.context["page"]] == ["M1"]
    assert "音で切れ味を聞き分ける" in text
    assert "汎用旋盤（1人）" in text
    assert [(chip.text, chip.url) for chip in page.context["chips"]] == [
        ("使う機械: 汎用旋盤", reverse("mentors:register") + "?")
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_register_asks_as_often_for_three_as_for_one(rows, ward, django_assert_num_queries):
    for number in range(rows):
        listed(ward, number, machine=["lathe"], area=[OTA])

    with django_assert_num_queries(5):
        Client().get(reverse("mentors:register"), {"machine": "lathe"})


def test_the_holder_says_it_on_a_page(held, master):
    page = reverse("mentors:teaching", args=[held.pk])
    assert 'value="lathe" id="id_machine_0" checked' in master.client().get(page).content.decode().replace("\n", " ")

    answer = master.client().post(page, {**TOLD, **TAGS})

    assert answer.headers["Location"] == reverse("mentors:certification", args=[held.pk])
    assert set(held.tags.values_list("facet", "key")) == {(facet, key) for facet, keys in TAGS.items() for key in keys}


def test_nobody_says_it_for_the_holder(held, officer, master):
    page = reverse("mentors:teaching", args=[held.pk])

    assert officer.client().get(page).status_code == 403
    assert craftsman("他").client().get(page).status_code == 404
