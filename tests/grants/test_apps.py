"""The server does not start with a broken scheme file."""

import shutil
import subprocess
import sys

from django.conf import settings

from grants.rules.loading import FOLDER

START = """
import pathlib, sys
from grants.rules import loading
loading.FOLDER = pathlib.Path(sys.argv[1])
import django
django.setup()
"""


def test_broken_scheme_file_is_refused_at_start_with_file_line_and_reason(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "schemes")
    scheme = folder / "trial.toml"
    lines = scheme.read_text().splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.lstrip().startswith("{"))
    lines[number - 1] = lines[number - 1].replace("source", "sauce")
    scheme.write_text("\n".join(lines))

    started = subprocess.run(
        [sys.executable, "-c", START, str(folder)],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode == 1
    assert started.stderr.splitlines()[-1] == (
        f"firms.rules.loading.FiguresError: trial.toml:{number}行目: 「amount」のsauce という項目はありません。"
    )
