"""A document of several sides: frozen, signed by each, asked again of those alone whose terms changed."""

from base64 import b64encode
from hashlib import sha256

import pytest
from django.urls import reverse

from firms.actions.documents import Content, SideOf, change_contact, freeze
from firms.actions.invitations import take_over
from firms.actions.signing import send_to_sign, sign, sign_as_guest
from firms.errors import Refused
from firms.files import store as files
from firms.links.purposes import Guest
from firms.models import ActionLink, Document, DocumentVersion, JournalEntry, Notification, Side, Signature
from firms.queries.signing import changes_for, current_version, is_signed, requests_of, version_in_force
from firms.signing.pictures import PREFIX
from firms.words.differences import Piece
from tests.conftest import TODAY
from tests.factories import PersonFactory
from tests.firms.signers import HOST, NEXT, TEXT, WEEK, asked, freeze_for, png, subject_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(version, manager):
    return send_to_sign(asked(version, "host"), term=WEEK, by=manager.acting())


def sign_all(version, trainee, manager, link):
    """Each side that is still asked, in its own way."""
    sign(asked(version, "worker"), seen=version.sha256, by=trainee.acting())
    sign(asked(version, "firm"), seen=version.sha256, by=manager.acting())
    guest_signs(version, link)


def guest_signs(version, link, name="受入 花子"):
    guest = Guest(link, name=name, position="", today=TODAY)
    sign_as_guest(guest, {"seen": version.sha256, "picture": ""})


def standing(version):
    return {one.side.role: one.standing and one.standing.request.version.number for one in requests_of(version)}


# --- freezing ---


def test_a_text_is_frozen_with_its_hash_and_every_side_is_asked(version, trainee):
    assert (version.number, version.text, version.sha256) == (1, TEXT, sha256(TEXT.encode()).hexdigest())
    assert version.is_intact
    assert standing(version) == {"worker": None, "firm": None, "host": None}
    assert current_version(subject_of(trainee), kind="trials.terms") == version


def test_a_file_is_frozen_with_the_hash_of_its_bytes(trainee, firm, manager):
    stored = files.store(b"%PDF-1.7", media_type="application/pdf")
    side = SideOf("firm", "企業", firm.name, organisation=firm)

    version = freeze(
        subject_of(trainee),
        Content(file=stored),
        kind="k",
        title="個別契約書",
        sides=[side],
        owner=firm,
        by=manager.acting(),
    )

    assert (version.text, version.sha256) == ("", sha256(b"%PDF-1.7").hexdigest())


def test_the_same_text_again_is_the_same_version(version, trainee, firm, manager):
    again = freeze_for(trainee, firm, manager.acting())

    assert (again, DocumentVersion.objects.count()) == (version, 1)


def test_those_with_an_account_are_told_what_waits(version, trainee, manager):
    told = {(one.person, one.path) for one in Notification.objects.all()}

    assert told == {
        (trainee.person, reverse("firms:sign", args=[asked(version, "worker").pk])),
        (manager.person, reverse("firms:sign", args=[asked(version, "firm").pk])),
    }


def test_a_document_of_its_own_kind_is_another(version, trainee, firm, manager):
    side = SideOf("firm", "企業", firm.name, organisation=firm)
    freeze(
        subject_of(trainee), Content(TEXT), kind="other", title="覚書", sides=[side], owner=firm, by=manager.acting()
    )

    assert Document.objects.about(subject_of(trainee)).count() == 2


def test_a_change_said_to_concern_nobody_of_the_document_is_a_bug(version, trainee, firm, manager):
    with pytest.raises(ValueError, match="wroker"):
        freeze_for(trainee, firm, manager.acting(), text=NEXT, changed_for={"wroker"})


# --- signing ---


def test_nothing_counts_as_signed_before_all_have_signed(version, trainee, manager, link):
    subject = subject_of(trainee)

    sign(asked(version, "worker"), seen=version.sha256, by=trainee.acting())
    sign(asked(version, "firm"), seen=version.sha256, by=manager.acting())
    before = is_signed(version), version_in_force(subject, kind="trials.terms")
    guest_signs(version, link)

    assert before == (False, None)
    assert (is_signed(version), version_in_force(subject, kind="trials.terms")) == (True, version)


def test_the_journal_says_each_signature_and_once_that_all_have_signed(version, trainee, manager, link):
    sign_all(version, trainee, manager, link)

    entries = JournalEntry.objects.about(version.document).order_by("pk")
    assert list(entries.values_list("verb", flat=True)) == [
        "document.freeze",
        "document.sign",
        "document.sign",
        "document.sign",
        "document.complete",
    ]
    assert [one.details.get("who") for one in entries][1:4] == ["矢口 太郎", "大森 太郎", "受入 花子"]
    assert {one.concerns for one in entries} == {version.document.owner}


def test_a_click_is_a_name_and_a_moment_bound_to_the_hash(version, trainee):
    signature = sign(asked(version, "worker"), seen=version.sha256, by=trainee.acting())

    assert (signature.name, signature.person, signature.picture) == ("矢口 太郎", trainee.person, None)
    assert signature.sha256 == version.sha256


def test_a_drawn_signature_is_kept_as_a_picture(version, trainee):
    picture = PREFIX + b64encode(png()).decode()

    signature = sign(asked(version, "worker"), seen=version.sha256, picture=picture, by=trainee.acting())

    assert files.read(signature.picture) == png()


def test_an_empty_pad_is_no_signature(version, trainee):
    with pytest.raises(Refused, match="署名が空白です"):
        sign(
            asked(version, "worker"),
            seen=version.sha256,
            picture=PREFIX + b64encode(png(strokes=0)).decode(),
            by=trainee.acting(),
        )


def test_signing_twice_is_once(version, trainee):
    first = sign(asked(version, "worker"), seen=version.sha256, by=trainee.acting())

    again = sign(asked(version, "worker"), seen=version.sha256, by=trainee.acting())

    assert (again, Signature.objects.count()) == (first, 1)


def test_a_text_the_page_has_not_shown_is_not_signed(version, trainee):
    with pytest.raises(Refused, match="表示していた文書と、署名する文書が違います"):
        sign(asked(version, "worker"), seen="0" * 64, by=trainee.acting())


def test_nobody_signs_for_two_sides(trainee, firm, manager):
    both = [
        SideOf("firm", "企業", firm.name, organisation=firm),
        SideOf("worker", "本人", manager.person.full_name, person=manager.person),
    ]
    version = freeze(
        subject_of(trainee), Content(TEXT), kind="k", title="覚書", sides=both, owner=firm, by=manager.acting()
    )
    sign(asked(version, "firm"), seen=version.sha256, by=manager.acting())

    with pytest.raises(Refused, match="別の当事者としてすでに署名しています"):
        sign(asked(version, "worker"), seen=version.sha256, by=manager.acting())


# --- a new text ---


def test_a_new_text_asks_those_alone_whose_terms_changed(version, trainee, firm, manager, link):
    sign_all(version, trainee, manager, link)

    second = freeze_for(trainee, firm, manager.acting(), text=NEXT, changed_for={"worker"})

    assert standing(second) == {"worker": None, "firm": 1, "host": 1}
    assert not is_signed(second)
    assert version_in_force(subject_of(trainee), kind="trials.terms") == version
    sign(asked(second, "worker"), seen=second.sha256, by=trainee.acting())
    assert version_in_force(subject_of(trainee), kind="trials.terms") == second


def test_a_new_text_without_a_word_on_whom_it_concerns_asks_everybody(version, trainee, firm, manager, link):
    sign_all(version, trainee, manager, link)

    second = freeze_for(trainee, firm, manager.acting(), text=NEXT)

    assert standing(second) == {"worker": None, "firm": None, "host": None}


def test_who_has_not_signed_the_change_before_is_asked_by_the_next_that_does_not_concern_them(
    version, trainee, firm, manager, link
):
    sign_all(version, trainee, manager, link)
    freeze_for(trainee, firm, manager.acting(), text=NEXT, changed_for={"worker"})

    third = freeze_for(trainee, firm, manager.acting(), text=NEXT + "\n通勤手当を支給する。", changed_for={"firm"})

    assert standing(third) == {"worker": None, "firm": None, "host": 1}


def test_a_slip_of_the_pen_that_concerns_nobody_leaves_all_signed(version, trainee, firm, manager, link):
    sign_all(version, trainee, manager, link)

    second = freeze_for(trainee, firm, manager.acting(), text=TEXT + "\n", changed_for=set())

    assert is_signed(second)
    assert JournalEntry.objects.about(version.document).filter(verb="document.complete").count() == 2


def test_the_difference_is_from_what_the_side_has_signed(version, trainee, firm, manager):
    sign(asked(version, "worker"), seen=version.sha256, by=trainee.acting())
    freeze_for(trainee, firm, manager.acting(), text="全く違う文。", changed_for={"worker"})
    third = freeze_for(trainee, firm, manager.acting(), text=TEXT.replace("1,300", "1,350"), changed_for={"worker"})

    changes = changes_for(asked(third, "worker"))

    assert changes.since == 1
    assert [one for one in changes.pieces if one.kind != "same"] == [Piece("gone", "1,300"), Piece("new", "1,350")]
    assert changes_for(asked(third, "host")) is None


def test_an_old_text_is_not_signed_any_more(version, trainee, firm, manager):
    freeze_for(trainee, firm, manager.acting(), text=NEXT)

    with pytest.raises(Refused, match="新しい版があります"):
        sign(asked(version, "worker"), seen=version.sha256, by=trainee.acting())


def test_a_carried_side_has_nothing_to_sign(version, trainee, firm, manager):
    first = sign(asked(version, "worker"), seen=version.sha256, by=trainee.acting())
    second = freeze_for(trainee, firm, manager.acting(), text=NEXT, changed_for={"firm"})

    assert sign(asked(second, "worker"), seen=second.sha256, by=trainee.acting()) == first


def test_a_link_to_sign_ends_when_the_text_changes(version, trainee, firm, manager, link):
    freeze_for(trainee, firm, manager.acting(), text=NEXT, changed_for={"worker"})

    link.refresh_from_db()
    assert (link.state, link.closed_because) == (
        "revoked",
        "文書の内容が変わったため、このリンクは使えません。新しい文書のリンクを開いてください。",
    )


# --- contact details ---


def test_another_contact_voids_no_signature_and_ends_the_links_sent_before(version, trainee, firm, manager, link):
    sign(asked(version, "worker"), seen=version.sha256, by=trainee.acting())
    side = Side.objects.get(role="host")

    change_contact(side, contact_name="後任 次郎", email="next@example.jp", by=manager.acting())
    fresh = send_to_sign(asked(version, "host"), term=WEEK, by=manager.acting())

    link.refresh_from_db()
    assert (link.state, fresh.for_name, fresh.email) == ("revoked", "後任 次郎", "next@example.jp")
    assert standing(version) == {"worker": 1, "firm": None, "host": None}
    assert DocumentVersion.objects.count() == 1


def test_another_contact_given_with_a_new_text_is_kept_and_voids_nothing(version, trainee, firm, manager, link):
    sign_all(version, trainee, manager, link)

    second = freeze_for(trainee, firm, manager.acting(), text=NEXT, changed_for={"worker"}, contact_name="後任 次郎")

    assert standing(second) == {"worker": None, "firm": 1, "host": 1}
    assert Side.objects.get(role="host").contact_name == "後任 次郎"


def test_another_party_is_another_document(version, trainee, firm, manager, stranger):
    sides = [SideOf("worker", "本人", stranger.person.full_name, person=stranger.person)]

    with pytest.raises(Refused, match="「本人」の当事者が代わるため"):
        freeze(
            subject_of(trainee),
            Content(NEXT),
            kind="trials.terms",
            title="就業条件明示書",
            sides=sides,
            owner=firm,
            by=manager.acting(),
        )


def test_who_takes_a_record_over_by_joining_takes_over_its_place_in_documents(version, trainee):
    joined = PersonFactory()

    take_over(trainee.person, joined)

    assert asked(version, "worker").side.person == joined


def test_a_side_without_an_address_is_sent_no_link(trainee, firm, manager):
    version = freeze_for(trainee, firm, manager.acting(), email="")

    with pytest.raises(Refused, match="メールアドレスがありません"):
        send_to_sign(asked(version, "host"), term=WEEK, by=manager.acting())


def test_a_side_that_has_signed_is_sent_no_link(version, trainee, manager):
    sign(asked(version, "worker"), seen=version.sha256, by=trainee.acting())

    with pytest.raises(Refused, match="すでにそろっています"):
        send_to_sign(asked(version, "worker"), term=WEEK, by=manager.acting())


def test_links_are_sent_to_the_contact_of_the_side(link):
    assert ActionLink.objects.get() == link
    assert (link.for_name, link.for_party, link.email) == (HOST["contact_name"], "（架空）多摩川精機", HOST["email"])
