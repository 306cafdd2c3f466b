"""A trainee's own hours: seen, confirmed or disputed, each record once, and a corrected one anew."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from courses.actions.attendance.attendance import line_from_minutes, save_roster
from courses.actions.attendance.hours import confirm_all, confirm_mark
from courses.models import MarkConfirmation
from courses.policies import may_confirm_hours
from courses.queries.attendance.hours import marks_to_confirm
from firms.errors import Refused
from firms.models import Notification
from tests.factories import EnrolmentFactory, LessonFactory, RunFactory


@pytest.fixture
def sitting(held, trainee):
    return EnrolmentFactory(run=held, person=trainee.person, employment=trainee.person.employments.get())


@pytest.fixture
def marked(held_lesson, sitting, instructor):
    """Writes a mark of so many minutes late."""

    def write(late=0, **fields):
        line = line_from_minutes(sitting, held_lesson, late=late, early=0, **fields)
        (mark,) = save_roster(held_lesson, [line], by=instructor.acting(today=held_lesson.on))
        return mark

    return write


@pytest.fixture
def me(trainee, held_lesson):
    return trainee.acting(today=held_lesson.on)


def test_word_is_given_once(marked, me):
    mark = marked()

    first = confirm_mark(mark, agrees=True, comment="", by=me)
    again = confirm_mark(mark, agrees=True, comment="", by=me)

    assert first == again
    assert list(marks_to_confirm(me.person)) == []


def test_word_is_not_turned_round(marked, me):
    mark = marked()
    confirm_mark(mark, agrees=True, comment="", by=me)

    with pytest.raises(Refused, match="この記録にはもう返事をしています。"):
        confirm_mark(mark, agrees=False, comment="やはり違う", by=me)


def test_disagreement_needs_words(marked, me):
    with pytest.raises(Refused) as refused:
        confirm_mark(marked(), agrees=False, comment="  ", by=me)

    assert (refused.value.field, refused.value.sentence) == (
        "comment",
        "どこが違うかを書いてください。例: 10時ではなく9時50分に入室しました。",
    )


def test_corrected_record_asks_anew(marked, me):
    first = marked()
    confirm_mark(first, agrees=True, comment="", by=me)

    second = marked(late=20, reason="受付の記録", seen=first.pk)

    assert list(marks_to_confirm(me.person)) == [second]


def test_word_on_a_record_that_was_corrected_meanwhile_is_refused(marked, me):
    first = marked()
    marked(late=20, reason="受付の記録", seen=first.pk)

    with pytest.raises(Refused, match="この記録は先ほど直されました。新しい記録を見て、もう一度返事をしてください。"):
        confirm_mark(first, agrees=True, comment="", by=me)


def test_disagreement_is_told_to_instructor_and_coordinator(marked, me, held_lesson, coordinator, instructor):
    confirm_mark(marked(late=30), agrees=False, comment="10時に着きました", by=me)

    notes = Notification.objects.filter(subject__startswith="受講時間が違う")
    assert {note.person for note in notes} == {coordinator.person, instructor.person}
    assert {note.path for note in notes} == {reverse("courses:roster", args=[held_lesson.pk])}
    assert "本人の言葉: 10時に着きました" in notes[0].body


def test_everything_of_a_run_is_confirmed_at_once(marked, sitting, me):
    marked()

    assert (confirm_all(sitting, by=me), confirm_all(sitting, by=me)) == (1, 0)


def test_hours_are_confirmed_by_the_trainee_alone(
    sitting, trainee, manager, instructor, coordinator, advisor, officer, stranger
):
    asked = [trainee, manager, instructor, coordinator, advisor, officer, stranger]

    assert [one for one in asked if may_confirm_hours(one.acting(), sitting)] == [trainee]


def test_database_wants_words_with_a_disagreement(marked, me):
    with pytest.raises(IntegrityError, match="confirmation_disagreement_has_words"), transaction.atomic():
        MarkConfirmation.objects.create(mark=marked(), agrees=False, confirmed_by=me.person)


def test_database_lets_no_word_be_changed(marked, me):
    given = confirm_mark(marked(), agrees=True, comment="", by=me)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        MarkConfirmation.objects.filter(pk=given.pk).update(agrees=False, comment="x")


# --- the pages ---


def test_page_sends_an_e_learner_to_the_units_and_waits_for_no_lesson(learner, trainee):
    page = trainee.client().get(reverse("courses:hours")).content.decode()

    assert reverse("courses:learn_run", args=[learner.pk]) in page
    assert "コマに出ると" not in page


def test_page_shows_source_and_minutes_and_takes_the_word(marked, trainee):
    mark = marked(late=25)
    client = trainee.client()

    before = client.get(reverse("courses:hours")).content.decode()
    client.post(reverse("courses:mark_confirm", args=[mark.pk]), {"answer": "yes"})
    after = client.get(reverse("courses:hours")).content.decode()

    assert "5時間35分" in before
    assert "出席簿" in before
    assert "間違いない" in before
    assert "本人が確認" in after


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"answer": "no"}, "どこが違うかを書いてください。"),
        ({}, "「間違いない」か「違う」を選んでください。"),
        ({"answer": "no", "comment": "123456789018"}, "マイナンバー"),
    ],
    ids=["no words", "no answer", "a my number"],
)
def test_page_says_what_is_missing(posted, sentence, marked, trainee):
    page = trainee.client().post(reverse("courses:mark_confirm", args=[marked().pk]), posted, follow=True)

    assert sentence in page.content.decode()
    assert not MarkConfirmation.objects.exists()


def test_disagreement_stands_on_the_roster_and_in_the_history(marked, trainee, instructor, manager, held_lesson):
    mark = marked()
    trainee.client().post(
        reverse("courses:mark_confirm", args=[mark.pk]), {"answer": "no", "comment": "11時まで遅れました"}
    )

    roster = instructor.client().get(reverse("courses:roster", args=[held_lesson.pk])).content.decode()
    history = manager.client().get(reverse("courses:mark", args=[mark.pk])).content.decode()

    assert "「11時まで遅れました」" in roster
    assert "本人は違うと言っています" in history


def test_whole_run_is_confirmed_by_one_button(marked, sitting, trainee):
    marked()

    trainee.client().post(reverse("courses:hours_confirm", args=[sitting.pk]))

    assert MarkConfirmation.objects.get().agrees


@pytest.mark.parametrize(("who", "status"), [("manager", 403), ("instructor", 403), ("stranger", 404)])
def test_nobody_else_gives_the_word(who, status, marked, sitting, request):
    mark = marked()
    client = request.getfixturevalue(who).client()

    answers = [
        client.post(reverse("courses:mark_confirm", args=[mark.pk]), {"answer": "yes"}),
        client.post(reverse("courses:hours_confirm", args=[sitting.pk])),
    ]

    assert [answer.status_code for answer in answers] == [status, status]
    assert not MarkConfirmation.objects.exists()


def test_home_reminds_of_what_waits_until_it_is_confirmed(marked, trainee, sitting, me):
    marked()
    client = trainee.client()
    before = client.get(reverse("home")).content.decode()

    confirm_all(sitting, by=me)

    assert "受講時間の確認を待つ記録が1件あります" in before
    assert "受講時間の確認を待つ記録" not in client.get(reverse("home")).content.decode()


def test_history_offers_the_correction_to_the_college_alone(marked, instructor, manager):
    url = reverse("courses:mark", args=[marked().pk])

    assert [one.client().get(url).context["may_correct"] for one in (instructor, manager)] == [True, False]


def test_mark_taken_back_is_named_in_the_history(marked, instructor, take_back):
    void = take_back(marked(), instructor)

    page = instructor.client().get(reverse("courses:mark", args=[void.pk]))

    assert "記録の取消し" in page.content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_hours_take_the_same_queries(n, trainee, held, held_lesson, instructor, django_assert_num_queries):
    for _n in range(n):
        run = RunFactory(course__college=held.course.college)
        lesson = LessonFactory(run=run, day=held_lesson.on, instructor=instructor.person)
        one = EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())
        save_roster(lesson, [line_from_minutes(one, lesson, late=0, early=0)], by=instructor.acting(today=lesson.on))
    client = trainee.client()

    with django_assert_num_queries(10):
        client.get(reverse("courses:hours"))
