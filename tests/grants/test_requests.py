"""An office asks for documents of many cases; the firm answers from a phone without signing in, or signed in."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.actions.evidence import reject
from firms.errors import Refused
from firms.models import ActionLink, Evidence, JournalEntry, Mandate, Notification, StoredFile
from firms.states import LinkState, MandateState
from grants.actions.requests import (
    MOST_ITEMS,
    Given,
    ask_evidence,
    remind_of,
    send_again,
    take_answers,
    to_remind_of,
    waiting_items,
    withdraw,
)
from grants.models import EvidenceRequest, RequestAnswer, RequestItem
from grants.policies import may_answer_request, may_ask_evidence
from grants.states import RequestState
from grants.tasks import remind_requests
from tests.conftest import cast
from tests.factories import MandateFactory, MembershipFactory, OrganisationFactory
from tests.firms.makers import PDF, PNG, upload

LABELS = ("支払を証明する書類の写し", "2月分の賃金台帳")


def due():
    return timezone.localdate() + timedelta(days=7)


def ask(advisor, *cases, labels=LABELS, due_on=None, note=""):
    return ask_evidence(cases, labels, due_on=due_on or due(), note=note, by=advisor.acting())


@pytest.fixture
def asked(case, manager, advisor):
    (made,) = ask(advisor, case, note="お手数をおかけします")
    return made


@pytest.fixture
def address(case, manager, advisor, mailoutbox, django_capture_on_commit_callbacks):
    """Where the letter leads."""
    with django_capture_on_commit_callbacks(execute=True):
        ask(advisor, case)
    (letter,) = [one for one in mailoutbox if one.to == [manager.person.email]]
    return re.search(r"https?://[^/]+(/\S+)", letter.body).group(1)


def fresh(request):
    return EvidenceRequest.objects.get(pk=request.pk)


def fields(request, **given):
    return {"name": request.to.full_name, "position": "", "use": ActionLink.objects.latest("pk").uses, **given}


def test_one_letter_names_every_document_of_every_case(asked, case, manager):
    assert [(item.case, item.label) for item in asked.items.all()] == [(case, label) for label in LABELS]
    assert (asked.to, asked.firm) == (manager.person, case.establishment.organisation)
    assert ActionLink.objects.get().for_name == manager.person.full_name


def test_firm_answers_from_its_phone_without_signing_in(address, case, manager, advisor):
    request = EvidenceRequest.objects.get()
    first, second = request.items.all()
    page = Client().get(address).content.decode()
    assert all(label in page for label in LABELS)

    answer = Client().post(address, fields(request, **{f"file_{first.pk}": upload("振込.png", PNG)}))

    assert answer.status_code == 302
    held = RequestAnswer.objects.get()
    assert (held.item, held.evidence.name, held.evidence.owner) == (first, "振込.png", request.firm)
    assert (held.evidence.uploaded_by, held.evidence.guest) == (None, f"{request.firm.name} {manager.person.full_name}")
    assert waiting_items(request) == [second]
    assert fresh(request).state == RequestState.OPEN
    told = Notification.objects.get(person=advisor.person)
    assert "残り1件です。" in told.body
    assert f'name="file_{first.pk}"' not in Client().get(address).content.decode()


def test_last_answer_finishes_the_request(address, manager, advisor):
    request = EvidenceRequest.objects.get()
    first, second = request.items.all()

    Client().post(
        address,
        fields(request, **{f"file_{first.pk}": upload(), f"note_{second.pk}": "2月は休業のためありません"}),
    )

    assert fresh(request).state == RequestState.ANSWERED
    assert "すべてそろいました" in Notification.objects.get(person=advisor.person).body
    assert "すべて届いています" in Client().get(address).content.decode()
    again = Client().post(address, fields(request, **{f"note_{second.pk}": "x"}))
    assert "すべてそろっています" in again.content.decode()


def test_second_click_of_the_same_page_gives_nothing_twice(address):
    request = EvidenceRequest.objects.get()
    first = request.items.first()
    given = fields(request, **{f"note_{first.pk}": "ありません"})

    assert [Client().post(address, given).status_code for _n in range(2)] == [302, 302]
    assert RequestAnswer.objects.count() == 1


def test_empty_page_says_what_to_do(address):
    page = Client().post(address, fields(EvidenceRequest.objects.get())).content.decode()

    assert "ファイルを選ぶか、ひとこと書いてください" in page


def test_somebody_else_says_as_what_they_answer(address):
    request = EvidenceRequest.objects.get()
    first = request.items.first()
    other = fields(request, name="経理 花子", **{f"note_{first.pk}": "探しています"})
    assert "立場を入力してください" in Client().post(address, other).content.decode()

    Client().post(address, {**other, "position": "経理"})

    assert RequestAnswer.objects.get().who == f"{request.firm.name} 経理 花子（経理）"


def test_firm_answers_signed_in(asked, manager, advisor):
    first = asked.items.first()
    page = reverse("grants:request", args=[asked.pk])
    assert f'name="file_{first.pk}"' in manager.client().get(page).content.decode()

    answer = manager.client().post(page, {f"file_{first.pk}": upload()})

    assert answer.status_code == 302
    held = RequestAnswer.objects.get()
    assert held.evidence.uploaded_by == manager.person
    seen = advisor.client().get(page).content.decode()
    assert reverse("firms:evidence", args=[held.evidence.pk]) in seen
    assert str(manager.person) in seen
    assert f'name="file_{first.pk}"' not in seen


def test_file_that_is_not_what_it_says_is_refused_and_nothing_is_kept(asked, manager):
    first, second = asked.items.all()

    page = manager.client().post(
        reverse("grants:request", args=[asked.pk]),
        {f"file_{first.pk}": upload("写真.png", PDF), f"note_{second.pk}": "ありません"},
    )

    assert "拡張子「.png」と一致しません" in page.content.decode()
    assert not RequestAnswer.objects.exists()


def test_rejected_file_is_asked_for_again(asked, manager, advisor):
    first, second = asked.items.all()
    manager.client().post(
        reverse("grants:request", args=[asked.pk]), {f"file_{first.pk}": upload(), f"note_{second.pk}": "なし"}
    )
    assert fresh(asked).state == RequestState.ANSWERED
    Notification.objects.all().delete()
    evidence = Evidence.objects.get()
    Evidence.objects.filter(pk=evidence.pk).update(state="unchecked", checked_at=None)

    with transaction.atomic():
        reject(Evidence.objects.get(), because="ウイルス「X」が見つかりました。")

    assert fresh(asked).state == RequestState.OPEN
    assert waiting_items(asked) == [first]
    assert {note.person for note in Notification.objects.filter(subject__contains="受け入れられませんでした")} >= {
        manager.person,
        advisor.person,
    }


def test_link_of_a_letter_sent_again_replaces_the_one_before(asked, advisor):
    send_again(asked, by=advisor.acting())

    assert list(ActionLink.objects.order_by("pk").values_list("state", flat=True)) == [
        LinkState.REVOKED,
        LinkState.OPEN,
    ]


def test_withdrawn_request_ends_its_link_with_a_sentence(address, advisor):
    request = EvidenceRequest.objects.get()

    withdraw(request, by=advisor.acting())

    assert "取りやめになりました" in Client().get(address).content.decode()
    with pytest.raises(Refused, match="取りやめになりました"):
        withdraw(request, by=advisor.acting())


def test_ended_mandate_takes_nothing_more(address, advisor):
    request = EvidenceRequest.objects.get()
    Mandate.objects.update(state=MandateState.REVOKED, ended_at=timezone.now())

    page = Client().post(address, fields(request, **{f"note_{request.items.first().pk}": "x"})).content.decode()

    assert "委任は終わっています" in page
    assert not RequestAnswer.objects.exists()
    assert not EvidenceRequest.objects.visible_to(advisor.acting()).exists()


def test_reminder_goes_once_when_the_day_is_near(asked, manager):
    assert list(to_remind_of(on=due() - timedelta(days=2))) == []
    (near,) = to_remind_of(on=due() - timedelta(days=1))

    assert [remind_of(near), remind_of(near)] == [True, False]
    told = Notification.objects.get(person=manager.person)
    assert LABELS[0] in told.body


def test_sweep_reminds_of_what_is_past(asked, manager):
    EvidenceRequest.objects.update(due_on=timezone.localdate())

    remind_requests()
    remind_requests()

    assert Notification.objects.filter(person=manager.person).count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"labels": ("", " ")}, "書類を選ぶか"),
        ({"due_on": date(2020, 1, 1)}, "1年以内の日"),
        ({"labels": tuple(f"書類{n}" for n in range(MOST_ITEMS + 1))}, "40件まで"),
    ],
)
def test_what_makes_no_letter_is_said(case, manager, advisor, change, sentence):
    with pytest.raises(Refused, match=sentence):
        ask(advisor, case, **change)
    assert not EvidenceRequest.objects.exists()


def test_firm_without_an_address_and_no_case_are_named(case, manager, advisor):
    type(manager.person).objects.filter(pk=manager.person.pk).update(email=None)
    with pytest.raises(Refused, match="メールの届く管理者がいません"):
        ask(advisor, case)
    with pytest.raises(Refused, match="案件を選んでください"):
        ask(advisor)


def test_ended_case_is_not_asked_about(case, manager, advisor):
    type(case).objects.filter(pk=case.pk).update(state="dropped")
    case.refresh_from_db()

    with pytest.raises(Refused, match="終わった案件"):
        ask(advisor, case)


def test_asking_on_the_page_reaches_each_chosen_case(case, manager, advisor):
    page = reverse("grants:request_new")
    shown = advisor.client().get(page, {"case": case.pk}).content.decode()
    assert "checked" in shown

    answer = advisor.client().post(
        page, {"cases": [case.pk], "labels": [LABELS[0]], "others": "時間外の記録\n\n", "due_on": due(), "note": ""}
    )

    assert answer.status_code == 302
    assert list(RequestItem.objects.values_list("label", flat=True)) == [LABELS[0], "時間外の記録"]


def test_long_line_is_refused_on_the_page(case, manager, advisor):
    page = advisor.client().post(
        reverse("grants:request_new"), {"cases": [case.pk], "others": "あ" * 121, "due_on": due(), "note": ""}
    )

    assert "1行は120字まで" in page.content.decode()


@pytest.mark.parametrize("who", ["stranger", "officer", "coordinator", "trainee", "other"])
def test_nobody_else_sees_a_request(who, asked, request):
    if who == "other":
        membership = MembershipFactory(organisation=OrganisationFactory(kind="office"), role="advisor")
        person = cast("advisor", membership.organisation, "他所")
    else:
        person = request.getfixturevalue(who)

    assert person.client().get(reverse("grants:request", args=[asked.pk])).status_code == 404
    assert person.client().post(reverse("grants:request_withdraw", args=[asked.pk])).status_code == 404


def test_firm_answers_and_asks_nothing_the_office_the_other_way_round(asked, manager, advisor, officer):
    assert (may_ask_evidence(advisor.acting()), may_answer_request(advisor.acting(), asked)) == (True, False)
    assert (may_ask_evidence(manager.acting()), may_answer_request(manager.acting(), asked)) == (False, True)
    assert not may_ask_evidence(officer.acting())
    assert manager.client().post(reverse("grants:request_send", args=[asked.pk])).status_code == 403
    assert advisor.client().post(reverse("grants:request", args=[asked.pk])).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_often_for_three_requests_as_for_one(rows, case, manager, advisor, django_assert_num_queries):
    for _n in range(rows):
        ask(advisor, case)
    client, page = advisor.client(), reverse("grants:requests")
    client.get(page)

    with django_assert_num_queries(10):
        shown = client.get(page).content.decode()

    assert shown.count("2件のうち 0件") == rows


def test_database_holds_what_a_request_is(asked, manager):
    def refused(name, make):
        with pytest.raises(IntegrityError, match=rf"{name}|UNIQUE"), transaction.atomic():
            make()

    item = asked.items.first()
    kept = StoredFile.objects.create(sha256="a" * 64, size=1, media_type="text/csv")
    refused("request_closed_with_moment", lambda: EvidenceRequest.objects.update(closed_at=timezone.now()))
    refused("request_item_once", lambda: RequestItem.objects.create(request=asked, case=item.case, label=item.label))
    refused("request_item_named", lambda: RequestItem.objects.create(request=asked, case=item.case, label=""))
    refused("request_answer_says_something", lambda: RequestAnswer.objects.create(item=item, who="大森"))
    refused("request_answer_by_somebody", lambda: RequestAnswer.objects.create(item=item, note="なし"))
    refused(
        "evidence_by_a_person_or_a_guest",
        lambda: Evidence.objects.create(
            file=kept, owner=asked.firm, kind="asked", name="a.csv", uploaded_for=asked.firm
        ),
    )
    assert JournalEntry.objects.filter(verb="request.ask").exists()


def test_answer_is_never_changed(asked, manager):
    take_answers(asked, {asked.items.first().pk: Given(None, "ありません")}, who="大森", by=manager.acting())

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        RequestAnswer.objects.update(note="あります")


def test_office_with_a_mandate_for_another_grant_sees_no_request(asked):
    other = OrganisationFactory(kind="office")
    MandateFactory(office=other, firm=asked.firm, scopes=["career_up"])
    member = cast("advisor", other, "別件")

    assert not EvidenceRequest.objects.visible_to(member.acting()).exists()
