"""README, docs/operate.md, the units and the container name the same variables the settings read."""

import re
import tomllib
from pathlib import Path

import pytest

from lms.running.serve import PROGRAMS, main
from tests.house import HOME, SHELF_PYTHON, name_of, text

READ = re.compile(r"""(?:env_text|env_list|env_truth|environ\.get)\(\s*["']([A-Z][A-Z0-9_]+)""")
OPERATE = text(HOME / "docs" / "operate.md")
TABLE = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", "\n".join(re.findall(r"^\| (`[^|]+) \|", OPERATE, re.M))))
EXAMPLE = HOME / "deploy" / "takumi.env.example"
CONTAINER = HOME / "deploy" / "Containerfile"
UNITS = sorted((HOME / "deploy").glob("*.service"))
SET = re.compile(r"\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)=(?!=)")
# Read by the programs that are called, not by us.
OF_OTHERS = {"DEBIAN_FRONTEND", "TAKUMI_PICTURES", "PIP_INDEX_URL"}


def read_by_code():
    site = [path for path in SHELF_PYTHON if name_of(path).startswith("lms/")]
    return {name for path in site for name in READ.findall(text(path))}


def test_the_guide_names_every_variable_the_site_reads_and_no_other():
    assert read_by_code() == TABLE


@pytest.mark.parametrize("path", [HOME / "README.md", EXAMPLE, CONTAINER, HOME / "docs" / "operate.md"], ids=name_of)
def test_what_is_set_anywhere_is_read(path):
    assert set(SET.findall(text(path))) - OF_OTHERS <= TABLE


def test_the_example_is_a_site_that_check_deploy_would_take():
    lines = dict(line.split("=", 1) for line in text(EXAMPLE).splitlines() if line and not line.startswith("#"))

    assert (lines["TAKUMI_DEMO"], lines["BEHIND_PROXY"], lines["LOG_FORMAT"]) == ("0", "1", "json")
    assert lines["SECRET_KEY"] == lines["METRICS_TOKEN"] == ""  # nobody runs with a key out of a repository


def test_units_and_container_start_the_programs_there_are():
    started = {re.search(r"script/run (\w+)", text(path))[1] for path in UNITS}

    assert started == {"web", "worker"}
    assert 'ENTRYPOINT ["script/run"]' in text(CONTAINER)
    assert set(re.findall(r"script/run (\w+)", OPERATE)) == set(PROGRAMS)


def test_units_and_container_keep_their_state_in_one_place():
    place = dict(line.split("=", 1) for line in text(EXAMPLE).splitlines() if line.startswith("TAKUMI_VAR"))[
        "TAKUMI_VAR"
    ]

    assert all(f"ReadWritePaths={place}" in text(path) for path in UNITS)
    assert f"VOLUME {place}" in text(CONTAINER)
    assert f"TAKUMI_VAR={place}" in text(CONTAINER)


def test_the_container_installs_what_setup_installs():
    wanted = set(re.findall(r'"(lib[\w.-]+)":|echo (fonts-[\w-]+)', text(HOME / "script" / "setup")))
    named = {library or font for library, font in wanted}

    assert len(named) == 5
    assert [name for name in sorted(named) if name not in text(CONTAINER)] == []


def test_the_containers_python_is_one_the_project_takes():
    version = tuple(map(int, re.search(r"FROM python:(\d+)\.(\d+)", text(CONTAINER)).groups()))
    accepted = tomllib.loads(text(HOME / "pyproject.toml"))["project"]["requires-python"]

    assert accepted == ">=3.12,<3.15"
    assert (3, 12) <= version < (3, 15)


@pytest.mark.parametrize("words", [[], ["beat"], ["web", "worker"]])
def test_an_unknown_program_is_refused(words):
    with pytest.raises(SystemExit, match="script/run web"):
        main(words)


def test_commands_of_the_guide_exist():
    commands = {path.stem for path in Path(HOME).glob("*/management/commands/*.py")} | {"migrate", "check"}

    assert set(re.findall(r"script/manage (\w+)", OPERATE)) <= commands
