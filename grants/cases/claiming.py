"""The steps of a claim that are the same whatever the case is about, trainings apart: fixed, handed in, or too late."""

from datetime import date

from firms.words.days import day_words
from firms.words.saying import said as _
from grants.cases.guide import Guide, Situation


def to_fix(now: Situation, *, freeze: str, other_label: str, other: str, until: date) -> Guide:
    """`freeze` and `other`: the names of their pages."""
    return Guide(
        title=_("支給申請を確かめて確定する"),
        text=_("要件と金額を下の表で確かめ、すべて満たしていれば確定します。"),
        label=_("支給申請を確定する"),
        url=now.url(freeze),
        posts=True,
        confirm=_("いまの内容で支給申請を確定します。よろしいですか。"),
        other_label=other_label,
        other_url=now.url(other),
        until=until,
    )


def to_hand_in(now: Situation, *, file: str) -> Guide:
    return Guide(
        title=_("支給申請を労働局へ出す"),
        text=_("様式と添付書類をそろえて提出し、届いた日（到達日）を記録します。"),
        label=_("様式を受け取る"),
        url=now.url("papers"),
        other_label=_("提出したので申請日を記録する"),
        other_url=now.url(file),
        until=now.claim.last if now.claim else None,
    )


def overdue(now: Situation, last: date, *, file: str, more: str = "") -> Guide:
    """What arrived in time can still be written down."""
    text = _("支給申請の期限は %(day)s でした。過ぎた後の申請は受け付けられません。") % {"day": day_words(last)}
    return Guide(
        title=_("支給申請の期限を過ぎました"),
        text=text + more,
        label=_("期限までに届いた申請を記録する"),
        url=now.url(file),
        other_label=_("案件を取りやめる"),
        other_url=now.url("case_drop"),
    )
