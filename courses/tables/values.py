"""Cells become dates, times and minutes, however they were typed; each distinct text is understood once."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from courses.tables.grids import Cell

# The day before Excel's first; its serial numbers count from there since it takes 1900 for a leap year.
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(20_000, 80_000)
FIRST_YEARS_OF_EXCEL = 1904
SECONDS_OF_DAY = 24 * 60 * 60
LAST_MINUTE = 24 * 60 - 1
# The year before the first of each era.
ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
ERA_DAY = re.compile(r"(令和|平成|昭和|[RHS])\.?(元|\d{1,2})[年./-](\d{1,2})[月./-](\d{1,2})日?")
PLAIN_DAY = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?")
PACKED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
AFTER_DAY = re.compile(r"(\([^)]*\)|[T ]0{1,2}:00(:00)?(\.0+)?)$")
CLOCK = re.compile(
    r"(午前|午後|AM|PM)?(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?|時(?:(\d{1,2})分?|(半))?)(AM|PM)?"
)
CLOCK_OF_MINUTES = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})")
DAY_BEFORE_CLOCK = re.compile(
    r"((?:\d{4}|(?:令和|平成|昭和|[RHS])\.?(?:元|\d{1,2}))[年./-]\d{1,2}[月./-]\d{1,2}日?)\s*(?:\([^)]*\))?[T\s]*(?=\D*\d{1,2}[:時])",
    re.I,
)
SPELT_MINUTES = re.compile(r"(?:(\d{1,2})(?:時間|:))?(?:(\d{1,4})分?)?")

PRESENT = frozenset("出席 出 ○ ◯ 〇 ◎ o 1 present yes true on はい 参加 受講 ✓ ✔ ☑ ✅ ■ レ".split())
# Leave of absence is no presence: nobody sat there, whatever the reason.
ABSENT = frozenset(
    "欠席 欠 欠勤 休 休み × ✕ ✗ ✘ ✖ x 0 absent no false off いいえ 不参加 不在 ☐ □ "
    "公欠 公休 忌引 忌引き 病欠 出席停止 出停 無断欠席 無断 欠席(公欠) 欠席(病欠) 欠席(病気) 欠席(忌引) 欠席(無断)".split()
)
# What people write where there is nothing to say; of the attendance itself it means absent.
DASHES = frozenset("- ー ― – — ‐ −".split())
NOTHING = DASHES | {"なし", "無し", "無"}
PARTS = {"遅刻": "late", "遅参": "late", "遅": "late", "late": "late", "tardy": "late"} | {
    "早退": "early",
    "早": "early",
    "leftearly": "early",
    "early": "early",
}
PART = re.compile(rf"({'|'.join(PARTS)})[:(]?((?:\d{{1,2}}時間)?(?:\d{{1,3}}分)?)\)?")
BESIDE_PART = re.compile(r"[・、,/+&と]")
ATTENDED_IN_PART = re.compile(r"出席?\((.*)\)")
UNSAID_PARTS = frozenset("△ ▲".split())


class Unclear(ValueError):
    """A cell that cannot be understood."""


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Half-width letters and digits, no space around; the mark that keeps Excel from reading a formula is taken off."""
    return unicodedata.normalize("NFKC", text).strip().removeprefix("'").strip()


def words(cell: Cell) -> str:
    """What stands in a cell as text; whole numbers without their point."""
    if isinstance(cell, str):
        return folded(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def day_of(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = words(cell)
    return spelt_day(text) if text else None


@lru_cache(maxsize=10_000)
def spelt_day(text: str) -> date:
    plain = AFTER_DAY.sub("", text).replace(" ", "").upper()
    try:
        if match := ERA_DAY.fullmatch(plain):
            era, year, month, day = match.groups()
            return date(ERAS[era] + (1 if year == "元" else int(year)), int(month), int(day))
        if match := PLAIN_DAY.fullmatch(plain) or PACKED_DAY.fullmatch(plain):
            year, month, day = match.groups()
            return date(int(year), int(month), int(day))
        if (serial := int(float(plain))) in EXCEL_DAYS:
            return EXCEL_EPOCH + timedelta(days=serial)
    except ValueError:
        pass
    raise Unclear(text)


def left_of(cell: Cell) -> time | None:
    """When somebody went: the last whole minute they were there."""
    clock = clock_of(cell)
    return clock.replace(second=0) if clock else None


def came_of(cell: Cell) -> time | None:
    """When somebody came: the first whole minute they were there, so that no second is counted in their favour."""
    clock = clock_of(cell)
    if clock is None or not clock.second:
        return clock
    following = clock.hour * 60 + clock.minute + 1
    return time(*divmod(min(following, LAST_MINUTE), 60))


def day_beside_clock(cell: Cell) -> date | None:
    """The day that stands with a clock in one cell, if any; Excel gives clocks without a day one at its beginning."""
    if isinstance(cell, datetime):
        return cell.date() if cell.year > FIRST_YEARS_OF_EXCEL else None
    if isinstance(cell, float) and int(cell) in EXCEL_DAYS:
        return EXCEL_EPOCH + timedelta(days=int(cell))
    return parted_clock(words(cell))[0] if isinstance(cell, str) else None


@lru_cache(maxsize=10_000)
def parted_clock(text: str) -> tuple[date | None, str]:
    """`2026/2/3 10:00` as its day and its clock."""
    match = DAY_BEFORE_CLOCK.match(text)
    return (spelt_day(match.group(1)), text[match.end() :]) if match else (None, text)


def clock_of(cell: Cell) -> time | None:
    """A time of day to the second."""
    if isinstance(cell, datetime):
        return cell.time().replace(microsecond=0)
    if isinstance(cell, time):
        return cell.replace(microsecond=0)
    if isinstance(cell, timedelta):
        return fraction_of_day(cell / timedelta(days=1))
    if isinstance(cell, float) and int(cell) in EXCEL_DAYS:
        return fraction_of_day(cell - int(cell))
    _day, text = parted_clock(words(cell))
    return spelt_clock(text) if text and text not in NOTHING else None


@lru_cache(maxsize=10_000)
def spelt_clock(text: str) -> time:
    plain = text.replace(" ", "").upper()
    match = CLOCK.fullmatch(plain)
    try:
        if match is None:
            return fraction_of_day(float(plain))
        before, hour, minute, seconds, spelt, half, after = match.groups()
        hours = int(hour)
        if before or after:
            hours = hours % 12 + (12 if before == "午後" or "PM" in (before, after) else 0)
        return time(hours, 30 if half else int(minute or spelt or 0), int(seconds or 0))
    except ValueError:
        raise Unclear(text) from None


def fraction_of_day(value: float) -> time:
    """Excel's own time: the part of a day, to the nearest second since it is kept inexactly."""
    if not 0 <= value < 1:
        raise Unclear(str(value))
    minutes, second = divmod(min(round(value * SECONDS_OF_DAY), SECONDS_OF_DAY - 1), 60)
    return time(*divmod(minutes, 60), second)


def minutes_of(cell: Cell) -> int | None:
    """Minutes somebody missed: one that was begun is a whole one."""
    if isinstance(cell, timedelta):
        return -(-round(cell.total_seconds()) // 60)
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute + bool(cell.second)
    text = words(cell)
    return spelt_minutes(text) if text and text not in NOTHING else None


@lru_cache(maxsize=10_000)
def spelt_minutes(text: str) -> int:
    plain = text.replace(" ", "")
    if match := CLOCK_OF_MINUTES.fullmatch(plain):
        hours, minutes, seconds = match.groups()
        return int(hours) * 60 + int(minutes) + bool(int(seconds))
    match = SPELT_MINUTES.fullmatch(plain)
    if match is None or not any(match.groups()):
        raise Unclear(text)
    hours, minutes = match.groups()
    return int(hours or 0) * 60 + int(minutes or 0)


@dataclass(frozen=True)
class Presence:
    """What a mark says: there or not; `parts` names what is missing of the whole (`late`, `early`, or `either`)."""

    present: bool
    parts: frozenset[str] = frozenset()
    late: int | None = None
    early: int | None = None


def presence_of(cell: Cell) -> Presence | None:
    """None where nothing is said."""
    text = words(cell)
    return spelt_presence(text) if text else None


@lru_cache(maxsize=1_000)
def spelt_presence(text: str) -> Presence:
    plain = text.replace(" ", "").lower()
    if plain in PRESENT:
        return Presence(present=True)
    if plain in ABSENT or plain in DASHES:
        return Presence(present=False)
    if plain in UNSAID_PARTS:
        return Presence(present=True, parts=frozenset({"either"}))
    return spelt_parts(plain)


def spelt_parts(text: str) -> Presence:
    """遅刻, 早退15分, 出席(遅刻・早退) or 遅刻30分早退15分."""
    inside = ATTENDED_IN_PART.fullmatch(text)
    plain = BESIDE_PART.sub("", inside.group(1) if inside else text)
    told = {PARTS[word]: spelt_minutes(minutes) if minutes else None for word, minutes in PART.findall(plain)}
    if not told or PART.sub("", plain):
        raise Unclear(text)
    return Presence(present=True, parts=frozenset(told), late=told.get("late"), early=told.get("early"))
