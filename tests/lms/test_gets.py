"""A GET never writes: every page of the site is opened in every role of the demo, over a database that takes nothing."""

import re
from contextlib import suppress
from datetime import date
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from django.urls.exceptions import NoReverseMatch, Resolver404

from demo.load import load
from demo.logins import email_of
from firms.models import Person
from firms.queries import today
from tests.factories import at
from tests.lms.manners import otherwise_in
from tests.test_house import SHELVES, patterns

READS = re.compile(r"\s*\(?(SELECT|SAVEPOINT|RELEASE|ROLLBACK|EXPLAIN|WITH|PRAGMA)\b", re.I)
# How a machine writes is no matter in addresses, attributes and scripts, but in what is read.
UNSEEN = re.compile(r"<(script|style)\b.*?</\1>", re.S)
TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
# How many pages of one kind each login opens; the demo's lists show their states in different order.
OF_ONE_KIND = 2
OF_MANY_SORTS = {
    "grants:case": 20,
    "grants:careerup_case": 8,
    "trials:placement": 30,
    "trials:posting": 8,
    "trials:days": 30,
    "trials:month": 30,
    "trials:papers": 30,
    "trials:records": 30,
    "firms:organisation_detail": 12,
    "courses:run": 45,
    "courses:course": 31,
    "courses:units": 31,
    "courses:unit_edit": 8,
    "courses:import": 6,
    "firms:employment": 12,
    "mentors:manual": 20,
    "mentors:manual_approval": 8,
    "mentors:manual_steps": 4,
    "mentors:subsidy": 12,
    "mentors:session": 8,
}
# No link of a page leads there (a paper is first made by the worker): each has tests of its own.
# A picture, a film or a letter leads there, a form asks for it, or only a machine reads it.
BY_ADDRESS = {
    *(
        "calendar:feed",
        "calendar:run_feed",
        "firms:join",
        "grants:paper",
        "health",
        "healthz",
        "metrics",
        "robots",
        "style",
    ),
    *("calendar:visits_feed", "calendar:trials_feed", "mentors:photo"),
    *("courses:badge_issuer", "courses:badge_key", "courses:badge_status", "courses:sitemap"),
    *("courses:check_in_code", "courses:checked_in", "courses:desk_code"),
    *("firms:act", "firms:act_file", "firms:acted", "firms:sign_file"),
    *("mentors:film_state", "mentors:manual_media", "mentors:step_label", "mentors:step_still"),
    *("trials:came", "trials:sight"),
    # The official files are the ministry's, so the demo keeps none to fill.
    "grants:workbook_filled",
    # A form and a letter lead there.
    *("firms:newcomer_asked", "firms:newcomer_confirm"),
    *("firms:signature_picture", "courses:learn_unit_media", "courses:mark_signature", "courses:unit_try_media"),
}
# Linked from some rows of long lists alone: which of them the walk meets depends on the day the demo was made.
BEYOND_THE_WALK = {
    *("courses:certificate_reissue", "courses:certificate_revoke", "courses:quota", "courses:survey"),
    # What the second firm hires itself; nobody of the walk acts for it.
    *("trials:direct", "trials:direct_step"),
    # No day of the demo has a session without certification.
    "mentors:log_rule",
    # Nothing of the demo has been kept long enough to be done away with.
    "grants:destruction_void",
    # No conversion of the demo stands between its claim and the filing of it.
    "grants:period_file",
    # No subscription of the demo stands between a fixing and its filing, or differs from what was filed.
    *("grants:subscription_plan_file", "grants:subscription_change", "grants:subscription_claim_file"),
    # The office of the demo has asked its clients for nothing yet.
    "grants:request",
    # The ward of the demo has reported nothing yet.
    "kpi:report",
    # Nobody of the demo is deregistered, so nothing leads to taking it back.
    "deregistering:reinstate",
}
ROLES = (
    "manager employee advisor clerk coordinator instructor officer advisor2 coordinator3 mentor adviser adviser2 trialist"
).split()
# Evidence that is not checked yet is listed, and answers that it waits.
CONFLICT = 409


class Wrote(AssertionError):
    """A statement that is no question."""


def take_nothing(execute, sql, params, many, context):
    if not READS.match(sql) and "django_session" not in sql:
        raise Wrote(sql[:200])
    return execute(sql, params, many, context)


def kind_of(address):
    try:
        return resolve(address.split("?")[0]).view_name
    except Resolver404:
        return None


def walk(client, many=OF_MANY_SORTS):
    """Follows the links from home, a few pages of each kind; the kinds of page and the addresses that failed."""
    ahead, seen, opened, failed = [reverse("home")], set(), {}, []
    while ahead:
        address = ahead.pop(0)
        kind = kind_of(address)
        if address in seen or kind is None or opened.get(kind, 0) >= many.get(kind, OF_ONE_KIND):
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.status_code >= 400 and answer.status_code != CONFLICT:
            failed.append((address, answer.status_code))
            continue
        opened[kind] = opened.get(kind, 0) + 1
        if not answer.streaming and answer.headers["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            ahead += [unescape(link) for link in LINK.findall(page)]
            failed += [(address, found) for found in otherwise_in(read_in(page))]
    return set(opened), failed


def read_in(page):
    """What a reader sees of it."""
    return unescape(TAG.sub(" ", UNSEEN.sub(" ", page)))


def pages_of_ours():
    for space, pattern in patterns(get_resolver()):
        if pattern.callback.__module__.split(".")[0] in SHELVES:
            yield f"{space}{pattern.name}"


def address_of(name):
    """With as many ones as it takes: a one is a number and a word."""
    for count in range(4):
        with suppress(NoReverseMatch):
            return reverse(name, args=[1] * count)
    raise AssertionError(name)


def signed_in():
    clients = {name: Client() for name in ROLES}
    for name, client in clients.items():
        client.force_login(Person.objects.get(email=email_of(name)))
    return clients


def asks_for_a_post(client, name):
    return client.get(address_of(name)).status_code == 405


def failures(walks):
    return {name: failed for name, (_kinds, failed) in walks.items() if failed}


@pytest.mark.slow
def test_no_page_writes_and_no_link_is_dead(db, letter_box):
    load(today())
    clients = signed_in() | {"root": Client()}
    root = Person.objects.get(email=email_of("officer"))
    Person.objects.filter(pk=root.pk).update(is_superuser=True, is_staff=True)
    clients["root"].force_login(root)

    with connection.execute_wrapper(take_nothing):
        walks = {name: walk(client) for name, client in clients.items()}
        opened = set().union(*(kinds for kinds, _failed in walks.values()))
        left = {name for name in pages_of_ours() if name not in opened and not asks_for_a_post(clients["root"], name)}

    assert failures(walks) == {}
    assert left - BEYOND_THE_WALK == BY_ADDRESS


@pytest.mark.slow
@pytest.mark.parametrize("day", [date(2027, 6, 8), date(2028, 2, 29)], ids=["two hundred days on", "leap day"])
def test_pages_open_on_another_day(day, db, letter_box):
    """Of the demo as it is made that day: a year's end, an edition of the law, a 29 February must break no page."""
    with time_machine.travel(at(day, "10:00")):
        load(today())
        clients = signed_in()

        with connection.execute_wrapper(take_nothing):
            walks = {name: walk(client, many={}) for name, client in clients.items()}

        assert failures(walks) == {}
