"""The details of a journal entry in words a reader knows; what has no word here stays out of the page."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firms.verbs import Label
from firms.words.amounts import minutes_words, yen_words
from firms.words.days import day_words


def day(value: str) -> str:
    return day_words(date.fromisoformat(value))


def edition(value: int) -> str:
    return _("第%(n)s版") % {"n": value}


def listed(values: list[str]) -> str:
    return "、".join(values)


def minutes_marked(marks: list[Mapping[str, Any]]) -> str:
    """矢口 架空 6時間、池上 架空 5時間40分（5時間から訂正：受付の名簿）"""
    return listed([marked(mark) for mark in marks])


def marked(mark: Mapping[str, Any]) -> str:
    told = {**mark, **{part: minutes_words(mark[part]) for part in ("minutes", "before") if part in mark}}
    if "before" not in mark:
        return _("%(name)s %(minutes)s") % told
    return _("%(name)s %(minutes)s（%(before)sから訂正：%(reason)s）") % told


WORDS: dict[str, tuple[Label, Callable[[Any], str]]] = {
    "number": (gettext_lazy("版"), edition),
    "amount_yen": (gettext_lazy("金額"), yen_words),
    "filed_on": (gettext_lazy("届いた日"), day),
    "destroyed_on": (gettext_lazy("廃棄した日"), day),
    "how": (gettext_lazy("方法"), str),
    "sha256": (gettext_lazy("SHA-256"), str),
    "decided_on": (gettext_lazy("決定日"), day),
    "leave": (gettext_lazy("休業"), str),
    "leave_from": (gettext_lazy("最初の日"), day),
    "leave_until": (gettext_lazy("最後の日"), day),
    "paid_on": (gettext_lazy("支払われた日"), day),
    "receipt_number": (gettext_lazy("受付番号"), str),
    "notice_number": (gettext_lazy("通知書番号"), str),
    "contact": (gettext_lazy("担当者"), str),
    "change": (gettext_lazy("変更"), str),
    "corrected": (gettext_lazy("訂正"), listed),
    "reason": (gettext_lazy("理由"), str),
    "who": (gettext_lazy("氏名"), str),
    "position": (gettext_lazy("立場"), str),
    "receiver": (gettext_lazy("リンクの宛先"), str),
    "side": (gettext_lazy("当事者"), str),
    "requirements": (gettext_lazy("要件"), listed),
    "number_of_people": (gettext_lazy("人数"), str),
    "marks": (gettext_lazy("受講時間"), minutes_marked),
}


def register_words(words: Mapping[str, tuple[Label, Callable[[Any], str]]]) -> None:
    """Called by each app in AppConfig.ready for what only it can tell."""
    WORDS.update(words)


def moment(value: str) -> str:
    """2027-02-10 10:00–17:00 → 2027年2月10日 10:00–17:00"""
    on, _space, clock = value.partition(" ")
    return f"{day(on)} {clock}"


def in_words(details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and text of each detail, in the order of WORDS; then what was changed into what."""
    told = [(str(label), say(details[name])) for name, (label, say) in WORDS.items() if details.get(name)]
    return told + changed(details.get("before"), details.get("after"))


def changed(before: object, after: object) -> list[tuple[str, str]]:
    """A lesson keeps its facts by name, a working pattern its week as lines; anything else has no words."""
    match before, after:
        case {"time": str(old)}, {"time": str(new)} if old != new:
            return [(_("日時"), f"{moment(old)} → {moment(new)}")]
        case [*old_week], [*new_week] if old_week != new_week:
            return [(_("変更前"), week(old_week)), (_("変更後"), week(new_week))]
    return []


def week(lines: list[object]) -> str:
    """A day without a break was kept with the words of none."""
    return listed([str(line).replace(" (None–None)", "") for line in lines])
