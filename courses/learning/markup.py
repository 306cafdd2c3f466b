"""Texts of units: headings (「# 」「## 」), lists (「- 」「1. 」) and paragraphs; everything else is shown as it is written."""

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

NUMBERED = re.compile(r"\d{1,3}[.．]\s*(\S.*)")
BULLET = re.compile(r"(?:[-*]\s+|・\s*)(\S.*)")
HEADING = re.compile(r"(#{1,2})\s*([^#\s].*)")


def as_html(text: str) -> SafeString:
    """Nothing of the text reaches the page unescaped."""
    return format_html_join("\n", "{}", ((block,) for part in re.split(r"\n\s*\n", text) for block in part_of(part)))


def part_of(part: str) -> Iterator[SafeString]:
    lines = [line.strip() for line in part.splitlines() if line.strip()]
    for shape, group in groupby(lines, key=shape_of):
        yield BLOCKS[shape](list(group))


def shape_of(line: str) -> str:
    shapes = {"heading": HEADING, "bullet": BULLET, "numbered": NUMBERED}
    return next((name for name, pattern in shapes.items() if pattern.fullmatch(line)), "plain")


def headings(lines: list[str]) -> SafeString:
    """The page itself holds h1; a unit's headings begin below."""
    found = (HEADING.fullmatch(line) for line in lines)
    return format_html_join("\n", "<h{0}>{1}</h{0}>", ((len(m[1]) + 1, m[2]) for m in found if m))


def bullets(lines: list[str]) -> SafeString:
    found = (BULLET.fullmatch(line) for line in lines)
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((m[1],) for m in found if m)))


def numbered(lines: list[str]) -> SafeString:
    found = (NUMBERED.fullmatch(line) for line in lines)
    return format_html("<ol>{}</ol>", format_html_join("", "<li>{}</li>", ((m[1],) for m in found if m)))


def paragraph(lines: list[str]) -> SafeString:
    return format_html("<p>{}</p>", format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines)))


BLOCKS = {"heading": headings, "bullet": bullets, "numbered": numbered, "plain": paragraph}
