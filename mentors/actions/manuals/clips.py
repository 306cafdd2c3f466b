"""What was said in a session from afar becomes steps of a manual, each at the second of its recording."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from firms.acting import Acting
from firms.errors import Refused
from firms.words.saying import said as _
from mentors.actions.manuals.writing import MOST_STEPS, drafted, index_step, new_mark, written
from mentors.models import ManualVersion, Remark, Session, SkillManual, Step
from mentors.queries.manuals import sessions_to_clip

LONGEST_TITLE = 80


@transaction.atomic
def clip_remarks(
    manual: SkillManual, session: Session, remarks: Sequence[Remark], *, starts_at: int, by: Acting
) -> list[Step]:
    """`starts_at` is the second of the call at which the film begins. What is a step already stays the one it is."""
    version = drafted(manual)
    if not sessions_to_clip(version.manual).filter(pk=session.pk).exists():
        raise Refused(
            _("録画への同意が両方そろっている遠隔の指導だけを使えます。派遣先とマイスターの同意を確かめてください。")
        )
    known = set(version.steps.filter(remark__isnull=False).values_list("remark", flat=True))
    wanted = [one for one in remarks if one.session_id == session.pk and one.pk not in known]
    if not wanted:
        raise Refused(_("手順にするひとことを選んでください。すでに手順になったものは、二度は加わりません。"))
    if version.steps.count() + len(wanted) > MOST_STEPS:
        raise Refused(_("手順は%(n)s個までです。マニュアルを分けてください。") % {"n": MOST_STEPS})
    for one in wanted:
        refuse_outside(version, one, starts_at=starts_at)
    last = version.steps.aggregate(last=Max("number"))["last"] or 0
    made = [clip(version, one, number=number, at=one.second - starts_at) for number, one in enumerate(wanted, last + 1)]
    written(version, "manual.clip", by=by)
    return made


def refuse_outside(version: ManualVersion, remark: Remark, *, starts_at: int) -> None:
    """Before the film begins, or after it ends where its length is known."""
    at, length = remark.second - starts_at, version.film.duration_seconds if version.film else 0
    if at < 0 or (length and at > length):
        raise Refused(
            _("「%(remark)s」は、動画に写っていない時刻です。動画の始まりが通話の何秒目かを確かめてください。")
            % {"remark": remark},
            field="starts_at",
        )


def clip(version: ManualVersion, remark: Remark, *, number: int, at: int) -> Step:
    """The whole of what was said stands in the text where the title is too short for it."""
    title = remark.text[:LONGEST_TITLE]
    text = remark.text if len(remark.text) > LONGEST_TITLE else ""
    step = Step.objects.create(
        version=version, number=number, mark=new_mark(version.manual), title=title, text=text, at=at, remark=remark
    )
    index_step(step)
    return step
