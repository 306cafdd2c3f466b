"""Pages on which a draft is written: facts, steps, captions and chapters, questions."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.errors import Refused
from firms.film import captions, chapters
from firms.film.captions import Cue
from firms.film.chapters import BrokenLine
from firms.film.stretches import HEARTBEAT
from firms.web.http import Request, attempt, refusing, require
from firms.words.saying import said as _
from mentors.actions.manuals.writing import (
    add_question,
    add_step,
    begin_manual,
    begin_version,
    edit_step,
    move_step_up,
    remove_question,
    remove_step,
    write_captions,
    write_chapters,
    write_facts,
)
from mentors.forms.manuals import CaptionFileForm, CaptionsForm, ManualForm, ManualQuestionForm, StepForm
from mentors.models import ManualQuestion, ManualVersion, SkillManual, Step
from mentors.policies import may_make_manual
from mentors.queries.manuals import sessions_to_clip
from mentors.views.manuals import draft_of, has_cover, manual_url, own_manual

LARGEST_CAPTIONS = 2 * 1024 * 1024
WRITTEN: dict[str, tuple[Callable[[Iterable[Cue]], str], str]] = {
    "vtt": (captions.as_vtt, "text/vtt"),
    "srt": (captions.as_srt, "application/x-subrip"),
}


@require_http_methods(["GET", "POST"])
def manual_new(request: Request) -> HttpResponse:
    require(may_make_manual(request.acting))
    form = ManualForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            assert request.acting.organisation
            made = begin_manual(firm=request.acting.organisation, by=request.acting, **form.cleaned_data)
            messages.success(request, _("下書きを作りました。次に、動画を送ってください。"))
            return redirect("mentors:film", made.pk)
    return render(request, "mentors/manuals/manual_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def manual_edit(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    version = draft_of(manual)
    if version is None:
        return no_draft(request, manual)
    form = ManualForm(request.POST or None, instance=version, initial={"occupation": manual.occupation})
    if form.is_valid():
        with refusing(form):
            write_facts(manual, by=request.acting, **form.cleaned_data)
            messages.success(request, _("保存しました。"))
            return redirect("mentors:manual_steps", pk)
    return render(request, "mentors/manuals/manual_form.html", {"form": form, "manual": manual, "version": version})


def no_draft(request: Request, manual: SkillManual) -> HttpResponse:
    """Somebody has handed it in or published it meanwhile."""
    messages.error(request, _("いま書ける下書きがありません。公開中なら「新しい版を作る」から始めてください。"))
    return redirect("mentors:manual", manual.pk)


@require_POST
def version_new(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    done = _("新しい版の下書きを作りました。公開中の版は、そのまま見られます。")
    return attempt(
        request, lambda: begin_version(manual, by=request.acting), done=done, back=manual_url(pk, "manual_steps")
    )


# --- steps ---


@require_http_methods(["GET", "POST"])
def manual_steps(request: Request, pk: int) -> HttpResponse:
    """All steps, and a form for one more."""
    manual = own_manual(request, pk)
    version = draft_of(manual)
    if version is None:
        return no_draft(request, manual)
    form = StepForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refusing(form):
            add_step(manual, by=request.acting, **form.cleaned_data)
            messages.success(request, _("手順を加えました。"))
            return redirect("mentors:manual_steps", pk)
    context = {"manual": manual, "version": version, "steps": version.steps.all(), "form": form, "current": "steps"}
    context["has_clips"] = sessions_to_clip(manual).exists()
    return render(request, "mentors/manuals/steps.html", context)


def own_step(request: Request, pk: int) -> Step:
    step = get_object_or_404(Step.objects.select_related("version__manual"), pk=pk)
    step.version.manual = own_manual(request, step.version.manual_id)
    return step


@require_http_methods(["GET", "POST"])
def step_edit(request: Request, pk: int) -> HttpResponse:
    step = own_step(request, pk)
    manual = step.version.manual
    form = StepForm(request.POST or None, request.FILES or None, instance=step, initial={"at": step.at})
    if form.is_valid():
        with refusing(form):
            edit_step(step, by=request.acting, **form.cleaned_data)
            messages.success(request, _("手順を直しました。"))
            return redirect("mentors:manual_steps", manual.pk)
    return render(request, "mentors/manuals/step_form.html", {"form": form, "manual": manual, "step": step})


STEP_ACTS: dict[str, Callable[..., object]] = {"up": move_step_up, "remove": remove_step}


@require_POST
def step_act(request: Request, pk: int, verb: str) -> HttpResponse:
    if verb not in STEP_ACTS:
        raise Http404
    step = own_step(request, pk)
    done = {"up": _("順番を入れ替えました。"), "remove": _("手順を消しました。")}[verb]
    back = manual_url(step.version.manual_id, "manual_steps")
    return attempt(request, lambda: STEP_ACTS[verb](step, by=request.acting), done=done, back=back)


# --- captions ---


def cues_in(version: ManualVersion) -> list[Cue]:
    return [Cue(one.starts_ms, one.ends_ms, one.text) for one in version.captions.all()]


@require_http_methods(["GET", "POST"])
def manual_captions(request: Request, pk: int) -> HttpResponse:
    """Beside the film: captions and chapters as lines."""
    manual = own_manual(request, pk)
    version = draft_of(manual)
    if version is None:
        return no_draft(request, manual)
    initial = {"captions": captions.typed(cues_in(version)), "chapters": chapters.write(version.chapters)}
    length = version.film.duration_seconds if version.film else 0
    form = CaptionsForm(request.POST or None, duration=length, initial=initial)
    if form.is_valid():
        with refusing(form):
            written = write_captions(manual, form.cleaned_data["captions"], by=request.acting)
            write_chapters(manual, form.cleaned_data["chapters"], by=request.acting)
            messages.success(request, _("字幕%(n)s個と目次を保存しました。") % {"n": written})
            return redirect("mentors:manual_captions", pk)
    return render(request, "mentors/manuals/captions.html", captions_page(manual, version, form, CaptionFileForm()))


def captions_page(
    manual: SkillManual, version: ManualVersion, form: CaptionsForm, file_form: CaptionFileForm
) -> dict[str, Any]:
    return {
        "manual": manual,
        "version": version,
        "form": form,
        "file_form": file_form,
        "current": "captions",
        "starts_at": 0,
        "heartbeat": HEARTBEAT,
        "counts": False,
        "has_cover": has_cover(version, version.steps.all()),
        "count": version.captions.count(),
    }


@require_POST
def captions_import(request: Request, pk: int) -> HttpResponse:
    """A file of any program in place of what stands; one that is none gets a sentence with its line."""
    manual = own_manual(request, pk)
    version = draft_of(manual)
    if version is None:
        return no_draft(request, manual)
    file_form = CaptionFileForm(request.POST, request.FILES)
    if file_form.is_valid():
        with refusing(file_form):
            found = imported(file_form.cleaned_data["file"])
            write_captions(manual, found.cues, by=request.acting)
            messages.success(request, import_words(found))
            return redirect("mentors:manual_captions", pk)
    initial = {"captions": captions.typed(cues_in(version)), "chapters": chapters.write(version.chapters)}
    form = CaptionsForm(duration=0, initial=initial)
    return render(request, "mentors/manuals/captions.html", captions_page(manual, version, form, file_form))


def imported(upload: Any) -> captions.Import:
    if (upload.size or 0) > LARGEST_CAPTIONS:
        raise Refused(_("字幕のファイルが大きすぎます。2MBまでにしてください。"), field="file")
    try:
        return captions.imported(upload.read())
    except BrokenLine as broken:
        raise Refused(str(broken), field="file") from None


def import_words(found: captions.Import) -> str:
    """What was read, and what had to be changed for it."""
    told = [_("字幕を%(n)s個読み込みました。") % {"n": len(found.cues)}]
    if found.shortened:
        told.append(_("時刻が重なっていた%(n)sか所は、重ならないように直しました。") % {"n": found.shortened})
    if found.empty:
        told.append(_("文のない字幕%(n)s個は、読みませんでした。") % {"n": found.empty})
    return "".join(told)


@require_safe
def captions_file(request: Request, pk: int, kind: str) -> HttpResponse:
    """The captions of the version that is written, or of what is published, for other programs."""
    manual = own_manual(request, pk)
    if kind not in WRITTEN:
        raise Http404
    version = draft_of(manual) or manual.versions.published().first() or manual.versions.order_by("-number").first()
    if version is None:
        raise Http404
    write, media_type = WRITTEN[kind]
    answer = HttpResponse(write(cues_in(version)), content_type=f"{media_type}; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{version.title}.{kind}") or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


# --- questions ---


@require_http_methods(["GET", "POST"])
def manual_questions(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    version = draft_of(manual)
    if version is None:
        return no_draft(request, manual)
    form = ManualQuestionForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            add_question(manual, by=request.acting, **form.facts)
            messages.success(request, _("問題を加えました。"))
            return redirect("mentors:manual_questions", pk)
    context = {"manual": manual, "version": version, "form": form, "current": "questions"}
    return render(request, "mentors/manuals/questions.html", context | {"questions": version.questions.all()})


@require_POST
def question_remove(request: Request, pk: int) -> HttpResponse:
    question = get_object_or_404(ManualQuestion.objects.select_related("version__manual"), pk=pk)
    question.version.manual = own_manual(request, question.version.manual_id)
    back = manual_url(question.version.manual_id, "manual_questions")
    done = _("問題を消しました。")
    return attempt(request, lambda: remove_question(question, by=request.acting), done=done, back=back)
