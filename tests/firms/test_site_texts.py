"""What the ward says to everybody, in its own words."""

import pytest
from django.urls import reverse

from firms.models import JournalEntry, SiteText, TextKind
from tests.factories import OrganisationFactory

BODY = "産業振興課 03-0000-0000\n\nhttps://ward.example.jp/ または desk@ward.example.jp"


def write(officer, kind="contact", body=BODY):
    return officer.client().post(reverse("firms:site_text_edit", args=[kind]), {"body": body})


@pytest.mark.parametrize("kind", TextKind.values)
def test_everybody_finds_each_text_from_every_page(client, db, kind):
    page = client.get(reverse("firms:site_text", args=[kind]))

    assert page.status_code == 200
    assert "まだ公開されていません" in page.content.decode()
    assert reverse("firms:site_text", args=[kind]) in client.get(reverse("courses:catalogue")).content.decode()


def test_ward_writes_it_and_whoever_has_no_login_reads_it(officer, client):
    write(officer)

    page = client.get(reverse("firms:site_text", args=["contact"])).content.decode()
    assert 'href="https://ward.example.jp/"' in page
    assert 'href="mailto:desk@ward.example.jp"' in page
    assert reverse("firms:site_text_edit", args=["contact"]) not in page


def test_what_stood_before_is_in_the_journal_and_the_same_again_is_nothing(officer):
    for body in (BODY, BODY, "別の文章"):
        write(officer, body=body)

    assert SiteText.objects.get().body == "別の文章"
    assert [entry.details["before"] for entry in JournalEntry.objects.order_by("pk")] == ["", BODY]


@pytest.mark.parametrize("who", ["manager", "coordinator", "advisor", "trainee"])
def test_nobody_else_writes_it(who, request):
    assert write(request.getfixturevalue(who)).status_code == 403
    assert not SiteText.objects.exists()


def test_markup_is_words(officer, client):
    write(officer, body="<script>alert(1)</script>")

    assert "<script>alert(1)" not in client.get(reverse("firms:site_text", args=["contact"])).content.decode()


def test_unknown_kind_is_not_found(officer, client):
    assert client.get(reverse("firms:site_text", args=["joke"])).status_code == 404
    assert write(officer, kind="joke").status_code == 404


def test_organisation_is_found_under_the_plain_form_of_its_letters(officer):
    OrganisationFactory(name="（架空）髙橋製作所")

    page = officer.client().get(reverse("firms:organisations"), {"q": "高橋"}).content.decode()

    assert "髙橋製作所" in page


def test_the_text_on_accessibility_begins_as_the_guide_asks(officer):
    page = officer.client().get(reverse("firms:site_text_edit", args=["accessibility"])).content.decode()

    for told in ("JIS X 8341-3:2016", "適合レベル", "対応度", "試験の期間", "依存している技術", "例外とするもの"):
        assert told in page
    assert "JIS X" not in officer.client().get(reverse("firms:site_text_edit", args=["terms"])).content.decode()


def test_a_hole_of_the_draft_is_not_published(officer):
    answer = write(officer, kind="accessibility", body="［区の名前］は、…")

    assert answer.status_code == 200
    assert "［　］のまま" in str(answer.context["form"].errors["body"])
    assert not SiteText.objects.exists()
