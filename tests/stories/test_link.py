"""A contact of a host signs by the link of a mail: on a telephone, without an account, without script, and with a pad."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.urls import reverse

from firms.actions.links import revoke_link
from firms.actions.signing import give_to_sign, sign
from firms.models import Signature
from tests.firms.signers import NEXT, TEXT, WEEK, asked, freeze_for
from tests.stories.desk import Desk, sit_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def guest(browser, browser_context_args, live_server):
    """Somebody's telephone, signed in nowhere."""
    cache.clear()
    return lambda **options: Desk(
        browser.new_context(**browser_context_args | PHONE | options, base_url=live_server.url)
    )


@pytest.fixture
def version(trainee, firm, manager):
    """Signed by the worker; the wage then changes for the host, who had not signed yet, and the worker need not again."""
    first = freeze_for(trainee, firm, manager.acting(), text=f"{TEXT}\n安全靴は派遣先が貸与する。")
    sign(asked(first, "worker"), seen=first.sha256, by=trainee.acting())
    return freeze_for(trainee, firm, manager.acting(), text=NEXT, changed_for={"firm", "host"})


def path_to(version, manager):
    _link, address = give_to_sign(asked(version, "host"), term=WEEK, by=manager.acting())
    return reverse("firms:act", args=[address.rstrip("/").rsplit("/", 1)[1]])


def looked_at(at, name, *, script=True):
    at.picture(name)
    if script:
        assert [one["id"] for one in Axe().run(at.page).response["violations"]] == []


def forgive_gone(at):
    """The browser's own word for a page that says why its link has ended."""
    at.troubles[:] = [said for said in at.troubles if "410 (Gone)" not in said]


def test_a_link_is_followed_on_a_telephone_without_script(guest, version, manager):
    with guest(java_script_enabled=False) as at:
        at.page.goto(path_to(version, manager))
        at.sees("文書への署名", "（架空）多摩川精機 受入 花子", NEXT, "第1版への署名が引き続き有効")
        at.fill(name="代理 三郎")
        at.page.locator("[name=agrees]").check()
        at.page.get_by_role("button", name="署名する").click()
        at.sees("宛先（受入 花子様）と違う方が操作するときは、立場を入力してください")
        at.fill(position="工場長")
        at.page.get_by_role("button", name="署名する").click()
        at.sees("署名しました", "代理 三郎", "工場長")
        assert at.context.cookies() == []

    assert (Signature.objects.last().name, Signature.objects.last().position) == ("代理 三郎", "工場長")


def test_a_signature_is_drawn_with_a_finger(guest, version, manager):
    path = path_to(version, manager)
    with guest() as at:
        at.page.goto(path)
        looked_at(at, "link")
        at.page.set_viewport_size(PHONE["viewport"])
        at.fill(name="受入 花子")
        pad = at.page.locator("[data-pad]")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        at.page.mouse.move(box["x"] + 30, box["y"] + 30)
        at.page.mouse.down()
        at.page.mouse.move(box["x"] + box["width"] - 30, box["y"] + box["height"] - 30, steps=8)
        at.page.mouse.up()
        at.page.locator("[name=agrees]").check()
        at.page.get_by_role("button", name="署名する").click()
        at.sees("署名しました", "受入 花子")
        looked_at(at, "link-done")
        at.page.goto(path)
        at.sees("すでに使われています")
        forgive_gone(at)
        looked_at(at, "link-used")

    assert Signature.objects.last().picture is not None


def test_a_revoked_link_says_whom_to_ask(guest, version, manager):
    link, address = give_to_sign(asked(version, "host"), term=WEEK, by=manager.acting())
    revoke_link(link, by=manager.acting())
    with guest(java_script_enabled=False) as at:
        at.page.goto(reverse("firms:act", args=[address.rstrip("/").rsplit("/", 1)[1]]))
        at.sees("このリンクは取り消されました。送った組織にお尋ねください。")
        forgive_gone(at)


def test_who_has_an_account_reads_what_changed_and_signs_and_sees_the_links_given(
    browser, browser_context_args, live_server, trainee, firm, manager
):
    first = freeze_for(trainee, firm, manager.acting())
    sign(asked(first, "firm"), seen=first.sha256, by=manager.acting())
    second = freeze_for(trainee, firm, manager.acting(), text=NEXT)
    path_to(second, manager)
    path_to(second, manager)

    with sit_down(browser, browser_context_args, base=live_server.url, cast=manager) as at:
        at.open("firms:sign", asked(second, "firm").pk)
        at.sees("第1版からの変更", "加わる文字")
        looked_at(at, "sign")
        at.page.locator("[name=agrees]").check()
        at.press("署名する")
        at.sees("署名済みです")
        at.open("firms:links")
        at.sees("発行したリンク（2件）")
        looked_at(at, "links")
        at.press("取り消す")
        at.sees("リンクを取り消しました")

    assert Signature.objects.get(request__version=second).person == manager.person
