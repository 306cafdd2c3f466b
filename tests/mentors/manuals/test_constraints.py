"""What the database holds of manuals, whoever writes."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from firms.files import store as files
from mentors.models import (
    Appearance,
    Approval,
    ApprovalWord,
    Approver,
    Caption,
    Drawing,
    Film,
    FilmPart,
    ManualAnswer,
    ManualQuestion,
    ManualShare,
    ManualVersion,
    PictureConsent,
    PictureConsentEnd,
    ReviewReminder,
    SkillManual,
    Step,
    StepMark,
    Viewing,
)
from tests.mentors.manuals.makers import written

DAY = date(2026, 11, 20)


@pytest.fixture
def manual(manager):
    return written(manager)


@pytest.fixture
def version(manual):
    return manual.versions.get()


def refused(name, write):
    """SQLite names the fields of a broken uniqueness, PostgreSQL the constraint."""
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        write()
    said = str(broken.value)
    assert name in said or "UNIQUE constraint failed" in said


def test_states_and_words_are_known(manual, version, manager):
    film = Film.objects.create(firm=manual.firm, manual=manual, name="a", size=5, uploaded_by=manager.person)
    mine = {"appearance": Appearance.objects.create(manual=manual, name="a", from_version=1)}
    asked = Approval.objects.create(version=version, round=1, number=1, approver=manager.person)

    refused("film_state_known", lambda: Film.objects.filter(pk=film.pk).update(state="x"))
    refused("manual_state_known", lambda: ManualVersion.objects.filter(pk=version.pk).update(state="x"))
    refused("manual_visibility_known", lambda: SkillManual.objects.filter(pk=manual.pk).update(visibility="x"))
    refused("drawing_permission_known", lambda: Drawing.objects.create(version=version, what="a", permission="x"))
    good = {"text": "a", "way": "page", "shown_to": "firm"}
    for name, broken in (
        ("picture_consent_way_known", {"way": "x"}),
        ("picture_consent_reach_known", {"shown_to": "x"}),
        ("picture_consent_has_words", {"text": ""}),
    ):
        refused(name, lambda broken=broken: PictureConsent.objects.create(**mine, **good | broken))
    refused("approval_verdict_known", lambda: ApprovalWord.objects.create(approval=asked, verdict="x"))
    refused("approval_returned_with_a_reason", lambda: ApprovalWord.objects.create(approval=asked, verdict="return"))


def test_a_film_is_here_or_elsewhere_and_never_more_than_its_size(manual, manager):
    facts = {"firm": manual.firm, "manual": manual, "name": "a", "uploaded_by": manager.person}
    stored = files.store(b"x", media_type="video/webm")

    refused("film_receives_no_more_than_its_size", lambda: Film.objects.create(**facts, size=5, received=6))
    refused("film_is_here_or_elsewhere", lambda: Film.objects.create(**facts, state="clean"))
    both = {"state": "clean", "file": stored, "link": "https://a.example/a.mp4"}
    refused("film_is_here_or_elsewhere", lambda: Film.objects.create(**facts, **both))
    refused("film_rejected_with_a_reason", lambda: Film.objects.create(**facts, state="rejected"))
    film = Film.objects.create(**facts, size=5)
    part = {"film": film, "number": 0, "size": 1, "sha256": "a", "path": "a"}
    FilmPart.objects.create(**part)
    refused("film_part_once", lambda: FilmPart.objects.create(**part))


def test_a_manual_has_one_open_and_one_published_version(manual, version, manager):
    facts = {"manual": manual, "title": "a", "written_by": manager.person}
    now = timezone.now()

    refused(
        "manual_version_number_once",
        lambda: ManualVersion.objects.create(**facts, number=1, state="replaced", published_at=now),
    )
    refused("manual_open_version_once", lambda: ManualVersion.objects.create(**facts, number=2, state="approved"))
    refused("manual_published_with_moment", lambda: ManualVersion.objects.create(**facts, number=2, state="published"))
    ManualVersion.objects.create(**facts, number=2, state="published", published_at=now)
    refused(
        "manual_published_version_once",
        lambda: ManualVersion.objects.create(**facts, number=3, state="published", published_at=now),
    )
    refused(
        "manual_withdrawn_with_a_reason",
        lambda: ManualVersion.objects.create(**facts, number=3, state="withdrawn", ended_at=now),
    )


def test_steps_captions_and_questions_are_numbered_once(manual, version):
    step = version.steps.first()
    mark = StepMark.objects.create(manual=manual, code="AAAA")

    refused("step_number_once", lambda: Step.objects.create(version=version, number=1, mark=mark, title="a"))
    refused("step_mark_once", lambda: Step.objects.create(version=version, number=9, mark=step.mark, title="a"))
    refused(
        "caption_number_once",
        lambda: Caption.objects.create(version=version, number=1, starts_ms=1, ends_ms=2, text="a"),
    )
    refused(
        "caption_in_order", lambda: Caption.objects.create(version=version, number=9, starts_ms=2, ends_ms=2, text="a")
    )
    question = {"version": version, "number": 1, "text": "a", "choices": []}
    ManualQuestion.objects.create(**question)
    refused("manual_question_number_once", lambda: ManualQuestion.objects.create(**question))


def test_people_around_a_manual_are_named_once(manual, version, manager, stranger):
    share = {"manual": manual, "firm": stranger.organisation, "started_on": DAY}
    ManualShare.objects.create(**share)
    refused("manual_share_once", lambda: ManualShare.objects.create(**share))
    refused("manual_share_in_order", lambda: ManualShare.objects.create(**share, ended_on=date(2026, 11, 19)))
    Appearance.objects.create(manual=manual, name="匠", from_version=1)
    refused("appearance_name_once", lambda: Appearance.objects.create(manual=manual, name="匠", from_version=1))
    refused("appearance_has_a_name", lambda: Appearance.objects.create(manual=manual, name="", from_version=1))
    Approver.objects.create(manual=manual, number=1, person=manager.person)
    refused("approver_number_once", lambda: Approver.objects.create(manual=manual, number=1, person=stranger.person))
    refused("approver_person_once", lambda: Approver.objects.create(manual=manual, number=2, person=manager.person))
    place = {"version": version, "round": 1, "number": 1, "approver": manager.person}
    first = Approval.objects.create(**place)
    refused("approval_place_once", lambda: Approval.objects.create(**place))
    refused("approval_replaced_with_a_reason", lambda: Approval.objects.create(**place, instead_of=first))
    reminder = {"manual": manual, "review_on": DAY, "due_on": DAY}
    ReviewReminder.objects.create(**reminder)
    refused("review_reminder_once", lambda: ReviewReminder.objects.create(**reminder))


def test_what_was_watched_and_answered_makes_sense(version, manager):
    facts = {"version": version, "person": manager.person}

    refused("viewing_in_order", lambda: Viewing.objects.create(**facts, starts=2, ends=1, at=timezone.now()))
    refused("manual_answer_within_questions", lambda: ManualAnswer.objects.create(**facts, answers={}, right=2, of=1))


def test_consents_approvals_and_watching_are_append_only_and_a_label_stands(manual, version, manager):
    appearance = Appearance.objects.create(manual=manual, name="匠", from_version=1)
    consent = PictureConsent.objects.create(appearance=appearance, text="a", way="page", shown_to="firm")
    asked = Approval.objects.create(version=version, round=1, number=1, approver=manager.person)
    rows = [
        consent,
        PictureConsentEnd.objects.create(consent=consent),
        asked,
        ApprovalWord.objects.create(approval=asked, verdict="approve"),
        Viewing.objects.create(version=version, person=manager.person, starts=1, ends=2, at=timezone.now()),
        ManualAnswer.objects.create(version=version, person=manager.person, answers={}, right=1, of=1),
    ]

    for row in rows:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(id=row.pk)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        StepMark.objects.update(code="ANDERS")
