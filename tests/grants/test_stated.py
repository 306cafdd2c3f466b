"""What the firm states for its papers: kept, printed, refused; the way a case is filed stands once."""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from firms.errors import Refused
from firms.models import JournalEntry
from grants.actions.claims import file_claim
from grants.actions.plans import file_plan, freeze_plan
from grants.actions.stated import choose_channel, state
from grants.facts import gather_claim, gather_plan
from grants.facts.stated import stated_for_claim
from grants.models import Channel, Stated, Statement
from grants.policies import may_confirm
from grants.queries.stated import newest_statements
from grants.subjects.confirming import items_of, sheet_items
from tests.conftest import cast
from tests.factories import OrganisationFactory
from tests.grants.conftest import CLAIM_DAY, FILED_ON, fresh
from tests.grants.papers import facts
from tests.grants.papers.conftest import read_back, squeezed

TODAY = FILED_ON
NOTICE_GIVEN = {
    "has_exam": "yes",
    "exam": "（架空）IoT検定 2級",
    "exam_on": "2027-03-07",
    "found_by": "searched",
    "is_reduction_offered": "no",
    "has_material": "no",
    "digital": "",
    "used_centre": "no",
}
ACCOUNT_GIVEN = {**facts.ACCOUNT, "holder_kana": "ｵｵﾓﾘｷｶｲ"}


def rows_given(*rows):
    given = {"rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": 0}
    return given | {f"rows-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def stated_page(case, kind):
    return reverse("grants:stated", args=[case.pk, kind])


def test_boxes_of_the_notice_are_asked_for_entered_and_frozen(manager, stated, advisor):
    page = manager.client().get(reverse("grants:case", args=[stated.pk])).content.decode()
    assert stated_page(stated, "notice") in page

    answer = manager.client().post(stated_page(stated, "notice"), NOTICE_GIVEN)

    assert (answer.status_code, answer["Location"]) == (302, reverse("grants:case", args=[stated.pk]))
    plan = freeze_plan(fresh(stated), by=advisor.acting(FILED_ON))
    assert plan.lifted["notice"] == {
        **{"has_exam": True, "exam": "（架空）IoT検定 2級", "exam_on": "2027-03-07", "found_by": "searched"},
        **{"found_note": "", "is_reduction_offered": False, "has_material": False, "used_centre": False},
        **{"digital": "", "men": None, "women": None},
    }
    entry = JournalEntry.objects.get(verb="paper.state")
    assert (entry.concerns, entry.details["paper"]) == (manager.organisation, "計画届のそのほかの欄")


def test_the_same_said_again_is_one_row(manager, case):
    for _click in range(2):
        manager.client().post(stated_page(case, "notice"), NOTICE_GIVEN)

    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    ("left_out", "field"), [("exam", "exam"), ("exam_on", "exam_on"), ("found_by", "found_by")], ids=str
)
def test_a_box_that_needs_another_says_which(manager, case, left_out, field):
    given = {name: value for name, value in NOTICE_GIVEN.items() if name != left_out}

    answer = manager.client().post(stated_page(case, "notice"), given)

    assert field in answer.context["form"].errors
    assert not Statement.objects.exists()


def test_officers_are_listed_once_for_all_cases_and_read_on_the_paper(advisor, paid):
    given = rows_given(*({**one, "kana": one["kana"]} for one in facts.DIRECTORS), {"name": ""})

    answer = advisor.client().post(stated_page(paid, "directors"), given)

    assert answer.status_code == 302
    row = Statement.objects.get()
    assert (row.case, row.facts["rows"], row.stated_for) == (None, facts.DIRECTORS, advisor.organisation)
    assert gather_claim(fresh(paid), CLAIM_DAY)["directors"] == facts.DIRECTORS


def test_an_officer_without_a_birthday_is_no_officer(manager, case):
    answer = manager.client().post(stated_page(case, "directors"), rows_given({"name": "大森", "kana": "オオモリ"}))

    assert "born_on" in answer.context["form"].forms[0].errors


def test_a_list_without_a_row_is_refused(manager, case):
    answer = manager.client().post(stated_page(case, "houses"), rows_given({"name": ""}))

    assert answer.context["form"].non_form_errors() == ["1行以上入力してください。"]


def test_houses_begin_with_what_is_registered(manager, case, establishment):
    page = manager.client().get(stated_page(case, "houses"))

    assert establishment.name in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("account", ACCOUNT_GIVEN, {**facts.ACCOUNT, "holder_kana": "オオモリキカイ"}),
        ("standing", {"all_yes": "yes"}, {"refused": []}),
        ("standing", {"all_yes": "no", "refused": ["7"]}, {"refused": ["7"]}),
        (
            "price",
            {"reason": "料金表", "is_same_without_grant": "yes"},
            {"reason": "料金表", "is_same_without_grant": True, "fee_without_grant": None},
        ),
    ],
)
def test_what_goes_with_the_claim_is_kept(manager, paid, kind, given, kept):
    manager.client().post(stated_page(paid, kind), given)

    assert Statement.objects.get(kind=kind).facts == kept
    assert manager.client().get(stated_page(paid, kind)).status_code == 200


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("account", {**ACCOUNT_GIVEN, "number": "123"}, "number"),
        ("standing", {"all_yes": "no"}, "refused"),
        ("standing", {"all_yes": "yes", "refused": ["4"]}, "refused"),
        ("price", {"reason": "料金表", "is_same_without_grant": "no"}, "fee_without_grant"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(manager, paid, kind, given, field):
    answer = manager.client().post(stated_page(paid, kind), given)

    assert field in answer.context["form"].errors


def test_claim_asks_for_what_goes_with_it(manager, paid):
    page = manager.client().get(reverse("grants:case", args=[paid.pk])).content.decode()

    assert [
        kind for kind in ("standing", "directors", "houses", "price", "account") if stated_page(paid, kind) not in page
    ] == []
    assert "役員等一覧（共通要領様式第1号 別紙）" in page


def test_lecturers_are_kept_with_their_grounds(manager, case):
    one = {**facts.LECTURER, "is_own": "yes", "grounds": ["practice"]}

    manager.client().post(stated_page(case, "lecturers"), rows_given(one))

    assert gather_plan(fresh(case), on=TODAY)["lecturers"] == [facts.LECTURER]


# 様式第11号


def confirm(case, member, items):
    return member.client().post(
        reverse("grants:confirmation", args=[case.pk]), {f"item_{item.no}": "on" for item in items}
    )


def items(case):
    return items_of(case.entry, case.entry.edition_on(FILED_ON))


def test_the_sheet_has_as_many_items_as_its_edition(case):
    assert len(sheet_items(case.entry, case.entry.editions[0])) == 26
    assert [item.no for item in items(case)] == [str(n) for n in range(1, 17)]


def test_the_firm_confirms_and_the_office_sees_when_and_by_whom(manager, advisor, stated):
    waiting = advisor.client().get(reverse("grants:confirmation", args=[stated.pk])).content.decode()
    assert "企業の確認を待っています" in waiting
    assert "すべて該当しないと確認する" not in waiting

    assert confirm(stated, manager, items(stated)).status_code == 302

    seen = advisor.client().get(reverse("grants:confirmation", args=[stated.pk])).content.decode()
    assert f"{manager.person}さんが確認しました" in seen
    frozen = gather_plan(fresh(stated), on=TODAY)["confirmation"]
    assert frozen is not None
    assert (frozen["said_by"], len(frozen["items"])) == (manager.person.full_name, 16)


def test_one_mark_less_confirms_nothing(manager, stated):
    answer = confirm(stated, manager, items(stated)[1:])

    assert "item_1" in answer.context["form"].errors
    assert not Statement.objects.exists()
    with pytest.raises(Refused, match="すべての項目"):
        state(stated, Stated.CONFIRMATION, {"items": ["1"]}, by=manager.acting(FILED_ON))


def test_nobody_but_the_firm_confirms(manager, advisor, stated, firm):
    assert (may_confirm(manager.acting(), stated), may_confirm(advisor.acting(), stated)) == (True, False)
    assert confirm(stated, advisor, items(stated)).status_code == 403
    with pytest.raises(Refused, match="事業主本人だけ"):
        state(stated, Stated.CONFIRMATION, {"items": []}, by=advisor.acting(FILED_ON))
    said = {"firm": firm, "case": stated, "kind": "confirmation", "facts": {}, "stated_by": advisor.person}
    with pytest.raises(IntegrityError, match="statement_confirmed_by_the_firm"), transaction.atomic():
        Statement.objects.create(**said, stated_for=advisor.organisation)


def test_what_the_plan_prints_is_closed_after_its_filing(manager, filed):
    with pytest.raises(Refused, match="計画変更届"):
        state(filed, Stated.NOTICE, {}, by=manager.acting(CLAIM_DAY))


def test_what_the_claim_prints_is_closed_after_its_filing(manager, claimed):
    with pytest.raises(Refused, match="支給申請を出した後"):
        state(claimed, Stated.ACCOUNT, {}, by=manager.acting(CLAIM_DAY))


# the database


def row(firm, person, **changes):
    given = {"firm": firm, "kind": "account", "facts": {}, "stated_by": person, "stated_for": firm, **changes}
    return Statement.objects.create(**given)


@pytest.mark.parametrize(
    ("changes", "name"),
    [({"kind": "other"}, "statement_kind_known"), ({"kind": "notice"}, "statement_of_the_firm_or_a_case")],
)
def test_a_statement_has_its_kind_and_its_subject(firm, manager, changes, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row(firm, manager.person, **changes)


def test_a_statement_on_a_case_is_of_its_firm(case, manager):
    stranger = OrganisationFactory(kind="firm")

    with pytest.raises(IntegrityError, match="bound to another row"), transaction.atomic():
        row(stranger, manager.person, kind="notice", case=case)


def test_statements_stay_as_they_were_written(firm, manager):
    held = row(firm, manager.person)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Statement.objects.filter(pk=held.pk).update(facts={"x": 1})


def test_statements_are_seen_by_the_firm_and_its_office_alone(case, manager, advisor, stranger):
    row(case.establishment.organisation, manager.person)

    seen = [Statement.objects.visible_to(one.acting()).count() for one in (manager, advisor, stranger)]
    assert seen == [1, 1, 0]


def test_newest_statements_take_one_query_for_many_cases(case, manager, django_assert_num_queries):
    row(case.establishment.organisation, manager.person)

    with django_assert_num_queries(1):
        found = newest_statements([case, case])
    assert list(found[case.pk]) == ["account"]
    assert stated_for_claim(case, found[case.pk])["account"] == {}


# one way to file


def test_the_way_of_the_plan_binds_the_claim(frozen, advisor, planned):
    choose_channel(frozen, "paper", by=advisor.acting(FILED_ON))

    with pytest.raises(Refused, match="紙（持参・郵送）") as refused:
        file_claim(frozen, filed_on=CLAIM_DAY, receipt_number="", channel="electronic", by=advisor.acting(CLAIM_DAY))

    assert refused.value.field == "channel"
    assert fresh(frozen).state == "claim_ready"
    file_claim(frozen, filed_on=CLAIM_DAY, receipt_number="", channel="paper", by=advisor.acting(CLAIM_DAY))


def test_filing_the_plan_records_the_way(planned, advisor):
    given = {"filed_on": FILED_ON.isoformat(), "receipt_number": "1", "channel": "electronic"}

    file_plan(planned, filed_on=FILED_ON, receipt_number="1", channel="electronic", by=advisor.acting(FILED_ON))

    assert (Channel.objects.get().case, Channel.objects.get().way) == (planned, "electronic")
    assert given["channel"] == gather_claim(fresh(planned), CLAIM_DAY)["channel"]


def test_the_database_holds_one_way_a_case(case, manager):
    held = Channel.objects.create(case=case, way="paper", chosen_by=manager.person)

    with pytest.raises(IntegrityError), transaction.atomic():
        Channel.objects.create(case=case, way="electronic", chosen_by=manager.person)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Channel.objects.filter(pk=held.pk).update(way="electronic")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        held.delete()


def test_a_way_nobody_knows_is_refused(case, manager):
    with pytest.raises(IntegrityError, match="channel_way_known"), transaction.atomic():
        Channel.objects.create(case=case, way="pigeon", chosen_by=manager.person)


# 様式第2-1号


def test_the_notice_of_a_change_tells_what_moved(filed, advisor):
    lesson = filed.run.lessons.latest("starts_at")
    lesson.room = "第9実習室"
    lesson.save()

    answer = advisor.client().get(reverse("grants:change_notice", args=[filed.pk]))

    text = read_back(BytesIO(answer.content).read()).run_on
    assert answer["Content-Type"] == "application/pdf"
    assert [
        words
        for words in (
            "様式第2-1号",
            "1 計画届受付番号 東リ-8-123",
            "8 訓練カリキュラム ☑ 変更あり",
            "第9実習室",
            "20 変更の理由",
        )
        if squeezed(words) not in text
    ] == []


def test_without_a_change_there_is_no_notice(filed, advisor, stranger):
    address = reverse("grants:change_notice", args=[filed.pk])

    assert (advisor.client().get(address).status_code, stranger.client().get(address).status_code) == (404, 404)


def test_others_do_not_open_these_pages(case, college):
    other = cast("manager", OrganisationFactory(kind="firm"), "他社").client()

    for address in (stated_page(case, "directors"), reverse("grants:confirmation", args=[case.pk])):
        assert other.get(address).status_code == 404
    assert (
        cast("advisor", OrganisationFactory(kind="office"), "他").client().get(stated_page(case, "account")).status_code
        == 404
    )
