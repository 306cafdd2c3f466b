"""Ten thousand odd sendings to every form of the demo: none may answer 5xx. Run by script/fuzz, not with the suite."""

import json
import os
import random
from collections import Counter
from time import monotonic

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from demo.load import load
from firms.queries import today
from tests.firms.makers import JPEG, PDF, PNG
from tests.lms.page_forms import clients, forms_of

CALLS = int(os.environ.get("FUZZ_CALLS", "10000"))
SEED = int(os.environ.get("FUZZ_SEED", "2026"))
RECORD = os.environ.get("FUZZ_RECORD", "")
ODD = [
    *(
        "",
        " ",
        "0",
        "-1",
        "1",
        "00",
        "2.5",
        "1e400",
        "NaN",
        "Infinity",
        "９９９",
        "٣",
        "²",
        "9" * 18,
        "9" * 40,
        "-" * 30,
    ),
    *(
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "1800-01-01",
        "2027-02-03",
        "25:61",
        "00:00",
        "23:59:59.9",
    ),
    *("2027-02-03T09:00", "9999-12-31T23:59", "0001-01-01T00:00", "2027-02-03T09:00+99:00"),
    *("\x00", "a\x00b", "a\nb", "\r\n.", "\u202e", "\ufeff", "\u2028", "𠮷󠄀", "e\u0301" * 40, "あ" * 300, "x" * 70_000),
    *("<b>x</b>", "{{ 7 }}", "{% x %}", "%s%n", "'; --", "../../etc/passwd", "javascript:x", "//x.example", "=1+1"),
    *("123456789012", "none", "null", "true", "on", "[]", "{}", '{"a":', "data:image/png;base64,AAAA", "data:,"),
    *("x@y", "x@y.example", "a" * 64 + "@" + "b" * 180 + ".example", "http://[", "https://\x7f", "mailto:x"),
]
FILES = [
    *(("x.pdf", PDF), ("x.png", PNG), ("x.jpg", JPEG), ("x.csv", "氏名\n矢口".encode()), ("x.xlsx", b"PK\x03\x04")),
    *(
        ("x.zip", b"PK\x05\x06" + b"\0" * 18),
        ("x", b"x"),
        ("あ" * 200 + ".pdf", PDF),
        ("x.pdf", b""),
        ("x.heic", b"\0" * 40),
    ),
    *(("x.csv", b"\xff\xfe\x00"), ("x.csv", b'"' * 999), ("x.vtt", b"WEBVTT\n\n00:99"), ("x.csv", b"a\tb\n" * 5000)),
]


def usual(field, chance):
    """What a person might have chosen, or what the page holds already."""
    if field.kind in {"checkbox", "radio"} and not field.is_checked and chance.random() < 0.5:
        return None
    return chance.choice(field.options) if field.options else field.value


def sent(form, chance):
    data = {}
    for field in form.fields:
        dice = chance.random()
        if field.kind == "file":
            value = SimpleUploadedFile(*chance.choice(FILES)) if dice < 0.7 else None
        elif dice < 0.5 or field.name in {"once_mark", "acting_for"}:
            value = usual(field, chance)
        elif dice < 0.9:
            value = chance.choice(ODD)
        elif dice < 0.95:
            value = [chance.choice(ODD) for _again in range(3)]
        else:
            value = None
        if value is not None:
            data[field.name] = value
    return data


def call(client, form, data):
    """One sending, taken back afterwards, so that every call finds the world of the demo."""
    with transaction.atomic():
        answer = client.post(form.action, data) if form.method == "post" else client.get(form.action, data)
        status = answer.status_code
        if answer.streaming:
            answer.close()
        transaction.set_rollback(True)
    return status


def test_no_form_answers_5xx(db, letter_box, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load(today())
    chance, ways, began = random.Random(SEED), clients(), monotonic()
    forms = [form for role, client in ways.items() for form in forms_of(role, client)]
    statuses, failed = Counter(), {}

    for number in range(CALLS):
        form = forms[number % len(forms)]
        data = sent(form, chance)
        status = call(ways[form.role], form, data)
        statuses[status] += 1
        if status >= 500:
            failed.setdefault(f"{form.view} {status}", f"{form.role} {form.method} {form.action} {data!r:.1500}")

    told = {"seed": SEED, "calls": CALLS, "forms": len(forms), "views": len({form.view for form in forms})}
    told |= {"seconds": round(monotonic() - began), "statuses": dict(sorted(statuses.items())), "failed": failed}
    if RECORD:
        with open(RECORD, "w") as record:
            json.dump(told, record, ensure_ascii=False, indent=2)
    assert failed == {}
    assert len(forms) > 50, pytest.fail(f"only {len(forms)} forms were found")
