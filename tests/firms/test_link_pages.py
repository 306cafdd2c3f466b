"""Links that act without an account: the list of one's own, the link to sign, and what the database holds."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.actions.documents import Content, SideOf, freeze
from firms.actions.links import revoke_link
from firms.actions.signing import give_to_sign
from firms.files import store as files
from firms.models import ActionLink, Signature
from firms.policies import may_revoke_link
from tests.firms.signers import TEXT, TO, WEEK, Given, asked, freeze_for

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


# --- the list of one's own ---


def test_links_are_listed_with_their_ends_for_who_leads_and_for_who_gave_them(given, manager, trainee, stranger):
    address = reverse("firms:links")

    shown = {who: TO.name in text_of(one.client().get(address)) for who, one in
             {"manager": manager, "trainee": trainee, "stranger": stranger}.items()}  # fmt: skip

    assert shown == {"manager": True, "trainee": False, "stranger": False}


@pytest.mark.parametrize(
    ("who", "may"), [("manager", True), ("trainee", False), ("stranger", False), ("officer", False)]
)
def test_may_revoke_link_is_who_gave_it_and_who_leads(who, may, given, request):
    asking = request.getfixturevalue(who)

    answer = asking.client().post(reverse("firms:link_revoke", args=[given.link.pk]))

    assert may_revoke_link(asking.acting(), given.link) is may
    given.link.refresh_from_db()
    assert (answer.status_code, given.link.state) == ((302, "revoked") if may else (404, "open"))


def test_who_leads_may_revoke_what_a_colleague_gave(give, trainee, manager):
    given = give(by=trainee.acting())

    assert may_revoke_link(trainee.acting(), given.link)
    assert may_revoke_link(manager.acting(), given.link)


# --- signing by link ---


@pytest.fixture
def to_sign(trainee, firm, manager):
    version = freeze_for(trainee, firm, manager.acting())
    return version, Given(*give_to_sign(asked(version, "host"), term=WEEK, by=manager.acting()))


def test_an_outside_side_signs_by_link(to_sign):
    version, given = to_sign
    page = text_of(Client().get(given.path))

    answer = Client().post(given.path, {"name": "受入 花子", "use": 0, "seen": version.sha256, "agrees": "on"})

    signature = Signature.objects.get()
    assert [one for one in (TEXT, version.sha256, "矢口 太郎") if one not in page] == []
    assert answer.url == reverse("firms:acted", args=[given.token])
    assert (signature.name, signature.person, signature.link) == ("受入 花子", None, given.link)
    assert signature.request == asked(version, "host")


def test_a_text_changed_while_its_page_was_open_is_not_signed(to_sign, trainee, firm, manager):
    version, given = to_sign
    freeze_for(trainee, firm, manager.acting(), text="別の文。")

    answer = Client().post(given.path, {"name": "受入 花子", "use": 0, "seen": version.sha256, "agrees": "on"})

    assert (answer.status_code, Signature.objects.count()) == (410, 0)
    assert "文書の内容が変わったため" in text_of(answer)


def test_a_file_to_sign_is_read_as_long_as_the_link_is_good(firm, manager):
    stored = files.store(b"%PDF-1.7", media_type="application/pdf")
    side = SideOf("host", "派遣先", "（架空）多摩川精機", contact_name="受入 花子")
    facts = {"kind": "k", "title": "個別契約書", "sides": [side], "owner": firm, "by": manager.acting()}
    asked_of_host = freeze(firm, Content(file=stored), **facts).requests.get()
    given = Given(*give_to_sign(asked_of_host, term=WEEK, by=manager.acting()))
    address = reverse("firms:act_file", args=[given.token])

    page, read = Client().get(given.path), Client().get(address)
    revoke_link(given.link, by=manager.acting())

    assert address in text_of(page)
    assert (read.content, read["Content-Type"]) == (b"%PDF-1.7", "application/pdf")
    assert Client().get(address).status_code == 410


def test_a_link_about_no_file_has_none(to_sign):
    _version, given = to_sign

    assert Client().get(reverse("firms:act_file", args=[given.token])).status_code == 404


# --- held by the database ---


def changed(link, **fields):
    ActionLink.objects.filter(pk=link.pk).update(**fields)


def twice(link):
    row = ActionLink.objects.get(pk=link.pk)
    row.pk, row.token_hash = None, "another"
    row.save()


BROKEN = {
    "link_open_once": twice,
    "link_state_known": lambda link: changed(link, state="lost", closed_at=timezone.now()),
    "link_names_its_receiver": lambda link: changed(link, for_name=""),
    "link_has_a_term": lambda link: changed(link, expires_at=link.given_at),
    "link_used_as_often_as_allowed": lambda link: changed(link, uses=2),
    "link_used_up_when_used": lambda link: changed(link, state="used", closed_at=timezone.now()),
    "link_closed_with_moment": lambda link: changed(link, state="revoked", closed_because="取消"),
    "link_revoked_with_reason": lambda link: changed(link, state="revoked", closed_at=timezone.now()),
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_refuses(name, given):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[name](given.link)

    said = str(refused.value)
    assert name in said or "UNIQUE constraint failed" in said
