"""The scripts: set-up with nothing to do does nothing, and the lock says what pyproject.toml asks for."""

import re
import subprocess
import tomllib

import pytest

from lms.supervisor import HOME

LOCK = HOME / "requirements.lock"


def test_setup_with_nothing_to_do_says_nothing():
    done = subprocess.run(["script/setup"], cwd=HOME, check=False, capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_setup_refuses_an_option_it_does_not_know():
    done = subprocess.run(["script/setup", "--all"], cwd=HOME, check=False, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (1, "setup: unknown option --all; there are --browser and --clock\n")


@pytest.mark.parametrize("name", ["setup", "server", "test", "format", "lock", "bench", "manage", "fuzz", "mutate"])
def test_scripts_are_bash_that_parses(name):
    done = subprocess.run(["bash", "-n", f"script/{name}"], cwd=HOME, check=False, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_lock_holds_every_package_asked_for():
    project = tomllib.loads((HOME / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    locked = set(re.findall(r"^([a-z0-9-]+)==", LOCK.read_text(), re.MULTILINE))

    assert {re.match(r"[a-z0-9-]+", line)[0] for line in asked} - locked == set()


def test_lock_has_a_hash_for_every_package():
    packages = re.split(r"^(?=[a-z0-9-]+==)", LOCK.read_text(), flags=re.MULTILINE)

    assert [package.split()[0] for package in packages if package.strip() and "--hash=sha256:" not in package] == []
