"""What is kept until when; the list of what may be destroyed, confirmed for good; a bundle anybody can check."""

import csv
import hashlib
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from io import BytesIO, StringIO

import pandas
import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from firms.errors import Refused
from firms.models import JournalEntry
from grants.actions.claims import record_decision, record_payment
from grants.actions.corrections import correct_decision
from grants.actions.keeping import confirm_destruction, hand_out_bundle, void_destruction
from grants.cases.keeping import keeping_after, register, undecided_and_refused
from grants.models import Claim, Decision, Destruction, GrantCase
from grants.papers.making import make_papers
from grants.policies import may_confirm_destruction
from tests.conftest import cast
from tests.factories import at
from tests.grants.conftest import fresh

PAID_ON = date(2027, 6, 1)
LAST = date(2032, 5, 10)
AFTER = LAST + timedelta(1)


@pytest.fixture
def closed(approved, advisor):
    """Decided on 10 May 2027 and paid: to be kept until 10 May 2032."""
    record_payment(approved, paid_on=PAID_ON, amount_yen=57_000, by=advisor.acting(PAID_ON))
    return fresh(approved)


def destroyed(case, by, *, on=AFTER):
    confirm_destruction([case], destroyed_on=on, how="溶解処理", by=by)
    return Destruction.objects.get()


# --- the register ---


def test_register_says_until_when_and_why(closed, advisor):
    (one,) = register(advisor.acting(PAID_ON))

    assert (one.case, one.decided_on, one.until, one.destroyed) == (closed, date(2027, 5, 10), LAST, None)
    assert "雇用関係助成金共通要領R8.4.8 0404" in one.source


@pytest.mark.parametrize(("today", "over"), [(LAST, False), (AFTER, True)], ids=["last day", "day after"])
def test_case_is_offered_the_day_after_its_last_day(closed, advisor, today, over):
    (one,) = register(advisor.acting(today))

    assert one.may_be_destroyed(today) is over


def test_case_that_is_not_closed_is_kept_on(approved, advisor):
    (one,) = register(advisor.acting(AFTER))

    assert not one.may_be_destroyed(AFTER)
    with pytest.raises(Refused, match="手続きが続いている間"):
        destroyed(approved, advisor.acting(AFTER))


def test_scheme_that_counts_from_the_payment_waits_for_it(closed):
    decision = closed.claims.get().decision
    counted = keeping_after("careerup", decision)
    decision.payment = None

    assert {one.until for one in counted.kept} == {date(2033, 3, 31)}
    assert keeping_after("careerup", decision).waits_for_payment
    assert keeping_after("careerup", decision).kept == []
    assert not keeping_after("reskilling", decision).waits_for_payment


def test_what_the_register_does_not_hold_is_counted(claimed, manager, advisor):
    assert (register(manager.acting()), undecided_and_refused(manager.acting())) == ([], (1, 0))

    record_decision(
        claimed, decided_on=date(2027, 5, 10), is_approved=False, amount_yen=0, notice_number="", reason="期限後",
        by=advisor.acting(date(2027, 5, 12)),
    )  # fmt: skip

    assert (register(manager.acting()), undecided_and_refused(manager.acting())) == ([], (0, 1))
    page = manager.client().get(reverse("grants:keeping")).content.decode()
    assert "決定を待っているもの 0件、不支給のもの 1件" in page


def test_day_moves_with_a_decision_put_right(closed, advisor):
    correct_decision(
        closed, decided_on=date(2027, 5, 20), is_approved=True, amount_yen=57_000, notice_number="18-1", reason="",
        why="通知書のとおり", by=advisor.acting(PAID_ON),
    )  # fmt: skip

    assert [one.until for one in register(advisor.acting(PAID_ON))] == [date(2032, 5, 20)]


@pytest.mark.parametrize("cases", [1, 3])
def test_register_takes_the_same_queries_for_three_cases(cases, closed, manager, django_assert_num_queries):
    copies_of_case(closed, cases - 1)
    acting = manager.acting()

    with django_assert_num_queries(2):
        assert len(register(acting)) == cases


def test_page_and_workbook_list_it(closed, advisor):
    page = advisor.client().get(reverse("grants:keeping")).content.decode()
    book = advisor.client().get(reverse("grants:keeping_xlsx")).content

    assert "2032年（令和14年）5月10日" in page
    assert "保存中" in page
    (line,) = pandas.read_excel(BytesIO(book), engine="calamine").to_dict("records")
    assert (line["案件"], line["保存の最終日"].date(), line["支給決定日"].date()) == (
        closed.number, LAST, date(2027, 5, 10),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 200), ("officer", 403), ("coordinator", 403), ("trainee", 403)]
)
def test_others_see_nothing_of_it(who, status, request, closed):
    person = request.getfixturevalue(who)

    assert person.client().get(reverse("grants:keeping")).status_code == status
    assert register(person.acting(AFTER)) == []
    assert person.client().post(reverse("grants:bundle", args=[closed.pk])).status_code == 404


# --- destruction ---


def test_destruction_is_confirmed_for_good_with_what_it_was(closed, advisor):
    row = destroyed(closed, advisor.acting(AFTER))

    assert (row.kept_until, row.destroyed_on, row.confirmed_by) == (LAST, AFTER, advisor.person)
    assert [one["kind"] for one in row.documents[:3]] == ["original", "copy", "electronic"]
    (one,) = register(advisor.acting(AFTER))
    assert (one.destroyed, one.may_be_destroyed(AFTER)) == (row, False)
    assert JournalEntry.objects.filter(verb="papers.destroy", concerns=closed.firm_id).count() == 1


def test_confirming_twice_is_confirming_once(closed, advisor):
    destroyed(closed, advisor.acting(AFTER))

    assert confirm_destruction([closed], destroyed_on=AFTER, how="溶解処理", by=advisor.acting(AFTER)) == 0
    assert Destruction.objects.count() == 1


@pytest.mark.parametrize(
    ("today", "on", "sentence"),
    [
        (LAST, LAST, "2032年5月10日 まで保存します"),
        (AFTER, LAST, "まで保存することになっています"),
        (AFTER, AFTER + timedelta(1), "まだ来ていません"),
    ],
    ids=["too early", "on its last day", "not yet"],
)
def test_nothing_is_destroyed_before_its_time(closed, advisor, today, on, sentence):
    with pytest.raises(Refused, match=sentence):
        destroyed(closed, advisor.acting(today), on=on)
    assert not Destruction.objects.exists()


def test_case_without_a_decision_has_no_last_day(claimed, advisor):
    with pytest.raises(Refused, match="いつまで保存するか決まっていません"):
        destroyed(claimed, advisor.acting(AFTER))


def test_mistake_is_voided_with_its_reason_and_stands_beside(closed, advisor):
    row = destroyed(closed, advisor.acting(AFTER))
    void_destruction(row, why="別の会社の箱だった", by=advisor.acting(AFTER))
    void_destruction(row, why="もう一度", by=advisor.acting(AFTER))

    assert (Destruction.objects.count(), Destruction.objects.held().count()) == (2, 0)
    (one,) = register(advisor.acting(AFTER))
    assert one.may_be_destroyed(AFTER)


def test_database_holds_the_days_the_way_and_the_reason(closed, advisor):
    row = destroyed(closed, advisor.acting(AFTER))
    told = {
        "case": closed, "kept_until": LAST, "destroyed_on": AFTER, "how": "溶解処理", "documents": [],
        "confirmed_by": advisor.person,
    }  # fmt: skip
    for name, wrong in (
        ("destruction_after_its_last_day", {"destroyed_on": LAST}),
        ("destruction_says_how", {"how": ""}),
        ("destruction_voided_with_a_reason", {"voids": row}),
        ("destruction_voided_with_a_reason", {"why": "理由だけ"}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Destruction.objects.create(**told | wrong)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Destruction.objects.update(how="a")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.delete()


def test_list_is_confirmed_on_its_page_and_taken_back_there(closed, advisor):
    with time_machine.travel(at(AFTER, "10:00")):
        client = advisor.client()
        page = client.get(reverse("grants:destruction")).content.decode()
        sent = client.post(
            reverse("grants:destruction"), {"cases": [closed.pk], "destroyed_on": AFTER, "how": "溶解処理"}
        )
        row = Destruction.objects.get()
        void = reverse("grants:destruction_void", args=[row.pk])
        shown = client.get(void).content.decode()
        empty = client.post(void, {"why": ""})
        done = client.post(void, {"why": "まちがい"})
        after = client.get(reverse("grants:destruction")).content.decode()

    assert "出勤簿・賃金台帳・領収書・契約書" in page
    assert sent.status_code == done.status_code == 302
    assert "という記録です" in shown
    assert empty.status_code == 200
    assert "取消し：まちがい" in after


def test_only_who_applies_confirms(advisor, manager, officer, trainee, office):
    clerk = cast("clerk", office, "事務")
    asked = {one.membership.role: may_confirm_destruction(one.acting()) for one in (
        advisor, manager, officer, trainee, clerk,
    )}  # fmt: skip

    assert asked == {"advisor": True, "manager": True, "officer": False, "employee": False, "clerk": False}


def test_strangers_case_cannot_be_confirmed_or_voided(closed, advisor, stranger):
    row = destroyed(closed, advisor.acting(AFTER))
    with time_machine.travel(at(AFTER, "10:00")):
        client = stranger.client()
        sent = client.post(
            reverse("grants:destruction"), {"cases": [closed.pk], "destroyed_on": AFTER, "how": "溶解処理"}
        )

        assert sent.status_code == 200
        assert client.get(reverse("grants:destruction_void", args=[row.pk])).status_code == 404
    with pytest.raises(Refused, match="決まっていません"):
        confirm_destruction([closed], destroyed_on=AFTER, how="溶解処理", by=stranger.acting(AFTER))


# --- the bundle ---


@pytest.fixture
def unpacked(closed, advisor, tmp_path):
    make_papers(claim=closed.claims.get())
    zipfile.ZipFile(BytesIO(hand_out_bundle(closed, by=advisor.acting(PAID_ON)))).extractall(tmp_path)
    return tmp_path


def checked(folder):
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py")], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


def test_bundle_proves_itself_without_takumi(unpacked):
    code, said = checked(unpacked)

    assert (code, "すべて一致しました" in said) == (0, True)
    assert subprocess.run(
        ["sha256sum", "--quiet", "-c", "SHA256SUMS.txt"], cwd=unpacked, check=False, capture_output=True
    ).returncode == 0  # fmt: skip


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda folder: (folder / "履歴.csv").write_bytes(b"a"), "内容が変わっています: 履歴.csv"),
        (lambda folder: (folder / "履歴.csv").unlink(), "ありません: 履歴.csv"),
        (lambda folder: (folder / "様式" / "余分.pdf").write_bytes(b"a"), "目録にないファイルです: 様式/余分.pdf"),
        (lambda folder: (folder / "SHA256SUMS.txt").unlink(), "SHA256SUMS.txt がありません"),
    ],
    ids=["changed", "missing", "strange", "no list"],
)
def test_checker_names_what_is_wrong(unpacked, harm, sentence):
    harm(unpacked)

    code, said = checked(unpacked)

    assert code > 0
    assert sentence in said


def test_frozen_facts_in_it_have_the_hash_they_were_frozen_under(unpacked, closed):
    claim, plan = closed.claims.get(), closed.plans.get()
    for name, frozen in (("支給申請_第1版", claim), ("計画_第1版", plan)):
        content = (unpacked / "確定した内容" / f"{name}.json").read_bytes()
        assert hashlib.sha256(content).hexdigest() == frozen.digest


def test_journal_in_it_begins_with_the_first_act(unpacked):
    rows = list(csv.DictReader(StringIO((unpacked / "履歴.csv").read_text("utf-8-sig"))))

    done = [row["操作"] for row in rows]
    assert (done.index("助成金案件を作成") < done.index("計画を確定") < done.index("支給申請を確定"), done[-1]) == (
        True, "案件を完了",
    )  # fmt: skip


def test_same_case_gives_the_same_bytes_and_the_journal_keeps_their_hash(closed, advisor):
    first = hand_out_bundle(closed, by=advisor.acting(PAID_ON))
    entry = JournalEntry.objects.get(verb="bundle.take")

    assert entry.details["sha256"] == hashlib.sha256(first).hexdigest()
    assert ("SHA-256", entry.details["sha256"]) in entry.told


def test_bundle_is_taken_home_from_the_page_of_the_papers(closed, advisor):
    page = advisor.client().get(reverse("grants:papers", args=[closed.pk])).content.decode()
    answer = advisor.client().post(reverse("grants:bundle", args=[closed.pk]))

    assert f'action="{reverse("grants:bundle", args=[closed.pk])}"' in page
    assert answer["Content-Type"] == "application/zip"
    assert "はじめにお読みください.txt" in zipfile.ZipFile(BytesIO(answer.content)).namelist()


def copies_of_case(case, count):
    """More cases of the same firm, decided the same day."""
    claim = case.claims.get()
    for scheme in ("trial", "careerup")[:count]:
        other = GrantCase.objects.create(
            establishment=case.establishment, run=case.run, scheme=scheme, menu="b", state="closed"
        )
        made = Claim.objects.create(
            case=other, plan=claim.plan, number=1, as_of=claim.as_of, facts={}, outcome={}, total_yen=1, digest="0",
            frozen_by=claim.frozen_by,
        )  # fmt: skip
        Decision.objects.create(
            claim=made, decided_on=claim.decision.decided_on, is_approved=True, amount_yen=1,
            recorded_by=claim.frozen_by,
        )  # fmt: skip
