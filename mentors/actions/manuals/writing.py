"""A manual begun, and its draft written: facts, steps, captions, chapters, questions; and a new version begun from the last."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Model
from django.utils.crypto import get_random_string

from firms.acting import Acting
from firms.actions.evidence import accepted_content, safe_name
from firms.errors import Refused
from firms.files import store as files
from firms.files.media import MEDIA_TYPES, ending
from firms.files.pictures import HEIC_ENDINGS, NoPicture, jpeg_of
from firms.files.scanning import refuse_infected
from firms.film.captions import Cue
from firms.journal import record
from firms.models import Organisation, StoredFile
from firms.papers.codes import CODE_SIGNS
from firms.words.saying import said as _
from mentors import occupations
from mentors.crafts import searchable
from mentors.models import Caption, Drawing, ManualQuestion, ManualVersion, SkillManual, Step, StepMark
from mentors.rules import review
from mentors.states import ManualState

MARK_LENGTH = 8
MOST_STEPS, MOST_QUESTIONS, MOST_DRAWINGS = 99, 20, 50
PICTURES = (".png", ".jpg", ".jpeg", *HEIC_ENDINGS)
COPIED = ("title", "machine", "method", "summary", "also", "film", "chapters", "has_nobody")


def locked(manual: SkillManual) -> SkillManual:
    rows = SkillManual.objects.select_for_update(of=("self",)).select_related("firm", "keeper")
    return rows.get(pk=manual.pk)


def drafted(manual: SkillManual) -> ManualVersion:
    """The version that is being written, under the manual's lock; what others look at is not written in."""
    manual = locked(manual)
    version = manual.versions.filter(state=ManualState.DRAFT).first()
    if version is None:
        raise Refused(
            _(
                "いま書ける下書きがありません。承認待ちなら差戻しを待ち、公開中なら「新しい版を作る」から始めてください。"
            )
        )
    version.manual = manual
    return version


@transaction.atomic
def begin_manual(*, firm: Organisation, by: Acting, occupation: str, **facts: Any) -> SkillManual:
    """Its first version is a draft nobody else sees."""
    if occupations.occupation(occupation) is None:
        raise Refused(_("職種を一覧から選んでください。"), field="occupation")
    manual = SkillManual.objects.create(
        firm=firm,
        keeper=by.person,
        title=facts["title"],
        occupation=occupation,
        review_on=review(by.today).review_on,
    )
    version = ManualVersion.objects.create(manual=manual, number=1, written_by=by.person, **facts)
    record(manual, "manual.begin", by=by, concerns=firm)
    reindex(version)
    return manual


@transaction.atomic
def write_facts(manual: SkillManual, *, by: Acting, occupation: str, **facts: Any) -> None:
    version = drafted(manual)
    if occupations.occupation(occupation) is None:
        raise Refused(_("職種を一覧から選んでください。"), field="occupation")
    for name, value in facts.items():
        setattr(version, name, value)
    version.save(update_fields=list(facts))
    SkillManual.objects.filter(pk=manual.pk).update(title=version.title, occupation=occupation)
    written(version, "manual.write", by=by)


def written(version: ManualVersion, verb: str, *, by: Acting) -> None:
    record(version.manual, verb, by=by, concerns=version.manual.firm, number=version.number)
    reindex(version)


def reindex(version: ManualVersion) -> None:
    """What the search looks through: all it says, with the other names of what it speaks of."""
    version = ManualVersion.objects.select_related("manual").get(pk=version.pk)
    found = occupations.occupation(version.manual.occupation)
    words = " ".join([version.text(), version.manual.occupation_label, found.also if found else ""])
    ManualVersion.objects.filter(pk=version.pk).update(search_text=searchable(words))


# --- steps ---


@transaction.atomic
def add_step(manual: SkillManual, *, by: Acting, picture: Any = None, **facts: Any) -> Step:
    version = drafted(manual)
    if version.steps.count() >= MOST_STEPS:
        raise Refused(_("手順は%(n)s個までです。マニュアルを分けてください。") % {"n": MOST_STEPS})
    highest = version.steps.aggregate(highest=Max("number"))["highest"] or 0
    step = Step.objects.create(
        version=version, number=highest + 1, mark=new_mark(version.manual), still=stored_picture(picture), **facts
    )
    index_step(step)
    written(version, "manual.write_step", by=by)
    return step


def new_mark(manual: SkillManual) -> StepMark:
    return StepMark.objects.create(manual=manual, code=get_random_string(MARK_LENGTH, CODE_SIGNS))


def stored_picture(upload: Any) -> StoredFile | None:
    """A still as PNG or JPEG, whatever telephone took it."""
    if not upload:
        return None
    name = safe_name(upload.name or "")
    try:
        content = accepted_content(upload, name, endings=PICTURES)
        if ending(name) in HEIC_ENDINGS:
            content, name = jpeg_of(content), "still.jpg"
    except Refused as refusal:
        raise Refused(refusal.sentence, field="picture") from None
    except NoPicture:
        raise Refused(_("写真として読めません。撮り直してください。"), field="picture") from None
    refuse_infected(content, field="picture")
    return files.store(content, media_type=MEDIA_TYPES[ending(name)])


@transaction.atomic
def edit_step(step: Step, *, by: Acting, picture: Any = None, **facts: Any) -> None:
    version, step = step_of_draft(step)
    for name, value in facts.items():
        setattr(step, name, value)
    if picture:
        step.still = stored_picture(picture)
    step.save()
    index_step(step)
    written(version, "manual.write_step", by=by)


def index_step(step: Step) -> None:
    Step.objects.filter(pk=step.pk).update(search_text=searchable(f"{step.title} {step.text} {step.caution}"))


def step_of_draft(step: Step) -> tuple[ManualVersion, Step]:
    version = drafted(step.version.manual)
    found = version.steps.filter(pk=step.pk).first()
    if found is None:
        raise Refused(_("この手順は、いまの下書きにありません。画面を開き直してください。"))
    return version, found


@transaction.atomic
def remove_step(step: Step, *, by: Acting) -> None:
    """The label of it leads to the manual itself from now on."""
    version, step = step_of_draft(step)
    number = step.number
    step.delete()
    for later in version.steps.filter(number__gt=number).order_by("number"):
        Step.objects.filter(pk=later.pk).update(number=later.number - 1)
    written(version, "manual.remove_step", by=by)


@transaction.atomic
def move_step_up(step: Step, *, by: Acting) -> None:
    version, step = step_of_draft(step)
    above = version.steps.filter(number=step.number - 1).first()
    if above is None:
        return
    Step.objects.filter(pk=above.pk).update(number=MOST_STEPS + 1)
    Step.objects.filter(pk=step.pk).update(number=F("number") - 1)
    Step.objects.filter(pk=above.pk).update(number=step.number)
    written(version, "manual.move_step", by=by)


# --- captions and chapters ---


@transaction.atomic
def write_captions(manual: SkillManual, cues: Iterable[Cue], *, by: Acting) -> int:
    """All at once, in place of those that stood; how many there are now."""
    version = drafted(manual)
    version.captions.all().delete()
    made = Caption.objects.bulk_create(
        Caption(
            version=version,
            number=number,
            starts_ms=cue.starts,
            ends_ms=cue.ends,
            text=cue.text,
            search_text=searchable(cue.text),
        )
        for number, cue in enumerate(cues, 1)
    )
    written(version, "manual.write_captions", by=by)
    return len(made)


@transaction.atomic
def write_chapters(manual: SkillManual, chapters: Sequence[dict[str, Any]], *, by: Acting) -> None:
    version = drafted(manual)
    version.chapters = list(chapters)
    version.save(update_fields=["chapters"])
    written(version, "manual.write_chapters", by=by)


# --- drawings and questions ---


@transaction.atomic
def mark_drawing(manual: SkillManual, *, by: Acting, **facts: Any) -> Drawing:
    version = drafted(manual)
    if version.drawings.count() >= MOST_DRAWINGS:
        raise Refused(_("図面の印は%(n)s件までです。") % {"n": MOST_DRAWINGS})
    drawing = Drawing.objects.create(version=version, **facts)
    written(version, "manual.mark_drawing", by=by)
    return drawing


@transaction.atomic
def unmark_drawing(drawing: Drawing, *, by: Acting) -> None:
    version = drafted(drawing.version.manual)
    if not version.drawings.filter(pk=drawing.pk).exists():
        raise Refused(_("この印は、いまの下書きにありません。画面を開き直してください。"))
    drawing.delete()
    written(version, "manual.unmark_drawing", by=by)


@transaction.atomic
def add_question(manual: SkillManual, *, by: Acting, **facts: Any) -> ManualQuestion:
    version = drafted(manual)
    if version.questions.count() >= MOST_QUESTIONS:
        raise Refused(_("確認の問題は%(n)s問までです。") % {"n": MOST_QUESTIONS})
    highest = version.questions.aggregate(highest=Max("number"))["highest"] or 0
    question = ManualQuestion.objects.create(version=version, number=highest + 1, **facts)
    written(version, "manual.add_question", by=by)
    return question


@transaction.atomic
def remove_question(question: ManualQuestion, *, by: Acting) -> None:
    version = drafted(question.version.manual)
    if not version.questions.filter(pk=question.pk).exists():
        raise Refused(_("この問題は、いまの下書きにありません。画面を開き直してください。"))
    question.delete()
    written(version, "manual.remove_question", by=by)


# --- the next version ---


@transaction.atomic
def begin_version(manual: SkillManual, *, by: Acting) -> ManualVersion:
    """A copy of the newest one; its steps keep their labels."""
    manual = locked(manual)
    if manual.versions.open().exists():
        raise Refused(_("書きかけの版か承認中の版があります。その版を先に終えてください。"))
    last = manual.versions.order_by("-number").first()
    assert last
    facts = {name: getattr(last, name) for name in COPIED}
    try:
        with transaction.atomic():
            version = ManualVersion.objects.create(manual=manual, number=last.number + 1, written_by=by.person, **facts)
    except IntegrityError:
        raise Refused(_("ほかの人が先に新しい版を作りました。画面を開き直してください。")) from None
    copy_rows(last, version)
    written(version, "manual.begin_version", by=by)
    return version


def copy_rows(old: ManualVersion, new: ManualVersion) -> None:
    copied: tuple[type[Model], ...] = (Step, Caption, Drawing, ManualQuestion)
    for model in copied:
        rows: list[Any] = list(model._default_manager.filter(version=old))
        for row in rows:
            row.pk, row.version = None, new
        model._default_manager.bulk_create(rows)
