"""The house rules that no other tool holds: urls closed, templates used, moves total, figures sourced, sizes kept."""

import ast
import re
import sys
import tomllib
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.urls import URLResolver, get_resolver

from tests.house import (
    HOME,
    PYTHON,
    SHELF_PYTHON,
    SHELVES,
    TEMPLATES,
    TEXTS,
    line_count,
    lines_with,
    name_of,
    text,
    tree,
)

# Pages anyone may see: sign-in itself, the parts of our pages, and what tells a machine that the site is alive.
OPEN_PAGES = {
    "read_in",
    "firms:act",
    "firms:act_file",
    "firms:acted",
    "firms:site_text",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "admin:login",
    "calendar:feed",
    "calendar:run_feed",
    "calendar:visits_feed",
    "calendar:trials_feed",
    "courses:badge_file",
    "courses:badge_issuer",
    "courses:badge_key",
    "courses:badge_status",
    "courses:badge_verify",
    "courses:calendar",
    "courses:catalogue",
    "courses:certificate_check",
    "courses:certificate_find",
    "courses:course",
    "courses:run",
    "courses:sitemap",
    "courses:skills",
    "firms:join",
    "firms:newcomer_ask",
    "firms:newcomer_asked",
    "firms:newcomer_confirm",
    "firms:outbox",
    "glossary",
    "health",
    "healthz",
    "mentors:certificate_check",
    "mentors:certificate_find",
    "mentors:register",
    "metrics",
    "mfa_authenticate",
    "robots",
    "style",
    "trials:came",
    "trials:come",
    "trials:welcome",
}
# Django and allauth ask for these by name; no line of ours does.
ASKED_FOR_BY_OTHERS = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
VAGUE_NAMES = {"utils", "helpers", "services", "managers", "mixins", "common"}
FUNCTION_LINES = 50
FILE_LINES = 400
URLS_LINES = 60
# A figure below this, or a power of ten, may as well be a port or the upper end of a field.
TELLING_FIGURE = 10_000
INLINE = {
    "a <style> element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    # A block of JSON-LD is data for search engines: browsers do not run it, and the CSP lets it stand.
    "a script without src": re.compile(r"<script\b(?![^>]*\ssrc=)(?! type=\"application/ld\+json\">)", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.I),  # quoted: {% if one == … %} is none
    "a script in an hx-on attribute": re.compile(r"\shx-on\b", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    # Two acts in one form share its fields: nobody sees whose reason the field holds.
    "a button that sends its form elsewhere": re.compile(r"\sformaction\s*=", re.I),
}
# Written in two pieces, so that this file does not name them itself.
STRANGE_PLACES = re.compile(
    "|".join(["/" + "work/", "/" + "root/", "pypi" + r"\.org", "python" + "hosted", r"\.\./" + "shared"])
)
LEFT_OPEN = re.compile(r"\b(" + "TO" + "DO|FIX" + "ME|X" + r"XX)\b")


# --- urls ---


def patterns(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            yield namespace, pattern


def test_urls_of_ours_have_names():
    ours = [p for _, p in patterns(get_resolver()) if p.callback.__module__.split(".")[0] in SHELVES]

    assert ours
    assert [str(p.pattern) for p in ours if not p.name] == []


def test_urls_are_closed_but_for_the_open_pages():
    found = list(patterns(get_resolver()))

    is_open = {f"{space}{p.name}" for space, p in found if not getattr(p.callback, "login_required", True)}

    assert is_open == OPEN_PAGES


def test_urls_need_a_login():
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in import_module("lms.settings").MIDDLEWARE


# --- templates ---


def template_name(path: Path) -> str:
    return "/".join(path.parts[path.parts.index("templates") + 1 :])


def names_in_python(path: Path):
    """What a module may name: each literal, and each f-string with its holes open."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value.split("#")[0])
        elif isinstance(node, ast.JoinedStr):
            parts = [re.escape(v.value) if isinstance(v, ast.Constant) else r"[\w/-]+" for v in node.values]
            yield "".join(parts).split(r"\#")[0]


def names_in_template(path: Path):
    return (re.escape(name.split("#")[0]) for name in re.findall(r"""["']([\w./#-]+)["']""", text(path)))


def replaces_a_template_of_others(name: str) -> bool:
    others = [Path(app.path) for app in apps.get_app_configs() if app.name not in SHELVES]
    return any((home / "templates" / name).exists() for home in [*others, Path(django.__path__[0]) / "forms"])


def test_templates_are_used():
    used = {
        name for path in SHELF_PYTHON for name in names_in_python(path) if name.endswith(("html", "txt", "svg", "xml"))
    }
    used |= {name for path in TEMPLATES for name in names_in_template(path)}
    asked = re.compile("|".join(sorted(used)) or "nothing")

    unused = [
        name_of(path)
        for path in TEMPLATES
        if (name := template_name(path)) not in ASKED_FOR_BY_OTHERS
        and not asked.fullmatch(name)
        and not replaces_a_template_of_others(name)
    ]

    assert unused == []


@pytest.mark.parametrize("what", INLINE)
def test_templates_hold_no_inline_style_or_script(what):
    assert lines_with(INLINE[what], TEMPLATES) == []


def test_settings_stay_under_two_hundred_lines():
    assert len((HOME / "lms" / "settings.py").read_text().splitlines()) < 200


# --- states ---


def machines():
    for shelf in SHELVES:
        if find_spec(f"{shelf}.states"):
            states = import_module(f"{shelf}.states")
            for choices, moves in states.MOVES.items():
                yield pytest.param(choices, moves, id=f"{shelf}.{choices.__name__}")


MACHINES = list(machines())


@pytest.mark.parametrize(("choices", "moves"), MACHINES)
def test_moves_are_total(choices, moves):
    assert set(moves) == set(choices.values)
    assert set(chain.from_iterable(moves.values())) <= set(choices.values)


@pytest.mark.parametrize(("choices", "moves"), MACHINES)
def test_moves_reach_every_state_from_the_first(choices, moves):
    reached, ahead = set(), [choices.values[0]]

    while ahead:
        state = ahead.pop()
        reached.add(state)
        ahead += set(moves[state]) - reached

    assert reached == set(choices.values)


# The lease of a job moves in one UPDATE with its condition; the demo writes its bulk rows as they ended.
WRITE_STATES = {"firms/journal.py", "firms/post/jobs.py", "firms/actions/quarantine.py"}


def writes_state(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Attribute) and target.attr == "state" for target in node.targets)
    is_update = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update"
    return is_update and any(keyword.arg == "state" for keyword in node.keywords)


def test_state_is_written_by_move_alone():
    writers = {
        name_of(path)
        for path in SHELF_PYTHON
        if not name_of(path).startswith("demo/") and any(map(writes_state, ast.walk(tree(path))))
    }

    assert writers == WRITE_STATES


# --- sizes and words ---


def test_functions_fit_on_a_screen():
    long = [
        f"{name_of(path)}:{node.lineno}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in PYTHON
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]

    assert long == []


def test_files_stay_short():
    limits = {path: URLS_LINES if path.name == "urls.py" else FILE_LINES for path in PYTHON}

    assert [f"{name_of(p)}: {line_count(p)} lines" for p, limit in limits.items() if line_count(p) > limit] == []


def test_modules_have_telling_names():
    assert [name_of(p) for p in PYTHON if VAGUE_NAMES & {p.stem, *p.relative_to(HOME).parts}] == []


def test_modules_open_with_a_docstring():
    assert [name_of(p) for p in SHELF_PYTHON if text(p).strip() and not ast.get_docstring(tree(p))] == []


def test_nothing_is_left_open():
    assert lines_with(LEFT_OPEN, TEXTS) == []


def test_files_name_no_host_and_no_place_of_one_machine():
    assert lines_with(STRANGE_PLACES, TEXTS) == []


# --- figures and rules ---


FIGURES = [
    HOME / folder
    for folder in "grants/schemes lms/kpi/figures mentors/law mentors/programmes trials/law trials/programmes".split()
]


def figures():
    for path in chain.from_iterable(sorted(folder.glob("*.toml")) for folder in FIGURES):
        for name, figure in tomllib.loads(text(path))["figures"].items():
            for entry in figure["dated"]:
                yield f"{path.parent.parent.name}.{path.stem}.{name}", entry


def telling_figures() -> set[int]:
    values = {entry["value"] for _, entry in figures() if type(entry["value"]) is int}
    return {value for value in values if value >= TELLING_FIGURE and str(value).strip("0") != "1"}


def test_figures_have_a_source_and_a_day_to_look_again():
    found = list(figures())

    assert all(list(folder.glob("*.toml")) for folder in FIGURES)
    assert [name for name, entry in found if not entry.get("source") or not entry.get("verified_until")] == []


def test_figures_do_not_stand_in_python():
    shelves = {folder.parent.name for folder in FIGURES}
    ruled = [path for path in SHELF_PYTHON if path.relative_to(HOME).parts[0] in shelves]
    known = telling_figures()

    copied = [
        f"{name_of(path)}:{node.lineno}: {node.value}"
        for path in ruled
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value in known
    ]

    assert copied == []


def test_figures_do_not_stand_in_templates():
    known = {f"{figure:,}" for figure in telling_figures()}

    assert lines_with(re.compile(rf"(?<![\d,])({'|'.join(sorted(known))})(?![\d,])"), TEMPLATES) == []


def imported(path: Path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f".{node.module or ''}" if node.level else node.module


def shelf_of_rules(path: Path) -> str:
    shelf, *inside = name_of(path).split("/")
    return shelf if inside[0] == "rules" else ""


def test_rules_import_only_themselves_what_they_share_the_standard_library_and_jpholiday():
    rules = [path for path in SHELF_PYTHON if shelf_of_rules(path)]
    allowed = {*sys.stdlib_module_names, "jpholiday"}

    strangers = [
        f"{name_of(path)}: {module}"
        for path in rules
        for module in imported(path)
        if module.split(".")[0] not in allowed
        and not f"{module}.".startswith(("firms.rules.", f"{shelf_of_rules(path)}.rules."))
    ]

    assert {shelf_of_rules(path) for path in rules} == {"firms", "grants", "mentors", "trials"}
    assert strangers == []
