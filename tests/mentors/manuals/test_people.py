"""Who is in the picture: nobody is shown who has not agreed, and whoever takes it back is shown no longer at once."""

import pytest
from django.urls import reverse

from firms.errors import Refused
from firms.files import store as files
from firms.models import ActionLink, JournalEntry, Notification
from mentors.actions.manuals.approving import publish_manual
from mentors.actions.manuals.people import (
    agree,
    ask_consent,
    cut_out,
    name_appearance,
    say_nobody,
    take_back,
)
from mentors.actions.manuals.sharing import show_to
from mentors.actions.manuals.writing import begin_version, mark_drawing, unmark_drawing
from mentors.models import Appearance, ManualVersion, PictureConsent, SkillManual
from mentors.models.manuals.people import Way
from tests.firms.makers import PNG
from tests.mentors.makers import act
from tests.mentors.manuals.makers import approved, colleagues, filmed, handed_in, newest, written


@pytest.fixture
def manual(manager):
    made = written(manager)
    filmed(made, manager)
    return made


def named(manual, manager, *, person=None, name="匠 太郎", email="takumi@example.jp"):
    given = {"name": "", "email": ""} if person else {"name": name, "email": email}
    return name_appearance(manual, person=person, by=manager.acting(), **given)


def shown(manual, manager, appearance, *, shown_to="firm"):
    """Agreed to, approved and published."""
    agree(appearance, shown_to=shown_to, way=Way.PAPER, by=manager.acting())
    approved(manual, manager, colleagues(manager.organisation))
    publish_manual(manual, by=manager.acting())
    return newest(manual)


def fetched(who, version, what="film"):
    address = reverse("mentors:manual_media", args=[version.manual_id, version.number, what])
    return who.client().get(address).status_code


def test_a_manual_is_not_published_before_all_in_it_have_agreed(manual, manager, worker):
    named(manual, manager)
    mine = named(manual, manager, person=worker.person)
    approved(manual, manager, colleagues(manager.organisation))

    with pytest.raises(Refused, match="同意が、まだそろっていません"):
        publish_manual(manual, by=manager.acting())
    agree(mine, shown_to="firm", way=Way.PAGE, by=worker.acting())
    with pytest.raises(Refused, match="同意が、まだそろっていません"):
        publish_manual(manual, by=manager.acting())


def test_who_is_in_the_picture_has_to_be_said(manual, manager):
    approved(manual, manager, colleagues(manager.organisation))

    with pytest.raises(Refused, match="写っている人を挙げるか"):
        publish_manual(manual, by=manager.acting())


def test_nobody_in_the_picture_is_not_said_of_who_is_named(manual, manager):
    named(manual, manager)

    with pytest.raises(Refused, match="写っている人が挙げられています"):
        say_nobody(manual, by=manager.acting())


def test_naming_somebody_takes_back_that_nobody_is_there_and_tells_them(manual, manager, worker):
    say_nobody(manual, by=manager.acting())
    named(manual, manager, person=worker.person)

    assert not newest(manual).has_nobody
    assert "写ることの同意のお願い" in Notification.objects.get(person=worker.person).subject


def test_the_same_name_is_not_named_twice(manual, manager):
    named(manual, manager)

    with pytest.raises(Refused, match="すでに挙げられています"):
        named(manual, manager)


def test_the_person_agrees_on_a_page_in_the_words_they_read(manual, manager, worker):
    mine = named(manual, manager, person=worker.person)
    client, address = worker.client(), reverse("mentors:appearance", args=[mine.pk])

    assert "見られる人は「自社だけ」です。" in client.get(address).content.decode()
    client.post(address, {"shown_to": "named"})
    consent = PictureConsent.objects.get()
    assert (consent.way, consent.shown_to, consent.recorded_by) == ("page", "named", worker.person)
    assert "見られる人は「名前を挙げた企業とも共有」です。" in consent.text
    assert "同意しています" in client.get(address).content.decode()


def test_nobody_agrees_for_another(manual, manager, worker, stranger):
    mine = named(manual, manager, person=worker.person)
    address = reverse("mentors:appearance", args=[mine.pk])

    assert manager.client().post(address, {"shown_to": "firm"}).status_code == 403
    assert stranger.client().post(address, {"shown_to": "firm"}).status_code == 404
    assert not PictureConsent.objects.exists()


def test_somebody_without_an_account_agrees_by_link(manual, manager):
    outside = named(manual, manager)
    ask_consent(outside, by=manager.acting())
    answer = act(ActionLink.objects.get(), shown_to="ward")

    consent = PictureConsent.objects.get()
    assert answer.status_code == 302
    assert (consent.way, consent.shown_to, consent.recorded_by) == ("link", "ward", None)
    with pytest.raises(Refused, match="すでに同意しています"):
        ask_consent(outside, by=manager.acting())


def test_the_same_consent_again_is_once_and_a_wider_one_is_a_further_row(manual, manager):
    outside = named(manual, manager)
    for reach in ("firm", "firm", "ward", "named"):
        agree(outside, shown_to=reach, way=Way.PAPER, by=manager.acting())

    assert list(PictureConsent.objects.values_list("shown_to", flat=True)) == ["firm", "ward"]


def test_a_consent_taken_back_takes_the_film_down_at_once(manual, manager, worker, officer):
    mine = named(manual, manager, person=worker.person)
    version = shown(manual, manager, mine)
    assert (fetched(manager, version), fetched(worker, version)) == (200, 200)

    worker.client().post(reverse("mentors:appearance_back", args=[mine.pk]), {"because": "退職するため"})
    version.refresh_from_db()

    assert (version.state, version.because) == (
        "withdrawn",
        f"{worker.person.full_name}さんが、写ることの同意を取りやめたため",
    )
    assert {fetched(one, version) for one in (manager, worker)} == {404}
    assert fetched(manager, version, "still") == 404
    assert "動画を止めました" in Notification.objects.filter(person=manager.person).latest("pk").subject
    assert JournalEntry.objects.filter(verb="manual.take_down").count() == 1


def test_what_waits_for_approval_goes_back_when_a_consent_is_taken_back(manual, manager, worker):
    mine = named(manual, manager, person=worker.person)
    agree(mine, shown_to="firm", way=Way.PAGE, by=worker.acting())
    handed_in(manual, manager, colleagues(manager.organisation))
    take_back(mine, because="", by=worker.acting())

    assert newest(manual).state == "draft"
    assert fetched(manager, newest(manual)) == 404


def test_a_step_s_picture_goes_down_too(manual, manager, worker):
    mine = named(manual, manager, person=worker.person)
    step = newest(manual).steps.first()
    step.still = newest(manual).film.file
    step.save()
    version = shown(manual, manager, mine)
    address = reverse("mentors:step_still", args=[manual.pk, version.number, step.pk])

    assert manager.client().get(address).status_code == 200
    take_back(mine, because="", by=worker.acting())
    assert manager.client().get(address).status_code == 404


def test_the_first_step_s_picture_is_the_cover_where_no_program_takes_one_from_the_film(manual, manager, worker):
    mine = named(manual, manager, person=worker.person)
    _first, second = newest(manual).steps.all()
    assert (newest(manual).film.still, fetched(manager, newest(manual), "still")) == (None, 404)
    second.still = files.store(PNG, media_type="image/png")
    second.save()
    version = shown(manual, manager, mine)

    answer = manager.client().get(reverse("mentors:manual_media", args=[manual.pk, version.number, "still"]))
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "image/png", PNG)
    page = manager.client().get(reverse("mentors:manual", args=[manual.pk])).content.decode()
    assert f'poster="{answer.request["PATH_INFO"]}"' in page
    take_back(mine, because="", by=worker.acting())
    assert fetched(manager, version, "still") == 404


def test_nothing_is_taken_back_that_was_not_given(manual, manager, worker):
    with pytest.raises(Refused, match="同意の記録がない"):
        take_back(named(manual, manager, person=worker.person), because="", by=worker.acting())


def test_a_new_version_without_the_person_may_be_shown(manual, manager, worker):
    mine = named(manual, manager, person=worker.person)
    shown(manual, manager, mine)
    take_back(mine, because="", by=worker.acting())
    begin_version(manual, by=manager.acting())
    filmed(manual, manager, name="別の動画.webm")
    cut_out(mine, by=manager.acting())
    say_nobody(manual, by=manager.acting())
    approved(manual, manager, colleagues(manager.organisation))
    publish_manual(manual, by=manager.acting())

    assert fetched(manager, newest(manual)) == 200
    assert fetched(manager, ManualVersion.objects.get(manual=manual, number=1)) == 404


def test_whoever_was_named_by_mistake_is_gone(manual, manager):
    cut_out(named(manual, manager), by=manager.acting())

    assert not Appearance.objects.exists()


def test_a_manual_is_shown_no_further_than_was_agreed_to(manual, manager):
    mine = named(manual, manager)
    shown(manual, manager, mine)

    with pytest.raises(Refused, match="匠 太郎さんの同意が、その範囲まで届いていません"):
        show_to(manual, visibility="ward", by=manager.acting())
    agree(mine, shown_to="ward", way=Way.PAPER, by=manager.acting())
    show_to(manual, visibility="ward", by=manager.acting())
    assert SkillManual.objects.get().visibility == "ward"


def test_a_drawing_of_others_that_nobody_has_looked_into_holds_it_back(manual, manager):
    say_nobody(manual, by=manager.acting())
    told = {"what": "部品図", "owner_name": "（架空）城南精機", "at": 12}
    open_one = mark_drawing(manual, permission="unknown", by=manager.acting(), **told)
    unmark_drawing(open_one, by=manager.acting())
    mark_drawing(manual, permission="unknown", by=manager.acting(), **told)
    approved(manual, manager, colleagues(manager.organisation))

    with pytest.raises(Refused, match="第三者の図面に、まだ確かめていないもの"):
        publish_manual(manual, by=manager.acting())


def test_a_drawing_is_marked_for_whoever_watches(manual, manager):
    say_nobody(manual, by=manager.acting())
    mark_drawing(manual, what="部品図", owner_name="（架空）城南精機", permission="allowed", at=72, by=manager.acting())
    approved(manual, manager, colleagues(manager.organisation))
    publish_manual(manual, by=manager.acting())
    page = manager.client().get(reverse("mentors:manual", args=[manual.pk])).content.decode()

    assert "1:12に第三者の図面：部品図（所有者 （架空）城南精機・所有者の許可がある）" in page


@pytest.mark.parametrize("verb", ["ask", "paper", "cut", "back"])
def test_buttons_of_the_keepers_are_not_others(manual, manager, worker, stranger, verb):
    one = named(manual, manager)
    address = reverse("mentors:appearance_act", args=[one.pk, verb])

    assert stranger.client().post(address).status_code == 404
    assert worker.client().post(address).status_code in (403, 404)
    assert manager.client().post(address).status_code == 302
    assert manager.client().post(reverse("mentors:appearance_act", args=[one.pk, "odd"])).status_code == 404
