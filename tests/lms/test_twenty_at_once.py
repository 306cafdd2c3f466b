"""Twenty clicks at once on every creating form of the demo: what one would have made is made, and all are answered alike."""

import os
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from demo.load import load
from firms.queries import today
from tests.factories import corporate_number
from tests.firms.makers import PDF, upload
from tests.lms.page_forms import clients, forms_of
from tests.test_house import SHELVES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races"),
]
CLICKS = 20
# How often a form is tried that makes nothing: on the first pages that show it, and on all of them where one searches longer.
TRIES = int(os.environ.get("CLICK_TRIES", "3"))
# What counts the clicks themselves.
NOT_COUNTED = {"firms_submission"}
# What leaves the house: each copy is one, and the journal says so of each.
HANDED_OUT = {"grants:bundle", "mentors:manual_pack"}
# By a part of the field's name, the first that fits; what is not asked for stays empty.
TIMES = {"break_starts_at": "12:00", "break_ends_at": "13:00", "starts_at": "09:00", "ends_at": "17:00"}
WORDS = {
    "kana": "テストハナコ",
    "email": "hanako-twenty@example.jp",
    "corporate": corporate_number(800000000077),
    "insured": "5000-000977-1",
    "insurance": "1301-000977-1",
    "postal": "144-0001",
    "phone": "03-0000-0000",
    "yen": "1000",
    "page": "https://school.example/course",
}
# Forms of these views must be among those that make something, or the test has lost its sight.
PROOF, TABLE = ("証明.pdf", PDF), ("出席.csv", "氏名,第1回\n（架空）矢口 太郎,○\n".encode())
# What is planned lies ahead, what is recorded has happened.
DAYS = (30, 0)
SURELY = {
    *("courses:course_new", "courses:run_new", "courses:lesson_new", "courses:quota_new", "grants:costs"),
    *("firms:employment_new", "firms:establishment_new", "firms:invite", "firms:organisation_new", "firms:pattern_new"),
}


def plausible(one, days):
    """What a person in a hurry fills in."""
    if one.value or one.kind in {"hidden", "button"}:
        return one.value
    if one.options:
        return next((option for option in one.options if option), "")
    if one.kind == "time" and "required" not in one.attributes:
        return next((time for part, time in TIMES.items() if one.name.endswith(part)), "")
    if "required" not in one.attributes and one.kind != "file":
        return ""
    day = today() + timedelta(days=days)
    by_kind = {
        "date": day.isoformat(),
        "datetime-local": f"{day.isoformat()}T10:00",
        "time": "09:00",
        "number": str(max(1, float(one.attributes.get("min") or 1))).removesuffix(".0"),
        "file": upload(*(TABLE if ".csv" in one.attributes.get("accept", "") else PROOF)),
    }
    named = next((word for part, word in WORDS.items() if part in one.name), "（架空）二十回の送信")
    return by_kind.get(one.kind, named)


def filled(form, days):
    data, chosen = {}, set()
    for one in form.fields:
        if one.kind == "checkbox" and not one.is_checked and "required" not in one.attributes:
            continue
        if one.kind == "radio":
            if one.name not in chosen or one.is_checked:
                data[one.name] = one.attributes.get("value", "")
            chosen.add(one.name)
            continue
        data.setdefault(one.name, plausible(one, days))
    return data


def counts():
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.app_label in SHELVES]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in tables))
        return {name: count for name, count in cursor.fetchall() if name not in NOT_COUNTED}


def made_since(before):
    return {name: count - before[name] for name, count in counts().items() if count != before[name]}


def alone(client, form, days):
    """What one click makes or takes away, undone at once; nothing where it is refused."""
    before = counts()
    with transaction.atomic():
        client.post(form.action, filled(form, days))
        made = made_since(before)
        transaction.set_rollback(True)
    return made


def clicked(client, form, days):
    """Twenty browsers' threads with the same cookies and the same page."""
    start, answers = threading.Barrier(CLICKS), Counter()

    def click():
        again, data = Client(raise_request_exception=False), filled(form, days)
        again.cookies = client.cookies.copy()
        start.wait()
        try:
            answer = again.post(form.action, data)
            answers[answer.status_code, answer.headers.get("Location")] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _click in range(CLICKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_twenty_clicks_make_what_one_would_have_made(letter_box, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    load(today())
    monkeypatch.setattr("firms.post.jobs.hint", lambda pk: None)  # what a worker makes of it later is not the click's
    ways, making, wrong, tried = clients(), set(), {}, Counter()
    found = [(ways[role], form, days) for role in ways for form in forms_of(role, ways[role]) for days in DAYS]

    for client, form, days in found:
        is_tried = tried[form.view, days] >= TRIES and form.view not in SURELY
        if form.method != "post" or form.view in making or is_tried:
            continue
        tried[form.view, days] += 1
        if not (one := alone(client, form, days)):
            continue
        making.add(form.view)
        before = counts()
        answers = clicked(client, form, days)
        made = made_since(before)
        due = {table: count * CLICKS for table, count in one.items()} if form.view in HANDED_OUT else one
        if len(answers) != 1 or made != due:
            wrong[form.view] = (dict(answers), due, made)

    assert wrong == {}
    assert making >= SURELY
