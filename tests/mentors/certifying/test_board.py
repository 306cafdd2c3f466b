"""The board: who is asked, what each says by link, when it is enough, and what follows."""

import pytest

from firms.errors import Refused
from firms.models import ActionLink, Notification
from mentors.actions.certifying.board import appoint, dismiss
from mentors.actions.certifying.reviewing import ask_to_vote, decide, put_to_board, return_application
from mentors.models import Application, BoardMember, Certification, Vote
from tests.mentors.makers import BOARD, act, links_of, sit, submitted, vote_all


@pytest.fixture
def reviewed(master, ward, officer):
    """Before the board of three."""
    sit(officer)
    application = submitted(master, ward)
    put_to_board(application, by=officer.acting())
    return application


def test_majority_of_a_full_board_certifies(reviewed, officer, master):
    vote_all(reviewed, "approve", "approve", "decline")

    certification = decide(reviewed, by=officer.acting())

    reviewed.refresh_from_db()
    assert (reviewed.state, certification.person) == ("certified", master.person)
    assert "認める2人・認めない1人" in reviewed.because


def test_board_short_of_its_quorum_decides_nothing(reviewed, officer):
    vote_all(reviewed, "approve", "approve")

    with pytest.raises(Refused, match="委員3人の票が要り、まだ2人"):
        decide(reviewed, by=officer.acting())
    assert Certification.objects.count() == 0


def test_who_stands_aside_is_not_counted(reviewed, officer):
    vote_all(reviewed, "approve", "approve", "aside")

    with pytest.raises(Refused, match="まだ2人"):
        decide(reviewed, by=officer.acting())


def test_an_equal_number_is_no_majority(master, ward, officer):
    sit(officer, [*BOARD, ("審査 四郎", "（架空）組合")])
    application = submitted(master, ward)
    put_to_board(application, by=officer.acting())
    vote_all(application, "approve", "approve", "decline", "decline")

    assert decide(application, by=officer.acting()) is None

    application.refresh_from_db()
    assert application.state == "declined"
    assert Notification.objects.filter(person=master.person, subject__startswith="審査の結果").count() == 1


@pytest.mark.parametrize(
    ("member", "facts", "because"),
    [
        ({"email": "recommender@example.jp"}, {}, "推薦者のため"),
        ({"party": "（架空）大森 機械"}, {"employer": "（架空）大森機械"}, "申請者の勤め先に所属するため"),
    ],
    ids=["recommender", "employer"],
)
def test_a_known_conflict_of_interest_is_not_asked(member, facts, because, master, ward, officer):
    sit(officer)
    told = {"name": "利害 関係", "party": "（架空）甲社", "email": "x@example.jp", **member}
    appoint(ward=ward, by=officer.acting(), **told)
    application = submitted(master, ward, **facts)

    ballots = put_to_board(application, by=officer.acting())

    assert [one.aside_because for one in ballots] == ["", "", "", because]
    assert ActionLink.objects.filter(purpose="mentors.vote").count() == 3


def test_the_applicant_does_not_vote_on_themselves(master, ward, officer):
    appoint(ward=ward, name="匠 太郎", party="技能士会", email=master.person.email, by=officer.acting())
    application = submitted(master, ward)

    (ballot,) = put_to_board(application, by=officer.acting())

    assert ballot.aside_because == "申請者本人のため"


def test_a_member_votes_in_person_and_once(reviewed):
    link = links_of(reviewed)[0]

    answer = act(link, name="代理 人", position="代理", choice="approve", reason="聞いた")
    assert "委員ご本人だけができます" in answer.content.decode()
    assert act(link, choice="approve", reason="見た").status_code == 302
    assert act(link, choice="decline", reason="考え直した").status_code in (302, 410)

    assert [one.choice for one in Vote.objects.all()] == ["approve"]


def test_a_vote_without_a_reason_is_not_taken(reviewed):
    assert act(links_of(reviewed)[0], choice="approve", reason="").status_code == 200
    assert Vote.objects.count() == 0


def test_page_of_a_member_shows_nothing_others_said(reviewed, client):
    from tests.mentors.makers import path_of

    first, second, _third = links_of(reviewed)
    act(first, choice="decline", reason="ひみつの理由")

    shown = client.get(path_of(second)).content.decode()

    assert "汎用旋盤のねじ切りと段取り" in shown
    assert "ひみつの理由" not in shown


def test_links_still_open_end_with_the_decision(master, ward, officer):
    sit(officer, [*BOARD, ("審査 四郎", "（架空）組合")])
    application = submitted(master, ward)
    put_to_board(application, by=officer.acting())
    *_voted, late = links_of(application)
    vote_all(application, "approve", "approve", "approve")

    decide(application, by=officer.acting())

    assert act(late, choice="decline", reason="遅れて").status_code == 410


def test_a_link_sent_again_ends_the_one_before(reviewed, officer):
    before = links_of(reviewed)[0]

    ask_to_vote(reviewed.ballots.first(), by=officer.acting())

    assert act(before, choice="approve", reason="見た").status_code == 410
    assert act(links_of(reviewed)[0], choice="approve", reason="見た").status_code == 302


def test_nobody_is_asked_again_who_has_voted(reviewed, officer):
    vote_all(reviewed, "approve")

    with pytest.raises(Refused, match="もう判断を求めていません"):
        ask_to_vote(reviewed.ballots.first(), by=officer.acting())


def test_without_a_board_nothing_is_reviewed(master, ward, officer):
    application = submitted(master, ward)

    with pytest.raises(Refused, match="委員が登録されていません"):
        put_to_board(application, by=officer.acting())


def test_what_the_board_has_is_not_given_back(reviewed, officer):
    with pytest.raises(Refused, match="「審査中」の状態からは行えません"):
        return_application(reviewed, because="書類", by=officer.acting())


def test_who_left_the_board_is_not_asked(master, ward, officer):
    sit(officer)
    gone = BoardMember.objects.first()
    dismiss(gone, by=officer.acting())
    dismiss(gone, by=officer.acting())

    ballots = put_to_board(submitted(master, ward), by=officer.acting())

    assert gone not in [one.member for one in ballots]


def test_one_address_sits_once(officer, ward):
    sit(officer)

    with pytest.raises(Refused, match="すでに就任しています"):
        appoint(ward=ward, name="別の名", party="", email="BOARD0@example.jp", by=officer.acting())


def test_decision_stands(reviewed, officer):
    vote_all(reviewed, "approve", "approve", "approve")
    decide(reviewed, by=officer.acting())

    with pytest.raises(Refused):
        decide(reviewed, by=officer.acting())
    assert Certification.objects.count() == 1
    assert Application.objects.get().decided_on is not None
