"""The survey: answered once by the trainee, shown as sums from five answers on, never with a name."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from courses.actions.completion.completion import decide_completion
from courses.actions.completion.surveys import answer_survey
from courses.models import Certificate, SurveyAnswer
from courses.queries.completion.surveys import survey_of
from firms.errors import Refused
from firms.models import JournalEntry
from firms.queries import acting_for

GIVEN = {"satisfaction": "5", "usefulness": "4", "difficulty": "3", "comment": "実習が多くてよかった"}


@pytest.fixture
def page(completed):
    return reverse("courses:survey", args=[completed.pk])


@pytest.fixture
def holder(completed, client):
    client.force_login(completed.person)
    return client


def answers(run, *satisfactions):
    enrolments = run.enrolments.order_by("pk")
    for enrolment, n in zip(enrolments, satisfactions, strict=True):
        SurveyAnswer.objects.create(
            enrolment=enrolment, satisfaction=n, usefulness=4, difficulty=3, comment=f"感想{n}" if n > 3 else ""
        )


def test_the_page_shows_certificate_and_questions_then_thanks(holder, page, completed):
    asked = holder.get(page).content.decode()
    thanked = holder.post(page, GIVEN, follow=True).content.decode()

    assert Certificate.objects.get().number in asked
    assert "この講座に満足しましたか" in asked
    assert "回答を受け取っています" in thanked
    answer = SurveyAnswer.objects.get()
    assert (answer.enrolment, answer.satisfaction, answer.comment) == (completed, 5, "実習が多くてよかった")


def test_the_first_answer_stays(holder, page):
    holder.post(page, GIVEN)
    holder.post(page, {**GIVEN, "satisfaction": "1"})

    assert SurveyAnswer.objects.get().satisfaction == 5
    with pytest.raises(DatabaseError), transaction.atomic():
        SurveyAnswer.objects.update(satisfaction=1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"satisfaction": ""}, "ひとつ選んでください。"),
        ({"satisfaction": "6"}, "6"),
        ({"comment": "私の番号は 123456789018 です"}, "マイナンバー"),
    ],
    ids=["nothing chosen", "beyond the scale", "my number"],
)
def test_a_wrong_answer_is_not_kept(wrong, said, holder, page):
    answer = holder.post(page, {**GIVEN, **wrong})

    assert said in answer.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_answers_lie_between_one_and_five(completed):
    with pytest.raises(IntegrityError, match="survey_answers_from_1_to_5"), transaction.atomic():
        SurveyAnswer.objects.create(enrolment=completed, satisfaction=6, usefulness=3, difficulty=3)


def test_only_the_trainee_answers_and_only_after_the_result(completed, page, held, seated, manager, coordinator):
    (early,) = seated(held)

    others = [who.client().get(page).status_code for who in (manager, coordinator)]
    with pytest.raises(Refused, match="修了の結果が出てから"):
        answer_survey(early, **told(), by=acting_for(early.person, None, on=localdate()))
    with pytest.raises(Refused, match="受講した本人だけ"):
        answer_survey(completed, **told(), by=manager.acting())

    assert others == [404, 404]


def told():
    return {"satisfaction": 5, "usefulness": 4, "difficulty": 3, "comment": ""}


def test_the_journal_does_not_tell_who_answered(holder, page):
    entries = JournalEntry.objects.count()

    holder.post(page, GIVEN)

    assert JournalEntry.objects.count() == entries


def test_who_did_not_complete_is_asked_too(finished, seated, attended, coordinator, client):
    (enrolment,) = seated(finished)
    attended(enrolment, 0, 360)
    decide_completion(finished, by=coordinator.acting(localdate()))
    client.force_login(enrolment.person)

    page = client.get(reverse("courses:survey", args=[enrolment.pk])).content.decode()

    assert "受講おつかれさまでした" in page
    assert "今回は修了の条件に届きませんでした。" in page


def test_four_answers_are_not_shown(finished, seated, coordinator):
    seated(finished, 4, state="completed")
    answers(finished, 5, 5, 5, 1)

    page = coordinator.client().get(reverse("courses:survey_results", args=[finished.pk])).content.decode()

    assert "4人のうち4人が回答しました。" in page
    assert "5人の回答がそろってから" in page
    assert "感想5" not in page
    assert survey_of(finished).scales == []


def test_five_answers_are_shown_as_sums_without_a_name(finished, seated, coordinator, officer):
    people = seated(finished, 5, state="completed")
    answers(finished, 5, 5, 4, 3, 1)

    pages = [
        who.client().get(reverse("courses:survey_results", args=[finished.pk])).content.decode()
        for who in (coordinator, officer)
    ]

    satisfaction, usefulness, _difficulty = survey_of(finished).scales
    assert (satisfaction.average, usefulness.average) == ("3.6", "4.0")
    assert [n for _label, n in satisfaction.bars] == [2, 1, 1, 0, 1]
    assert survey_of(finished).comments == ["感想4", "感想5", "感想5"]
    for page in pages:
        assert "感想4" in page
        assert [one.person.family_name for one in people if one.person.full_name in page] == []


def test_firms_and_strangers_do_not_read_surveys(finished, seated, manager, stranger, trainee):
    seated(finished)
    page = reverse("courses:survey_results", args=[finished.pk])

    assert [who.client().get(page).status_code for who in (manager, trainee, stranger)] == [403, 403, 403]


@pytest.mark.parametrize("n", [5, 7])
def test_results_take_the_same_queries_however_many_answered(
    n, finished, seated, coordinator, django_assert_num_queries
):
    seated(finished, n, state="completed")
    answers(finished, *([5] * n))
    client = coordinator.client()

    with django_assert_num_queries(7):
        client.get(reverse("courses:survey_results", args=[finished.pk]))
