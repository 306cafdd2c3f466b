"""The pictures of the guides: each role's home and the pages of its first steps, in the demo."""

import pytest
from django.urls import reverse

from demo.load import load
from firms.queries import today
from lms.help.reading import guides
from tests.stories.desk import PICTURES
from tests.stories.kept_pages import showing, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOGINS = {
    "manager": "manager",
    "employee": "employee",
    "coordinator": "coordinator",
    "instructor": "instructor",
    "office": "advisor",
    "ward": "officer",
    "agency": "adviser",
    "oneself": "trialist3",
}
LONGEST = 1300


def picture(page, name):
    """Kept for docs/guide where TAKUMI_PICTURES names a folder."""
    whole = min(LONGEST, page.evaluate("document.documentElement.scrollHeight"))
    if PICTURES is not None:
        clip = {"x": 0, "y": 0, "width": 1280, "height": whole}
        folder = PICTURES / "guide"
        folder.mkdir(exist_ok=True)
        page.screenshot(path=folder / name, full_page=True, clip=clip, type="jpeg", quality=60)


def test_every_first_step_of_every_role_shows_its_page(db, letter_box, page):
    load(today())
    show = showing(page)

    for key, guide in guides().items():
        client = signed_in(LOGINS[key])
        for number, name in enumerate(["home", *(step.page for step in guide.steps)]):
            address = reverse(name)
            answer = client.get(address)
            assert answer.status_code == 200, (key, name)
            show(address, answer.content)
            assert page.locator("h1").inner_text().strip(), (key, name)
            picture(page, f"{key}-{number}.jpg")
