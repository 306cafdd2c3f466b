"""Manuals as their tests need them: written, filmed, agreed to, approved and published by the product's own actions."""

from django.core.files.uploadedfile import SimpleUploadedFile

from firms.film.captions import Cue
from firms.models import Job
from firms.post.jobs import claim, work
from mentors.actions.manuals.approving import (
    answer_approval,
    hand_in_manual,
    name_approvers,
    publish_manual,
)
from mentors.actions.manuals.films import take_whole
from mentors.actions.manuals.people import say_nobody
from mentors.actions.manuals.writing import add_step, begin_manual, write_captions
from mentors.models import ManualVersion, SkillManual
from mentors.queries.manuals import asked_now, turn_of
from tests.conftest import Cast
from tests.factories import MembershipFactory, PersonFactory

FACTS = {
    "title": "汎用旋盤でおねじを切る",
    "machine": "汎用旋盤",
    "method": "総形バイトによるねじ切り",
    "summary": "切り始めから測り方まで。",
    "also": "",
}
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm" + bytes(
    2000
)
CUES = (
    Cue(0, 4_000, "材料を三つ爪で締めます"),
    Cue(4_000, 9_500, "芯押し台で芯出しをします"),
    Cue(75_000, 80_000, "ねじ切りの切込みは0.2ミリずつ"),
)


def written(keeper, *, cues=CUES, steps=("芯を出す", "ねじを切る"), **facts):
    """A draft with steps and captions."""
    told = {**FACTS, "occupation": "machining", **facts}
    manual = begin_manual(firm=keeper.organisation, by=keeper.acting(), **told)
    for number, title in enumerate(steps):
        add_step(manual, by=keeper.acting(), title=title, text="ゆっくり", caution="手袋をしない", at=number * 75)
    write_captions(manual, cues, by=keeper.acting())
    return manual


def filmed(manual, keeper, content=WEBM, name="ねじ切り.webm"):
    film = take_whole(manual, SimpleUploadedFile(name, content), by=keeper.acting())
    work_waiting("join_film")
    film.refresh_from_db()
    return film


def work_waiting(kind):
    """What the worker would do a moment later."""
    for pk in Job.objects.filter(kind=kind, state="waiting").values_list("pk", flat=True):
        if job := claim(pk):
            work(job)


def colleagues(firm, n=2):
    return [member(firm, f"承認{number}") for number in range(n)]


def member(firm, name, role="employee"):
    person = PersonFactory(family_name=name)
    return Cast(person, MembershipFactory(person=person, organisation=firm, role=role))


def handed_in(manual, keeper, approvers):
    name_approvers(manual, [one.person for one in approvers], by=keeper.acting())
    hand_in_manual(manual, by=keeper.acting())
    return newest(manual)


def approved(manual, keeper, approvers):
    version = handed_in(manual, keeper, approvers)
    for one in approvers:
        answer_approval(turn_of(asked_now(version)), verdict="approve", reason="", by=one.acting())
    return newest(manual)


def published(keeper, *, approvers=None, has_film=True, **facts):
    """With nobody in the picture."""
    manual = written(keeper, **facts)
    if has_film:
        filmed(manual, keeper)
    say_nobody(manual, by=keeper.acting())
    approved(manual, keeper, approvers or colleagues(keeper.organisation))
    publish_manual(manual, by=keeper.acting())
    return SkillManual.objects.get(pk=manual.pk)


def newest(manual):
    return ManualVersion.objects.select_related("manual", "film").filter(manual=manual).order_by("-number").first()
