"""A test that starts programs ends, whatever they do."""

import subprocess
import sys

import pytest

from tests.processes import run_with_its_children

CHILD = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])"


def test_a_program_that_leaves_a_child_behind_is_waited_for_alone():
    done = run_with_its_children([sys.executable, "-c", f"{CHILD}; print('done')"], seconds=60)

    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")


def test_a_program_that_does_not_end_is_ended_with_its_children():
    with pytest.raises(subprocess.TimeoutExpired):
        run_with_its_children([sys.executable, "-c", f"{CHILD}.wait()"], seconds=1)


def test_a_test_that_stands_still_is_told_and_ended(pytester_like):
    done = pytester_like("import time\n\ndef test_still():\n    time.sleep(60)\n", "-o", "faulthandler_timeout=1")

    assert done.returncode == 1
    assert "Timeout (0:00:01)!" in done.stderr
    assert "in test_still" in done.stderr


@pytest.fixture
def pytester_like(tmp_path, pytestconfig):
    """pytest in a process of its own, by the rules of this project's `pyproject.toml` that concern time."""

    def ask(text, *options):
        (tmp_path / "test_one.py").write_text(text)
        exits = "true" if pytestconfig.getini("faulthandler_exit_on_timeout") else "false"
        command = [
            sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:cacheprovider", "-o", "addopts=", "-c", "none.ini", "--rootdir",
            str(tmp_path), "-o", f"faulthandler_exit_on_timeout={exits}", *options, "test_one.py",
        ]  # fmt: skip
        (tmp_path / "none.ini").write_text("[pytest]\n")
        return run_with_its_children(command, seconds=60, cwd=tmp_path)

    return ask
