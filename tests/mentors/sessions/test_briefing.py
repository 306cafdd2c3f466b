"""What was said of safety: a list by occupation and kind of work, ticked in the log, printed on its papers."""

import pypdfium2
import pytest
from django.urls import reverse

from mentors import briefings, occupations
from mentors.models import SessionLog
from mentors.queries.sessions import host_request, items_of
from mentors.shapes import SESSION_SHAPE, lifted_session
from tests.conftest import TODAY
from tests.mentors.makers import log
from tests.mentors.sessions.test_pages import address, posted

WORDS = {"stop": "非常停止・電源の切り方と位置", "no_gloves": "回っている機械に手袋・巻き込まれる物を近づけない"}


def keys(occupation, *, is_remote=False):
    return [item.key for item in briefings.items_for(occupation, is_remote=is_remote, on=TODAY)]


def test_what_is_asked_follows_the_occupation_and_the_kind_of_work():
    general = keys("tiling")

    assert keys("machining") == [*general, "no_gloves", "guard", "chuck", "chips"]
    assert keys("tiling", is_remote=True) == [*general, "watch", "lost"]


def test_every_list_is_of_a_known_occupation_with_its_source_and_says_that_it_is_weak():
    for edition in briefings.editions():
        works = set(edition.lists) - {briefings.ANY, briefings.REMOTE}
        assert all(occupations.occupation(work) for work in works)
        assert (bool(edition.source), bool(edition.note), edition.confidence) == (True, True, "low")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('edition = "1999"', "ファイル名と違います"),
        ('edition = "odd"\n[[lists]]\nwork = "remote"\nitems = []', "どの作業にも使う一覧か"),
        (
            'edition = "odd"\n[[lists]]\nwork = "*"\nitems = ["stop|止める"]\n[[lists]]\nwork = "remote"\nitems = ["stop|止める"]',
            "記号が重なって",
        ),
    ],
)
def test_a_list_that_cannot_be_used_names_its_file(text, sentence, tmp_path):
    file = tmp_path / "odd.toml"
    file.write_text(text)

    with pytest.raises(briefings.BriefingError, match=f"odd.toml.*{sentence}"):
        briefings.read(file)


def test_ticks_are_kept_with_their_list_and_the_next_time_begins_with_them(session, master):
    page = master.client().get(address(session)).content.decode()
    assert all(word in page for word in WORDS.values())

    answer = master.client().post(address(session), posted(session, briefing=["no_gloves", "stop"], safety=""))

    made = SessionLog.objects.select_related("session__request").get()
    assert (made.briefing, made.briefing_edition, made.safety) == (["stop", "no_gloves"], "2026", "")
    assert "、".join(WORDS.values()) in master.client().get(answer.url).content.decode()
    assert f"安全の説明: {'、'.join(WORDS.values())}\n" in host_request(session).version.text
    again = master.client().get(address(session)).content.decode()
    ticked = [one for one in again.split("<input") if 'name="briefing"' in one and "checked" in one]
    assert [key in one for key, one in zip(("stop", "no_gloves"), ticked, strict=True)] == [True, True]


def test_two_tellings_side_by_side_name_what_each_has_ticked(session, master):
    client = master.client()
    client.post(address(session), posted(session, briefing=["stop", "wear"]))
    shown = client.post(address(session), posted(session, briefing=["stop", "no_gloves"]))

    assert shown.status_code == 409
    (line,) = [one for one in shown.context["lines"] if one.label == "安全の説明で話したこと"]
    assert (line.now, line.typed) == (
        f"{WORDS['stop']}、作業服と保護具（保護めがね・安全靴）",
        "、".join(WORDS.values()),
    )


def test_nothing_ticked_and_nothing_written_is_not_taken(session, master):
    shown = master.client().post(address(session), posted(session, briefing=[], safety="")).content.decode()

    assert "安全の説明で話したことに印を付けるか、補足に書いてください。" in shown
    assert not SessionLog.objects.exists()


def test_an_item_of_another_work_is_not_taken(session, master):
    assert master.client().post(address(session), posted(session, briefing=["dead"])).status_code == 200
    assert not SessionLog.objects.exists()


def test_only_words_of_ones_own_are_taken_too(session):
    made = log(session, briefing=[], safety="薬品の名前")

    assert (made.briefing, made.briefing_edition) == ([], "")


def test_the_list_is_printed_on_both_reports(session, master, manager):
    log(session, briefing=["stop", "no_gloves"], safety="刃物台の戻し方")

    papers = (
        (master, "session_report", session.pk),
        (manager, "request_report", session.request_id),
    )
    for who, name, pk in papers:
        answer = who.client().get(reverse(f"mentors:{name}", args=[pk]))
        document = pypdfium2.PdfDocument(answer.content)
        text = "".join("".join(page.get_textpage().get_text_range() for page in document).split())
        assert all(word in text for word in (*WORDS.values(), "刃物台の戻し方")), name


def test_facts_of_before_there_was_a_list_are_read(session):
    facts = log(session).frozen.facts
    old = {name: value for name, value in facts.items() if name != "briefing"} | {"shape": 1}

    assert (lifted_session(old)["briefing"], lifted_session(old)["shape"]) == ([], SESSION_SHAPE)
    assert lifted_session(facts)["briefing"] == facts["briefing"] != []


def test_items_of_a_session_are_those_of_its_request(session):
    assert [item.key for item in items_of(session)] == keys("machining")
