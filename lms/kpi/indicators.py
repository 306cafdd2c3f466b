"""The indicators of a fiscal year: which columns each has, which target, and from which rows it is counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from firms.words.saying import said as _
from lms.kpi import money, process, training, trials
from lms.kpi.definitions import definition
from lms.kpi.reckoning import Column
from trials.models import Round
from trials.queries.numbers import DENOMINATOR_WORDS, LASTING_WORDS
from trials.rules import Definition

if TYPE_CHECKING:
    from pandas import DataFrame

PIECES, PEOPLE, FIRMS = gettext_lazy("件"), gettext_lazy("人"), gettext_lazy("社")
TIMES, MINUTES, YEN = gettext_lazy("回"), gettext_lazy("分"), gettext_lazy("円")
DAYS, PERCENT = gettext_lazy("日"), "%"


@dataclass(frozen=True)
class Asked:
    """What every frame is asked for: a fiscal year of a ward, as it stands that day."""

    year: int
    ward: int
    on: date
    rounds: list[Round]
    definition: Definition
    firms: "DataFrame"

    @cached_property
    def trials(self) -> "DataFrame":
        """Read once for conversion and retention."""
        return trials.stages(self.rounds, self.firms, on=self.on)

    @cached_property
    def taught(self) -> "DataFrame":
        """Read once for participants and hours."""
        return training.taught(self.year)


@dataclass(frozen=True)
class Target:
    """`of` is the column it is put against."""

    number: int
    of: str
    is_ceiling: bool = False


def no_target(asked: Asked) -> Target | None:
    return None


def nothing_more(by: Definition) -> str:
    return ""


@dataclass(frozen=True)
class Indicator:
    """`precise` says of the definition what the rounds of the year froze."""

    code: str
    title: str | Promise
    rows: Callable[[Asked], "DataFrame"]
    columns: Sequence[Column]
    target: Callable[[Asked], Target | None] = no_target
    precise: Callable[[Definition], str] = nothing_more


def conversion_target(asked: Asked) -> Target:
    return Target(asked.definition.target_percent, f"rate_{asked.definition.target_of}")


def conversion_precisely(by: Definition) -> str:
    told = {"days": by.within_days, "of": DENOMINATOR_WORDS[by.target_of]}
    return _("この年度は終了日から%(days)s日以内、目標に照らす分母は「%(of)s」。") % told


def retention_precisely(by: Definition) -> str:
    return _("この年度は雇入れから%(months)sか月の日で数える。") % {"months": by.retained_months}


def unknown_ceiling(asked: Asked) -> Target:
    return Target(definition("retention.unknown_percent", asked.year).whole, "unknown_share", is_ceiling=True)


CONVERSION = Indicator(
    "conversion",
    gettext_lazy("正規雇用転換率"),
    lambda asked: asked.trials,
    (
        Column("started", gettext_lazy("開始"), PIECES, "rows", "started"),
        Column("finished", gettext_lazy("修了"), PIECES, "rows", "finished"),
        Column("answered", gettext_lazy("双方回答"), PIECES, "rows", "answered"),
        Column("converted", gettext_lazy("転換"), PIECES, "rows", "converted"),
        Column(
            "rate_started",
            gettext_lazy("転換率／開始"),
            PERCENT,
            "share",
            "converted_started",
            whole="started",
        ),
        Column(
            "rate_finished",
            gettext_lazy("転換率／修了"),
            PERCENT,
            "share",
            "converted_finished",
            whole="finished",
        ),
        Column(
            "rate_answered",
            gettext_lazy("転換率／双方回答"),
            PERCENT,
            "share",
            "converted_answered",
            whole="answered",
        ),
        Column("people", gettext_lazy("開始（人）"), PEOPLE, "rows", "people_started"),
        Column(
            "people_rate_started",
            gettext_lazy("人の率／開始"),
            PERCENT,
            "share",
            "people_converted_started",
            whole="people_started",
        ),
        Column(
            "people_rate_finished",
            gettext_lazy("人の率／修了"),
            PERCENT,
            "share",
            "people_converted_finished",
            whole="people_finished",
        ),
        Column(
            "people_rate_answered",
            gettext_lazy("人の率／双方回答"),
            PERCENT,
            "share",
            "people_converted_answered",
            whole="people_answered",
        ),
    ),
    target=conversion_target,
    precise=conversion_precisely,
)
RETENTION = Indicator(
    "retention",
    gettext_lazy("定着率"),
    lambda asked: asked.trials,
    (
        Column("due", gettext_lazy("確認の日が来た"), PEOPLE, "rows", "due"),
        *(Column(name, word, PEOPLE, "rows", name) for name, word in LASTING_WORDS.items()),
        Column("retained_share", gettext_lazy("定着率"), PERCENT, "share", "retained", whole="due"),
        Column("unknown_share", gettext_lazy("わからない人の割合"), PERCENT, "share", "unknown", whole="due"),
    ),
    target=unknown_ceiling,
    precise=retention_precisely,
)
PARTICIPANTS = Indicator(
    "participants",
    gettext_lazy("研修延べ参加者"),
    lambda asked: training.participants(asked.year, asked.taught, asked.firms),
    (
        Column("came", gettext_lazy("延べ参加者"), PEOPLE, "rows", "came"),
        Column("unique", gettext_lazy("実人数"), PEOPLE, "people", "came"),
        Column("sessions", gettext_lazy("延べ出席（コマ）"), TIMES, "sum", "taught", value="sessions"),
        Column("completed", gettext_lazy("修了者"), PEOPLE, "rows", "completed"),
        Column("completed_share", gettext_lazy("修了の割合"), PERCENT, "share", "completed", whole="came"),
    ),
    target=lambda asked: Target(definition("participants.target", asked.year).whole, "came"),
)
ARCHIVE = Indicator(
    "archive",
    gettext_lazy("技能アーカイブ支援実施企業数"),
    lambda asked: money.archives(asked.year, asked.ward, asked.firms),
    (
        Column("fixed", gettext_lazy("額の確定を受けた企業"), FIRMS, "people", "fixed"),
        Column("decided", gettext_lazy("交付決定を受けた企業"), FIRMS, "people", "decided"),
        Column("yen", gettext_lazy("確定額"), YEN, "sum", "fixed", value="yen"),
    ),
    target=lambda asked: Target(definition("archive.target", asked.year).whole, "fixed"),
)
TIME = Indicator(
    "hours",
    gettext_lazy("研修と実技指導の時間"),
    lambda asked: training.hours(asked.year, asked.ward, asked.taught, asked.firms),
    (
        Column("hours", gettext_lazy("合計"), MINUTES, "sum", "both", value="minutes"),
        Column("in_class", gettext_lazy("講座"), MINUTES, "sum", "in_class", value="minutes"),
        Column("by_mentor", gettext_lazy("実技指導"), MINUTES, "sum", "by_mentor", value="minutes"),
        Column("people", gettext_lazy("受けた人"), PEOPLE, "people", "both"),
    ),
)
MONEY = Indicator(
    "money",
    gettext_lazy("助成金の額"),
    lambda asked: money.grants(asked.year, asked.firms),
    (
        Column("expected", gettext_lazy("見込"), YEN, "sum", "expected", value="yen"),
        Column("claimed", gettext_lazy("申請"), YEN, "sum", "claimed", value="yen"),
        Column("decided", gettext_lazy("決定"), YEN, "sum", "decided", value="yen"),
        Column("paid", gettext_lazy("入金"), YEN, "sum", "paid", value="yen"),
        Column("refused", gettext_lazy("不支給"), PIECES, "rows", "refused"),
    ),
)
REFUSALS = Indicator(
    "refusals",
    gettext_lazy("不支給の原因"),
    lambda asked: money.causes(asked.year, asked.firms),
    (Column("refused", gettext_lazy("件数"), PIECES, "rows", "refused"),),
)
HELP = Indicator(
    "help",
    gettext_lazy("必要から支援までの日数"),
    lambda asked: process.waits(asked.year, asked.ward, asked.firms),
    (
        Column("helped", gettext_lazy("始まった支援"), PIECES, "rows", "helped"),
        Column("days", gettext_lazy("日数の中央値"), DAYS, "median", "helped", value="days"),
    ),
)
PROCESS = Indicator(
    "process",
    gettext_lazy("手続きが期限内に終わる割合"),
    lambda asked: process.handed_in(asked.year, asked.ward, asked.firms),
    (
        Column("handed_in", gettext_lazy("届いたもの"), PIECES, "rows", "handed_in"),
        Column("kept", gettext_lazy("期限内"), PIECES, "rows", "kept"),
        Column("share", gettext_lazy("期限内の割合"), PERCENT, "share", "kept", whole="handed_in"),
    ),
)
INDICATORS = (CONVERSION, PARTICIPANTS, ARCHIVE, RETENTION, TIME, MONEY, REFUSALS, HELP, PROCESS)
