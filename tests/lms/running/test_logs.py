"""The lines of the log say which request, which page, which role and how long, and nothing about a person."""

import json
import logging
import re

import pytest
from django.test import Client
from django.urls import reverse

from lms.environment import console_logging
from lms.running.logs import JsonLines

SECRET = "d3adbeefd3adbeef"


@pytest.fixture
def lines():
    """What a collector reads while the test runs, each line understood."""
    kept = []

    class Keep(logging.Handler):
        def emit(self, record):
            kept.append(json.loads(self.format(record)))

    handler, requests = Keep(), logging.getLogger("takumi.requests")
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    before = requests.level
    requests.setLevel(logging.INFO)
    yield kept
    requests.setLevel(before)
    logging.getLogger().removeHandler(handler)


def answered(lines):
    return [line for line in lines if line["logger"] == "takumi.requests"]


def test_a_request_is_one_line_with_its_page_and_role(lines, manager):
    answer = manager.client().get(reverse("home"))

    (line,) = answered(lines)
    told = {key: line[key] for key in ("method", "page", "status", "role", "message")}
    assert told == {"method": "GET", "page": "home", "status": 200, "role": "firm/manager", "message": "answered"}
    assert line["request"] == answer.headers["X-Request-ID"]
    assert line["ms"] >= 0


def test_a_visitor_and_an_unknown_address_are_told_without_the_address(lines, db):
    Client().get(f"/calendar/{SECRET}.ics/nowhere?q=矢口")

    assert [(line["page"], line["status"], line["role"]) for line in answered(lines)] == [("", 404, "visitor")]
    assert SECRET not in json.dumps(lines)
    assert "矢口" not in json.dumps(lines, ensure_ascii=False)


@pytest.mark.parametrize(("given", "is_kept"), [("proxy-12345678", True), ("short", False), ("a b\n" * 5, False)])
def test_the_proxys_name_of_a_request_is_kept_if_it_is_one(given, is_kept, db):
    answer = Client().get("/healthz", headers={"X-Request-ID": given})

    assert (answer.headers["X-Request-ID"] == given) is is_kept
    assert re.fullmatch(r"[0-9a-zA-Z-]+", answer.headers["X-Request-ID"])


def test_what_others_log_keeps_its_numbers_and_loses_its_words(lines):
    logging.getLogger("allauth").warning("%s tried %d times", "yaguchi@example.jp", 5)

    assert lines[-1]["message"] == "… tried 5 times"


def test_what_we_log_is_kept(lines):
    logging.getLogger("firms.tasks").warning("job %s (%s)", 7, "mail")

    assert lines[-1]["message"] == "job 7 (mail)"


def test_an_error_tells_its_kind_and_place_and_not_what_it_said(lines):
    try:
        raise ValueError("Key (email)=(yaguchi@example.jp) already exists")
    except ValueError:
        logging.getLogger("firms.tasks").exception("job %s failed", 7)

    line = lines[-1]
    assert (line["error"], "yaguchi" in json.dumps(line)) == ("ValueError", False)
    assert "test_logs.py" in line["where"][-1]


def test_a_log_of_no_known_form_is_refused_at_the_start():
    with pytest.raises(SystemExit, match="LOG_FORMAT=xml"):
        console_logging("INFO", "xml")


@pytest.mark.parametrize(("form", "level"), [("json", "INFO"), ("line", "WARNING")])
def test_requests_are_lines_of_the_json_log_alone(form, level):
    assert console_logging("INFO", form)["loggers"] == {"takumi.requests": {"level": level}}
