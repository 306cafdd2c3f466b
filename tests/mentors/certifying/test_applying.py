"""An application: written, proved, recommended by link, handed in; what is missing is said."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from firms.errors import Refused
from firms.models import ActionLink, JournalEntry, Notification
from mentors.actions.certifying.applying import (
    add_proof,
    begin_application,
    edit_application,
    remove_proof,
    submit_application,
    withdraw_application,
)
from mentors.actions.certifying.recommending import ask_recommendation
from mentors.actions.certifying.reviewing import return_application
from mentors.models import Application, Proof, Recommendation
from mentors.oneself import oneself
from tests.firms.makers import PDF
from tests.mentors.makers import CAREER, FACTS, act, begin, craftsman, prove, ready, recommend, submitted


def test_application_is_handed_in_with_criteria_proof_and_recommendation(master, ward, officer):
    application = ready(master, ward)

    submit_application(application, by=master.acting())

    application.refresh_from_db()
    assert (application.state, application.submitted_at is None) == ("submitted", False)
    assert Notification.objects.get(person=officer.person).subject == "マイスター認定の申請が届きました: 匠 太郎"


def test_application_without_a_proof_is_refused(master, ward):
    application = begin(master, ward)
    recommend(application, master)

    with pytest.raises(Refused, match="資格の証書などの写しを、1点以上添付してください"):
        submit_application(application, by=master.acting())


def test_application_without_a_recommendation_is_refused(master, ward):
    application = begin(master, ward)
    prove(application, master)

    with pytest.raises(Refused, match="推薦がまだ届いていません"):
        submit_application(application, by=master.acting())


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"qualification": "grade_2"}, "資格・受賞が認定の基準に当たらない"),
        ({"qualified_on": date(2022, 1, 1)}, "実務経験が足りません"),
        ({"is_willing": False}, "意欲があることの確認がありません"),
    ],
    ids=["grade 2", "practice after the qualification", "unwilling"],
)
def test_application_short_of_the_criteria_says_which(facts, sentence, master, ward):
    application = ready(master, ward, **facts)

    with pytest.raises(Refused, match=sentence):
        submit_application(application, by=master.acting())


@pytest.mark.parametrize(("last", "is_taken"), [(date(2013, 3, 30), False), (date(2013, 3, 31), True)])
def test_three_years_of_instruction_are_enough_to_the_day(last, is_taken, master, ward):
    career = [CAREER[0], {**CAREER[1], "first_on": date(2010, 4, 1), "last_on": last}]
    application = ready(master, ward, stretches=career)

    if is_taken:
        submit_application(application, by=master.acting())
    else:
        with pytest.raises(Refused, match="実技指導の経験が足りません"):
            submit_application(application, by=master.acting())


def test_a_second_open_application_for_the_same_is_refused(master, ward):
    begin(master, ward)

    with pytest.raises(Refused, match="同じ種類と職種の申請が、すでにあります"):
        begin(master, ward)


def test_dx_asks_for_what_was_improved(master, ward):
    with pytest.raises(Refused, match="DXで改善した実績"):
        begin(master, ward, designation="dx")

    assert begin(master, ward, designation="dx", dx_facts="稼働の記録を表にした").title.startswith(
        "ものづくりマイスター（+DX）"
    )


@pytest.mark.parametrize(
    "line",
    [
        {"first_on": date(2026, 11, 21), "last_on": None},
        {"first_on": date(2020, 4, 1), "last_on": date(2020, 3, 31)},
    ],
    ids=["still to come", "ends before it begins"],
)
def test_a_career_that_cannot_be_is_refused(line, master, ward):
    with pytest.raises(Refused, match="経歴の最"):
        begin(master, ward, stretches=[{**CAREER[0], **line}])

    assert Application.objects.count() == 0


def test_an_unknown_occupation_is_refused(master, ward):
    with pytest.raises(Refused, match="職種を一覧から選んでください"):
        begin(master, ward, occupation="alchemy")


def test_what_was_handed_in_is_not_written_over(master, ward, officer):
    application = submitted(master, ward)

    for write in (
        lambda: edit_application(application, by=master.acting(), stretches=CAREER, **FACTS),
        lambda: add_proof(application, SimpleUploadedFile("a.pdf", PDF), by=master.acting()),
        lambda: remove_proof(application.proofs.get(), by=master.acting()),
        lambda: ask_recommendation(application, name="甲", party="", email="a@example.jp", by=master.acting()),
    ):
        with pytest.raises(Refused, match="提出した申請は直せません"):
            write()


def test_what_was_given_back_is_mended_and_handed_in_again(master, ward, officer):
    application = submitted(master, ward)
    return_application(application, because="証書の裏面も付けてください。", by=officer.acting())

    prove(application, master, name="裏面.pdf")
    edit_application(application, by=master.acting(), stretches=CAREER, **{**FACTS, "area": "品川区"})
    submit_application(application, by=master.acting())

    application.refresh_from_db()
    assert (application.state, application.because, application.area) == ("submitted", "", "品川区")


def test_the_same_file_again_is_one_proof(master, ward):
    application = begin(master, ward)

    prove(application, master)
    prove(application, master)

    assert Proof.objects.count() == 1


def test_what_a_craftsman_does_here_is_none_of_their_employers_business(trainee, manager, ward):
    by = oneself(trainee.acting())
    application = begin_application(ward=ward, by=by, stretches=CAREER, **FACTS)
    add_proof(application, SimpleUploadedFile("証書.pdf", PDF), by=by)

    assert not JournalEntry.objects.visible_to(manager.acting()).filter(verb__startswith="application").exists()
    assert application.proofs.get().evidence.uploaded_for == ward


# --- recommendations ---


def test_recommendation_is_kept_with_who_gave_it(master, ward):
    application = begin(master, ward)

    assert recommend(application, master).status_code == 302

    kept = Recommendation.objects.get()
    assert (kept.name, kept.party, kept.tie) == ("推薦 花子", "（架空）蒲田精密", "customer")
    assert Notification.objects.get(person=master.person).subject.startswith("推薦が届きました")


def test_a_near_relative_may_not_recommend(master, ward):
    application = begin(master, ward)

    answer = recommend(application, master, tie="relative")

    assert "二親等以内の親族の方は推薦できません" in answer.content.decode()
    assert Recommendation.objects.count() == 0


def test_who_does_not_say_that_they_are_no_relative_has_not_recommended(master, ward):
    application = begin(master, ward)

    assert recommend(application, master, is_no_relative="").status_code == 200
    assert Recommendation.objects.count() == 0


@pytest.mark.parametrize("told", [{"email": "SELF@example.jp"}, {"name": "匠　太郎"}], ids=["address", "name"])
def test_nobody_asks_themselves_to_recommend(told, ward):
    who = craftsman("匠", email="self@example.jp")
    application = begin(who, ward)

    with pytest.raises(Refused, match="ご自身では推薦できません"):
        ask_recommendation(application, **{"name": "甲", "party": "", "email": "a@example.jp", **told}, by=who.acting())


def test_the_applicant_cannot_use_the_link_themselves(master, ward):
    application = begin(master, ward)

    answer = recommend(application, master, name=master.person.full_name, position="本人")

    assert "申請者ご本人は推薦できません" in answer.content.decode()


def test_a_link_to_recommend_ends_with_the_application(master, ward):
    application = begin(master, ward)
    told = {"name": "推薦 花子", "party": "", "email": "recommender@example.jp"}
    link = ask_recommendation(application, by=master.acting(), **told)

    withdraw_application(application, by=master.acting())

    assert act(link, tie="customer", text="推します", is_no_relative="on").status_code == 410
    assert ActionLink.objects.open().count() == 0
