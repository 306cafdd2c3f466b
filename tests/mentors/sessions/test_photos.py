"""Photographs: made anew without their notes, with the consent of everybody on them, gone when one takes it back."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from firms.errors import Refused
from firms.files import store as files
from firms.models import JournalEntry
from mentors.actions.sessions.photos import add_photo, withdraw_consent
from mentors.models import PhotoPerson, SessionPhoto
from tests.mentors.certifying.test_constraints import breaks
from tests.mentors.makers import agreed, log, visit

GPS = 0x8825


def picture(colour="red", *, name="手元.jpg", fmt="JPEG"):
    """As a telephone takes it: with the place in its notes."""
    made, notes = io.BytesIO(), Image.Exif()
    notes[0x010F] = "Telephone"
    notes[GPS] = {1: "N", 2: (35.0, 33.0, 0.0)}
    Image.new("RGB", (40, 30), colour).save(made, fmt, exif=notes)
    return SimpleUploadedFile(name, made.getvalue())


def add(session, who, *people, **more):
    return add_photo(session, picture(**more), caption="ねじ切りの送り", people=people, by=who.acting())


def test_photo_is_kept_without_place_and_device(session, master):
    photo = add(session, master, "若手 一郎", "見学 花子")

    kept = files.read(photo.picture)
    with Image.open(io.BytesIO(kept)) as image:
        assert (dict(image.getexif()), image.size) == ({}, (40, 30))
    assert b"Telephone" not in kept
    assert [(one.name, one.learner and one.learner.name) for one in photo.people.all()] == [
        ("若手 一郎", "若手 一郎"),
        ("見学 花子", None),
    ]


@pytest.mark.parametrize(("name", "fmt"), [("a.png", "PNG"), ("a.jpeg", "JPEG")])
def test_other_pictures_become_a_jpeg_too(name, fmt, session, master):
    assert files.read(add(session, master, name=name, fmt=fmt).picture).startswith(b"\xff\xd8")


def test_what_is_no_picture_or_there_already_is_refused(session, master):
    broken = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0broken")
    with pytest.raises(Refused, match="写真として読めません"):
        add_photo(session, broken, caption="x", people=[], by=master.acting())
    with pytest.raises(Refused, match="この種類のファイルは受け付けていません"):
        add_photo(session, SimpleUploadedFile("a.pdf", b"%PDF-1.7"), caption="x", people=[], by=master.acting())
    add(session, master)
    with pytest.raises(Refused, match="同じ写真"):
        add(session, master)


def test_a_session_ahead_has_no_photographs(held, manager, master):
    (ahead,) = agreed(manager, held, visit())

    with pytest.raises(Refused, match="始まった実技指導だけ"):
        add(ahead, master)


def test_consent_taken_back_takes_the_photo_down_at_once(session, master, manager, officer):
    log(session)
    photo = add(session, master, "若手 一郎")
    address, page = reverse("mentors:photo", args=[photo.pk]), reverse("mentors:session", args=[session.pk])
    assert manager.client().get(address)["Content-Type"] == "image/jpeg"
    assert address in manager.client().get(page).content.decode()

    withdraw_consent(photo.people.get(), because="本人の申出", by=officer.acting())
    withdraw_consent(photo.people.get(), because="もう一度", by=officer.acting())

    assert [who.client().get(address).status_code for who in (master, manager, officer)] == [404] * 3
    shown = manager.client().get(page).content.decode()
    assert (address in shown, "同意が取り下げられたため" in shown) == (False, True)
    assert JournalEntry.objects.filter(verb="photo.withdraw_consent").count() == 1
    assert PhotoPerson.objects.get().withdrawn_because == "本人の申出"


def test_added_and_withdrawn_through_the_pages(session, master, manager):
    log(session)
    phone, form = master.client(), reverse("mentors:photo_add", args=[session.pk])
    told = {"caption": "送り", "known": ["若手 一郎"], "others": "見学 花子、見学 次郎", "consents": "on"}

    assert phone.post(form, {**told, "file": picture()}).status_code == 302

    person = PhotoPerson.objects.get(name="見学 次郎")
    withdraw = reverse("mentors:consent_withdraw", args=[person.pk])
    assert "見学 次郎" in manager.client().get(withdraw).content.decode()
    manager.client().post(withdraw, {"because": "本人の申出"})
    assert not SessionPhoto.objects.shown().exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"known": ["若手 一郎"]}, "全員の同意を確かめて"),
        ({}, "写っている人を選ぶか"),
        ({"known": ["若手 一郎"], "is_nobody": "on", "consents": "on"}, "どちらか一方"),
        ({"others": "長" * 61, "consents": "on"}, "20人まで"),
    ],
)
def test_who_is_on_it_and_agrees_has_to_be_said(given, sentence, session, master):
    answer = master.client().post(
        reverse("mentors:photo_add", args=[session.pk]), {"caption": "x", "file": picture(), **given}
    )
    assert sentence in answer.content.decode()
    assert not SessionPhoto.objects.exists()


def test_a_photo_of_nobody_asks_for_no_consent(session, master):
    address = reverse("mentors:photo_add", args=[session.pk])
    master.client().post(address, {"caption": "治具", "file": picture(), "is_nobody": "on"})
    assert SessionPhoto.objects.get().people.count() == 0


def test_photos_open_for_the_sides_and_the_ward_alone(session, master, stranger, another, coordinator, officer):
    photo = add(session, master, "若手 一郎")
    addresses = [
        reverse("mentors:photo", args=[photo.pk]),
        reverse("mentors:photo_add", args=[session.pk]),
        reverse("mentors:consent_withdraw", args=[photo.people.get().pk]),
    ]
    for who in (stranger, another, coordinator):
        assert [who.client().get(one).status_code for one in addresses] == [404] * 3
    assert [officer.client().get(one).status_code for one in addresses] == [200, 403, 200]


def test_photo_cannot_be(session, master):
    photo = add(session, master, "若手 一郎")
    same = {"session": session, "added_by": master.person}
    breaks("photo_once", lambda: SessionPhoto.objects.create(picture=photo.picture, caption="x", **same))
    breaks("photo_has_a_caption", lambda: SessionPhoto.objects.update(caption=""))
    breaks("photo_person_once", lambda: PhotoPerson.objects.create(photo=photo, name="若手 一郎"))
    breaks("photo_consent_withdrawn_with_a_reason", lambda: PhotoPerson.objects.update(withdrawn_because="x"))
