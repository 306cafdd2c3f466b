"""Days, money and minutes are written in one manner; what is written otherwise in a text that people read."""

import re

AROUND = r".{0,30}%s.{0,20}"
OTHERWISE = {
    # A day as 2027-02-16 or 2027/02/16 is for machines and tables: people read 2027年2月16日. A page may quote what a
    # file holds: 「2027/2/3」.
    "day": r"(?<![\d「/-])\d{4}([-/.])\d{1,2}\1\d{1,2}(?![\d/-])",
    "zero": r"(?:年0\d月|月0\d日)",
    # 58,000円
    "sign": r"[¥￥]\s?\d",
    "comma": r"(?<![\d,.])\d{4,}円",
    "space": r"\d[ 　]円",
    # 9時間36分, 6時間, 40分; a reckoning divides minutes by minutes.
    "no minutes": r"\d時間0{1,2}分",
    "padded": r"\d時間0\d分",
    "no hours": r"(?<!\d)0時間\d",
    "fraction": r"\d\.\d+時間",
    "in minutes": r"(?<![\d,.])(?:[6-9]\d|\d{3,})分(?! ?[÷＋−=])",
}
PATTERNS = [re.compile(AROUND % pattern) for pattern in OTHERWISE.values()]


def otherwise_in(text):
    return sorted({found.group().strip() for pattern in PATTERNS for found in pattern.finditer(text)})
