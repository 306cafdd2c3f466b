"""The server does not start with a broken file of figures."""

import shutil
import subprocess
import sys

import pytest
from django.conf import settings

START = """
import pathlib, sys
from importlib import import_module
tables = import_module(sys.argv[1] + ".rules.tables")
setattr(tables, sys.argv[2], pathlib.Path(sys.argv[3]))
import django
django.setup()
"""


@pytest.mark.parametrize(
    ("app", "folder", "file"),
    [("trials", "law", "dispatch"), ("trials", "programmes", "ward"), ("mentors", "law", "withholding")],
)
def test_broken_figure_is_refused_at_start_with_file_line_and_reason(tmp_path, app, folder, file):
    copy = shutil.copytree(settings.BASE_DIR / app / folder, tmp_path / folder)
    path = copy / f"{file}.toml"
    lines = path.read_text().splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.lstrip().startswith("{"))
    lines[number - 1] = lines[number - 1].replace("source", "sauce")
    path.write_text("\n".join(lines))

    started = subprocess.run(
        [sys.executable, "-c", START, app, folder.upper(), str(copy)],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode == 1
    last = started.stderr.splitlines()[-1]
    assert last.startswith(f"firms.rules.loading.FiguresError: {file}.toml:{number}行目: ")
    assert last.endswith("sauce という項目はありません。")
