"""安全衛生教育の記録 and 評価シート: what was taught before dangerous work, and how the work goes as three sides see it."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from firms.words.amounts import minutes_words
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.models import Evaluation, EvaluationPoint, Placement, SafetyTeaching
from trials.models.papers import GRADED
from trials.papers.sheets import UNTOLD, lines, party_of, sheet, table, term_of
from trials.shapes import SectionFacts, SheetFacts
from trials.states import THREE


def safety_record(placement: Placement, on: date) -> SheetFacts:
    assert placement.host is not None
    assert placement.posting is not None
    return sheet(
        _("安全衛生教育の記録"),
        to=_("%(name)s 様") % {"name": placement.person.full_name},
        sender=party_of(placement.host),
        on=on,
        law="労働安全衛生法59条; 労働安全衛生規則35条・36条・38条; 労働者派遣法45条",
        sections=[
            lines(
                _("教育を受けた人"),
                [
                    (_("氏名"), placement.person.full_name),
                    (_("仕事の内容"), placement.posting.work),
                    (_("使う設備"), placement.posting.equipment or _("なし")),
                    (_("派遣元"), placement.agency.name),
                    (
                        _("就労を始めた日"),
                        day_words(placement.started_on) if placement.started_on else UNTOLD,
                    ),
                ],
            ),
            *(taught(one) for one in placement.safety_teachings.all()),
        ],
        notes=[_("雇入れ時の教育は派遣元、作業内容を変えたときの教育は両者、特別教育は派遣先が行います。")],
    )


def taught(one: SafetyTeaching) -> SectionFacts:
    return lines(
        f"{one.get_kind_display()}（{day_words(one.held_on)}）",
        [
            (_("行った側"), one.get_side_display()),
            (_("時間"), minutes_words(one.minutes)),
            (_("内容"), one.content),
            (_("教えた人"), one.teacher),
        ],
    )


def evaluation_sheet(placement: Placement, on: date) -> SheetFacts:
    assert placement.host is not None
    assert placement.posting is not None
    newest = newest_of(placement.evaluations.order_by("number"))
    return sheet(
        _("評価シート"),
        to=_("%(name)s 様") % {"name": placement.person.full_name},
        sender=f"{placement.host.name}\n{placement.agency.name}",
        on=on,
        law=_("区の標準（評価は採否を決めるものではありません）"),
        sections=[
            lines(
                _("対象"),
                [
                    (_("氏名"), placement.person.full_name),
                    (_("受入企業"), placement.host.name),
                    (_("仕事の内容"), placement.posting.work),
                    (_("期間"), term_of(placement)),
                ],
            ),
            *(
                section
                for point in EvaluationPoint
                if any((point, side) in newest for side in THREE)
                for section in sections_of(point, newest)
            ),
        ],
    )


def newest_of(rows: Iterable[Evaluation]) -> dict[tuple[str, str], Evaluation]:
    return {(one.point, one.side): one for one in rows}


def sections_of(point: EvaluationPoint, newest: dict[tuple[str, str], Evaluation]) -> list[SectionFacts]:
    """Each side in a column of its own, and what each has written below."""
    said = [(side, newest.get((point, side))) for side in THREE]
    heads = (_("項目"), *(str(side.label) for side, _one in said))
    graded = [[label_of(name), *(grade_of(one, name) for _side, one in said)] for name in GRADED]
    words = [
        (f"{side.label}（{day_words(timezone.localdate(one.written_at))}）", one.words)
        for side, one in said
        if one is not None
    ]
    return [
        table(_("%(point)sの評価") % {"point": point.label}, heads, graded),
        lines(_("%(point)sの評価の言葉") % {"point": point.label}, words),
    ]


def label_of(name: str) -> str:
    return str(Evaluation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def grade_of(one: Evaluation | None, name: str) -> str:
    return getattr(one, f"get_{name}_display")() if one else _("未記入")
