"""Links that act without an account: one thing, one purpose, one term; said for whom; each end with its sentence."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from firms.actions.links import Receiver, end_links, revoke_link, send_link, usable_link
from firms.errors import Refused
from firms.models import ActionLink, Job, JournalEntry, Submission
from firms.post.tokens import hash_of
from tests.conftest import MORNING
from tests.firms.signers import TO, WEEK

pytestmark = pytest.mark.django_db


def posted(given, **facts):
    form = {"name": "受入 花子", "position": "", "use": given.link.uses, "new_name": "（架空）新工場"}
    return Client().post(given.path, form | facts)


def text_of(answer):
    return answer.content.decode()


# --- given and sent ---


def test_the_secret_of_a_link_stands_in_no_row(given, establishment):
    told = [str(vars(row)) for model in (ActionLink, Job, JournalEntry) for row in model.objects.all()]

    assert given.link.token_hash == hash_of(given.token)
    assert [row for row in told if given.token in row] == []


def test_the_letter_says_for_whom_from_whom_what_and_until_when(
    purpose, establishment, firm, manager, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send_link(establishment, purpose="tests.rename", to=TO, term=WEEK, owner=firm, by=manager.acting())

    (letter,) = mailoutbox
    assert letter.to == ["host@example.jp"]
    assert letter.subject == "事業所の名称の確認のお願い（（架空）大森機械製作所）"
    for words in (
        "（架空）多摩川精機 受入 花子 様",
        "大森 太郎さん",
        "2026年11月27日（金）10:00まで",
        "/organisations/act/",
    ):
        assert words in letter.body
    assert usable_link(letter.body.split("/act/")[1].split("/")[0]) == ActionLink.objects.get()


def test_no_letter_is_sent_with_a_link_that_ended_meanwhile(
    purpose, establishment, firm, manager, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send_link(establishment, purpose="tests.rename", to=TO, term=WEEK, owner=firm, by=manager.acting())
        end_links(establishment, because="名称が決まったため、使えません。", by=manager.acting())

    assert mailoutbox == []


def test_a_link_cannot_be_mailed_without_an_address(establishment, firm, manager):
    nowhere = replace(TO, email="")

    with pytest.raises(Refused, match="メールアドレスがありません"):
        send_link(establishment, purpose="tests.rename", to=nowhere, term=WEEK, owner=firm, by=manager.acting())


def test_a_new_link_ends_the_one_given_before(give):
    first, second = give(), give()

    assert "新しいリンクが送られたため" in text_of(Client().get(first.path))
    assert Client().get(second.path).status_code == 200


def test_links_of_other_receivers_go_on(give):
    first = give()
    give(to=Receiver("別の 人"))

    assert Client().get(first.path).status_code == 200


# --- used ---


def test_the_page_says_for_whom_what_and_until_when_and_writes_nothing(given, django_assert_num_queries):
    client = Client()
    with django_assert_num_queries(2) as asked_of_database:  # the link, and its subject
        page = client.get(given.path)

    words = ("事業所の名称の確認", "（架空）多摩川精機 受入 花子", "（架空）大森機械製作所 大森 太郎", "2026年11月27日")
    assert [one for one in words if one not in text_of(page)] == []
    assert all(query["sql"].startswith("SELECT") for query in asked_of_database.captured_queries)


def test_a_visit_sets_no_cookie_and_is_kept_from_caches_and_search(given):
    page = Client().get(given.path)

    assert page.cookies == {}
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    assert "noindex" in page["X-Robots-Tag"]


def test_a_use_does_its_work_and_is_in_the_journal(given, establishment, firm):
    answer = posted(given)

    establishment.refresh_from_db()
    entry = JournalEntry.objects.about(given.link).filter(verb="link.use").get()
    assert (answer.status_code, establishment.name) == (302, "（架空）新工場")
    assert (entry.person, entry.concerns, entry.details["who"]) == (None, firm, "受入 花子")
    assert (entry.from_state, entry.to_state) == ("open", "used")


def test_the_receipt_says_who_did_what_and_when(given):
    page = Client().get(posted(given).url)

    assert (page.status_code, page.cookies) == (200, {})
    assert [one for one in ("確認しました", "受入 花子", "2026年11月20日") if one not in text_of(page)] == []


def test_the_receipt_of_a_link_nobody_used_is_its_page(given):
    answer = Client().get(reverse("firms:acted", args=[given.token]))

    assert (answer.status_code, answer.url) == (302, given.path)


def test_a_second_click_changes_nothing_and_is_led_to_the_receipt(given):
    answers = [posted(given), posted(given)]

    assert {one.url for one in answers} == {reverse("firms:acted", args=[given.token])}
    assert JournalEntry.objects.about(given.link).filter(verb="link.use").count() == 1


def test_another_sending_of_a_used_page_is_no_second_click(given, establishment):
    posted(given)

    answer = posted(given, new_name="（架空）別の名称")

    establishment.refresh_from_db()
    assert (answer.status_code, establishment.name) == (410, "（架空）新工場")


def test_a_link_for_two_uses_is_used_up_by_the_second(give):
    given = give(uses=2)

    first = posted(given)
    again = posted(given)
    second = posted(given, use=1)

    given.link.refresh_from_db()
    assert {one.status_code for one in (first, again, second)} == {302}
    assert (given.link.uses, given.link.state) == (2, "used")
    assert JournalEntry.objects.about(given.link).filter(verb="link.use").count() == 2


def test_who_is_not_the_receiver_says_as_what_they_act(given):
    refused = posted(given, name="代理 三郎")
    answer = posted(given, name="代理 三郎", position="工場長")

    assert "宛先（受入 花子様）と違う方が操作するときは、立場を入力してください" in text_of(refused)
    assert answer.status_code == 302
    entry = JournalEntry.objects.about(given.link).first()
    assert (entry.details["who"], entry.details["position"]) == ("代理 三郎", "工場長")


def test_the_receiver_may_write_the_name_in_any_width(given):
    assert posted(given, name="受入　花子").status_code == 302


def test_a_refusal_of_the_thing_itself_is_said_at_its_field_and_uses_nothing(given, establishment):
    page = posted(given, new_name="断る")

    given.link.refresh_from_db()
    assert "その名称は使えません" in text_of(page)
    assert (given.link.uses, given.link.state) == (0, "open")


@pytest.mark.parametrize("use", ["-1", "x", "", "99999999999"])
def test_an_odd_count_is_no_use(given, use, establishment):
    assert posted(given, use=use).status_code == 200
    assert not JournalEntry.objects.filter(verb="link.use").exists()


@pytest.mark.parametrize("use", [0, 2])
def test_what_somebody_typed_before_another_acted_is_not_taken_for_a_second_click(give, use, establishment):
    given = give(uses=3)
    posted(given)

    page = posted(given, use=use, name="代理 三郎", position="工場長", new_name="（架空）別の名称")

    establishment.refresh_from_db()
    assert "別の操作がありました。リンクを開き直してください" in text_of(page)
    assert (page.status_code, establishment.name) == (200, "（架空）新工場")


# --- ended ---


def closed(given):
    page = Client().get(given.path)
    assert page.status_code == 410
    return text_of(page)


def test_a_used_link_says_who_used_it_and_whom_to_tell(given):
    posted(given)

    assert "すでに使われています（2026年11月20日（金）10:00、受入 花子さん）" in closed(given)


@pytest.mark.parametrize(("later", "status"), [(-1, 200), (0, 410)])
def test_a_link_is_good_until_its_term_is_over(given, clock, later, status):
    clock.move_to(given.link.expires_at + timedelta(seconds=later))

    assert Client().get(given.path).status_code == status


def test_an_expired_link_says_until_when_it_was_good_and_whom_to_ask(given, clock, establishment):
    clock.move_to(given.link.expires_at)

    assert "有効期限（2026年11月27日（金）10:00）が過ぎました。（架空）大森機械製作所に" in closed(given)
    assert posted(given).status_code == 410


def test_a_revoked_link_says_so(given, manager):
    revoke_link(given.link, by=manager.acting())
    revoke_link(given.link, by=manager.acting())

    assert "取り消されました" in closed(given)
    assert posted(given).status_code == 410
    assert JournalEntry.objects.about(given.link).filter(verb="link.revoke").count() == 1


def test_a_used_link_is_not_revoked(given, manager):
    posted(given)

    with pytest.raises(Refused, match="すでに使われています"):
        revoke_link(given.link, by=manager.acting())


def test_an_unknown_link_says_how_to_copy_it(db):
    page = Client().get(reverse("firms:act", args=["0" * 64]))

    assert (page.status_code, "最後までコピーしたか" in text_of(page)) == (410, True)


@pytest.mark.parametrize("token", ["x", "²", "%00", "a" * 5000])
def test_an_odd_address_is_an_unknown_link(token, db):
    assert Client().get(f"/organisations/act/{token}/").status_code == 410


def test_a_link_of_somebody_who_left_is_over(given, manager):
    manager.person.is_active = False
    manager.person.save()

    assert "送った人の登録が終わったため" in closed(given)


def test_whoever_opens_links_too_often_waits_a_minute(given, clock):
    client = Client()
    for _time in range(60):
        client.get(given.path)

    page = client.get(given.path)
    clock.move_to(MORNING + timedelta(minutes=2))

    assert (page.status_code, "1分ほど待ってから" in text_of(page)) == (429, True)
    assert client.get(given.path).status_code == 200


# --- accounts have no part in it ---


def test_a_browser_that_is_signed_in_acts_as_a_guest_all_the_same(given, stranger):
    client = stranger.client()
    before = dict(client.session)
    page = client.get(given.path)

    client.post(given.path, {"name": "受入 花子", "use": 0, "new_name": "（架空）新工場"})

    assert stranger.person.full_name not in text_of(page)
    assert JournalEntry.objects.filter(verb="link.use").get().person is None
    assert dict(client.session) == before


def test_an_advisor_who_has_no_second_factor_yet_acts_by_a_link(given, advisor):
    client = Client()
    client.force_login(advisor.person)

    assert (client.get(given.path).status_code, client.get(reverse("home")).status_code) == (200, 302)


def test_no_mark_of_a_page_keeps_the_address(given):
    posted(given)

    assert not Submission.objects.exists()
