"""Every page of the demo in every role, as axe sees it at 1280 and 390 px: no violation of what JIS X 8341-3:2016 AA asks.

Longer than two minutes, so not a part of the suite: `script/axe` runs it and writes tests/stories/axe_record.toml.
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from demo.load import load
from firms.queries import today
from tests.lms.test_gets import ROLES, walk
from tests.stories.kept_pages import Keeping, showing, signed_in

RECORD = Path(__file__).with_name("axe_record.toml")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
WIDTHS = (1280, 390)


def visits():
    """What each role may see, and a visitor."""
    found = {}
    for name in [*ROLES, "trialist", "visitor"]:
        client = Keeping() if name == "visitor" else signed_in(name)
        walk(client)
        found[name] = client
    return found


def violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


def record(clients, bad, count):
    kinds = sorted({kind for client in clients.values() for kind in client.kinds if kind})
    lines = [
        "# Written by script/axe: what was looked at, and what axe found.",
        f"pages = {count}",
        f"roles = {len(clients)}",
        f"violations = {sum(map(len, bad.values()))}",
        "kinds = [",
        *(f'  "{kind}",' for kind in kinds),
        "]",
    ]
    RECORD.write_text("\n".join([*lines, ""]), encoding="utf-8")


def tell(line):
    """As it is found: the whole takes long."""
    if log := os.environ.get("TAKUMI_AXE_LOG"):
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


@pytest.mark.browser
def test_no_page_in_any_role_has_a_violation(db, letter_box, page):
    load(today())
    clients, show, bad, count = visits(), showing(page), {}, 0
    for role, client in clients.items():
        for address, content in client.pages.items():
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                count += 1
                if found := violations(show(address, content)):
                    bad[f"{role} {address} {width}"] = found
                    tell(f"{role} {address} {width}\n  {found}")
    record(clients, bad, count)

    assert bad == {}
