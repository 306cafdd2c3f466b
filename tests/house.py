"""The files of the project, as the house rules look at them."""

import ast
import re
import subprocess
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
SHELVES = ["bench", "demo", "lms", "grants", "courses", "mentors", "trials", "firms"]


def listed_files() -> list[Path]:
    """Every file git keeps or would keep."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=HOME, check=True, capture_output=True, text=True).stdout.split("\0")
    return [path for name in names if name and (path := HOME / name).is_file()]


FILES = listed_files()
PYTHON = [path for path in FILES if path.suffix == ".py" and "migrations" not in path.parts]
SHELF_PYTHON = [path for path in PYTHON if path.relative_to(HOME).parts[0] in SHELVES]
TEMPLATES = [path for path in FILES if "templates" in path.parts and path.suffix in {".html", ".txt", ".svg", ".xml"}]
TEXT_SUFFIXES = {
    "",
    ".py",
    ".html",
    ".css",
    ".js",
    ".toml",
    ".md",
    ".txt",
    ".conf",
    ".lock",
    ".yml",
    ".yaml",
    ".json",
    ".svg",
}
TEXTS = [path for path in FILES if path.suffix in TEXT_SUFFIXES]


def name_of(path: Path) -> str:
    return str(path.relative_to(HOME))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def line_count(path: Path) -> int:
    return len(text(path).splitlines())


def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), filename=str(path))


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(text(path).splitlines(), 1)
        if pattern.search(line)
    ]
