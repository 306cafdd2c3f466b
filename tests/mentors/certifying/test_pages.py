"""The pages of certifying: played through as the people use them, closed to strangers, and cheap however long the list."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from firms.models import JournalEntry, Notification
from mentors.models import Application, BoardMember, Certification
from tests.firms.makers import PDF
from tests.mentors.makers import (
    CAREER,
    FACTS,
    begin,
    certification_of,
    craftsman,
    links_of,
    prove,
    recommend,
    sit,
    train,
    vote_all,
)
from tests.mentors.makers import submitted as hand_in


def form_of(**facts):
    """As the page posts an application."""
    told = {name: value for name, value in {**FACTS, **facts}.items() if value is not False}
    lines = {f"s{n}-{name}": value or "" for n, one in enumerate(CAREER) for name, value in one.items()}
    return {**told, "is_willing": "on", "consents": "on", **lines}


def test_a_craftsman_is_certified_through_the_pages(master, officer):
    me, desk = master.client(), officer.client()
    train(master, officer.organisation)
    answer = me.post(reverse("mentors:application_new"), form_of())
    application = Application.objects.get()
    assert answer.url == reverse("mentors:application", args=[application.pk])
    me.post(reverse("mentors:proof_add", args=[application.pk]), {"file": SimpleUploadedFile("証書.pdf", PDF)})
    recommend(application, master)
    me.post(reverse("mentors:application_submit", args=[application.pk]))
    for n in range(3):
        told = {"name": f"審査 {n}", "party": "技能士会", "email": f"b{n}@example.jp"}
        desk.post(reverse("mentors:board"), told)
    desk.post(reverse("mentors:application_review", args=[application.pk]))
    vote_all(application, "approve", "approve", "approve")
    desk.post(reverse("mentors:application_decide", args=[application.pk]))

    held = Certification.objects.get()
    shown = me.get(reverse("mentors:mine")).content.decode()
    assert held.number in shown
    assert "認定証を印刷する" in me.get(reverse("mentors:certification", args=[held.pk])).content.decode()


def test_a_form_with_a_broken_line_is_shown_again_and_writes_nothing(master, ward):
    answer = master.client().post(reverse("mentors:application_new"), {**form_of(), "s0-first_on": ""})

    assert "経歴の行は、種類・勤め先・最初の日を書いてください" in answer.content.decode()
    assert Application.objects.count() == 0


def test_edit_keeps_what_was_written(master, ward):
    application = begin(master, ward)
    page = master.client().get(reverse("mentors:application_edit", args=[application.pk])).content.decode()
    assert "（架空）大森機械製作所" in page

    master.client().post(reverse("mentors:application_edit", args=[application.pk]), form_of(area="品川区"))

    application.refresh_from_db()
    assert (application.area, application.stretches.count()) == ("品川区", 2)


def test_renewal_is_filled_with_what_was_certified(master, ward):
    held = certification_of(master, ward)
    address = reverse("mentors:application_new")

    mine = master.client().get(address, {"from": held.application_id}).content.decode()
    strangers = craftsman("他").client().get(address, {"from": held.application_id}).content.decode()

    assert ("汎用旋盤のねじ切り" in mine, 'value="汎用旋盤のねじ切り' in strangers) == (True, False)


def test_given_back_with_a_reason_through_the_page(master, officer):
    application = hand_in(master, officer.organisation)
    officer.client().post(
        reverse("mentors:application_return", args=[application.pk]), {"because": "裏面がありません。"}
    )

    assert (
        "裏面がありません。"
        in master.client().get(reverse("mentors:application", args=[application.pk])).content.decode()
    )


def test_proof_goes_to_its_owner_and_the_ward_alone(master, another, officer, manager):
    application = begin(master, officer.organisation)
    prove(application, master)
    address = reverse("mentors:proof_file", args=[application.pk, application.proofs.get().pk])

    assert [one.client().get(address).status_code for one in (master, another, officer, manager)] == [
        200,
        404,
        404,
        404,
    ]
    recommend(application, master)
    master.client().post(reverse("mentors:application_submit", args=[application.pk]))
    assert officer.client().get(address).status_code == 200


def test_nothing_of_one_opens_for_another(master, another, officer, manager, stranger, coordinator):
    application = hand_in(master, officer.organisation)
    held = certification_of(master, officer.organisation)
    names = ["application", "application_edit", "proof_add", "recommendation_ask", "application_submit"]
    names += ["application_withdraw", "application_return", "application_review", "application_decide"]
    addresses = [reverse(f"mentors:{name}", args=[application.pk]) for name in names]
    own = ["certification", "certificate_pdf", "listing", "suspend", "withdraw", "lift"]
    addresses += [reverse(f"mentors:{name}", args=[held.pk]) for name in own]

    for who in (another, manager, stranger, coordinator):
        client = who.client()
        answers = {client.get(one).status_code for one in addresses} | {
            client.post(one).status_code for one in addresses
        }
        assert answers <= {404, 405}
    assert Application.objects.get(pk=application.pk).state == "submitted"


@pytest.mark.parametrize("name", ["applications", "certifications", "board", "craftsman_invite"])
def test_the_desk_is_the_wards(name, master, manager, officer):
    address = reverse(f"mentors:{name}")

    assert [one.client().get(address).status_code for one in (officer, manager, master)] == [200, 403, 403]


def test_the_holder_may_not_do_what_the_ward_does(master, officer):
    held = certification_of(master, officer.organisation)

    assert (
        master.client().post(reverse("mentors:withdraw", args=[held.pk]), {"withdraw-because": "x"}).status_code == 403
    )
    assert officer.client().post(reverse("mentors:listing", args=[held.pk]), {"listed": "1"}).status_code == 403


def stop(desk, held, how, because):
    return desk.post(reverse(f"mentors:{how}", args=[held.pk]), {f"{how}-because": because})


def test_ward_suspends_lifts_and_withdraws_through_the_page(master, officer):
    held, desk = certification_of(master, officer.organisation), officer.client()
    stop(desk, held, "suspend", "調査のため")
    assert "停止中" in master.client().get(reverse("mentors:certification", args=[held.pk])).content.decode()
    stop(desk, held, "lift", "疑いが晴れたため")
    assert "疑いが晴れたため" in Notification.objects.filter(person=master.person).latest("pk").body
    stop(desk, held, "withdraw", "本人の申出のため")

    held.refresh_from_db()
    assert held.withdrawn_because == "本人の申出のため"
    told = JournalEntry.objects.filter(verb__in=["certification.suspend", "certification.lift"]).order_by("pk")
    assert [entry.details["reason"] for entry in told] == ["調査のため", "疑いが晴れたため"]


@pytest.mark.parametrize(("is_suspended", "acts"), [(False, ["suspend", "withdraw"]), (True, ["lift", "withdraw"])])
def test_each_act_has_its_own_form_with_its_own_reason(is_suspended, acts, master, officer):
    held, desk = certification_of(master, officer.organisation), officer.client()
    if is_suspended:
        stop(desk, held, "suspend", "調査のため")

    page = desk.get(reverse("mentors:certification", args=[held.pk])).content.decode()
    forms = [form for form in re.findall(r"<form .*?</form>", page, re.S) if "-because" in form]

    assert [re.search(r'action="([^"]+)"', form).group(1) for form in forms] == [
        reverse(f"mentors:{act}", args=[held.pk]) for act in acts
    ]
    assert [(form.count("<textarea"), form.count("<button")) for form in forms] == [(1, 1)] * 2
    assert len(set(re.findall(r'name="([a-z]+-because)"', page))) == 2


def test_an_act_without_a_reason_is_asked_for_it_in_its_own_form(master, officer):
    held, desk = certification_of(master, officer.organisation), officer.client()

    answer = stop(desk, held, "withdraw", "")

    wrong = {one.how: bool(form.errors) for one, form in answer.context["stops"]}
    assert wrong == {"suspend": False, "withdraw": True}
    held.refresh_from_db()
    assert held.withdrawn_on is None


def test_links_are_sent_again_from_the_page(master, officer):
    sit(officer)
    application = hand_in(master, officer.organisation)
    officer.client().post(reverse("mentors:application_review", args=[application.pk]))
    before = links_of(application)[0]
    ballot = application.ballots.first()

    officer.client().post(reverse("mentors:ballot_again", args=[application.pk, ballot.pk]))

    assert links_of(application)[0].pk != before.pk


def add_waiting(n, officer, master):
    hand_in(craftsman(f"待{n}"), officer.organisation)


def add_held(n, officer, master):
    certification_of(master, officer.organisation, number=f"M{n}")


def add_over(n, officer, master):
    certification_of(craftsman(f"職{n}"), officer.organisation, number=f"M{n}")


def add_member(n, officer, master):
    BoardMember.objects.create(
        ward=officer.organisation, name=f"委{n}", party="組", email=f"{n}@x.jp", started_on="2026-01-01"
    )


LISTS = {
    "applications-waiting": ("mentors:applications", "officer", add_waiting, 7),
    "applications-over": ("mentors:applications", "officer", add_over, 8),
    "certifications": ("mentors:certifications", "officer", add_over, 8),
    "board": ("mentors:board", "officer", add_member, 6),
    "mine": ("mentors:mine", "master", add_held, 10),
}


@pytest.mark.parametrize("key", LISTS)
def test_list_asks_as_often_for_three_rows_as_for_one(key, master, officer, django_assert_num_queries):
    name, who, add, queries = LISTS[key]
    client, address = {"master": master, "officer": officer}[who].client(), reverse(name)
    client.get(address)

    add(1, officer, master)
    with django_assert_num_queries(queries):
        one = client.get(address)
    add(2, officer, master)
    add(3, officer, master)
    with django_assert_num_queries(queries):
        three = client.get(address)

    assert len(three.content) > len(one.content)
