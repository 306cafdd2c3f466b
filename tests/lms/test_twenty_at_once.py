"""Twenty clicks at once on every creating form of the demo: what one would have made is made, and all are answered alike."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from firms.queries import today
from lms.demo.load import load
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
# What the worker writes at commit, and what counts the clicks themselves.
NOT_COUNTED = {"firms_job", "firms_notification", "firms_submission", "grants_deadline", "grants_paper"}
WORDS = {
    "kana": "テストハナコ",
    "email": "hanako-twenty@example.jp",
    "corporate": corporate_number(800000000077),
    "insurance": "1301-000977-1",
    "postal": "144-0001",
    "phone": "03-0000-0000",
    "contact_email": "desk@example.jp",
}
# Forms of these views must be among those that make something, or the test has lost its sight.
SURELY = {"courses:run_new", "firms:pattern_new", "firms:invite", "firms:employment_new"}


def plausible(one):
    """What a person in a hurry fills in."""
    if one.value or one.kind in {"hidden", "button"}:
        return one.value
    if one.options:
        return next((option for option in one.options if option), "")
    day = today() + timedelta(days=30)
    by_kind = {
        "date": day.isoformat(),
        "datetime-local": f"{day.isoformat()}T10:00",
        "number": one.attributes.get("min") or "10",
        "email": WORDS["email"],
        "file": upload("証明.pdf", PDF),
    }
    named = next((word for part, word in WORDS.items() if part in one.name), "（架空）二十回の送信")
    return by_kind.get(one.kind, named)


def filled(form):
    data, chosen = {}, set()
    for one in form.fields:
        if one.kind == "checkbox" and not one.is_checked and "required" not in one.attributes:
            continue
        if one.kind == "radio":
            if one.name not in chosen or one.is_checked:
                data[one.name] = one.attributes.get("value", "")
            chosen.add(one.name)
            continue
        data.setdefault(one.name, plausible(one))
    return data


def counts():
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.app_label in SHELVES]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in tables))
        return {name: count for name, count in cursor.fetchall() if name not in NOT_COUNTED}


def made_since(before):
    return {name: count - before[name] for name, count in counts().items() if count != before[name]}


def alone(client, form):
    """What one click makes, taken back at once; nothing where it is refused."""
    before = counts()
    with transaction.atomic():
        answer = client.post(form.action, filled(form))
        made = made_since(before) if answer.status_code == 302 else {}
        transaction.set_rollback(True)
    return {name: count for name, count in made.items() if count > 0}


def clicked(client, form):
    """Twenty browsers' threads with the same cookies and the same page."""
    start, answers = threading.Barrier(CLICKS), Counter()

    def click():
        again, data = Client(raise_request_exception=False), filled(form)
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


def test_twenty_clicks_make_what_one_would_have_made(letter_box, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load(today())
    ways, making, wrong = clients(), set(), {}

    for role, client in ways.items():
        for form in forms_of(role, client):
            if form.method != "post" or form.view in making:
                continue
            one = alone(client, form)
            if set(one) <= {"firms_journalentry"}:
                continue
            making.add(form.view)
            before = counts()
            answers = clicked(client, form)
            made = made_since(before)
            if len(answers) != 1 or any(made.get(name) != count for name, count in one.items()):
                wrong[form.view] = (dict(answers), one, made)

    assert wrong == {}
    assert making >= SURELY
