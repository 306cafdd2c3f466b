"""An address of a calendar is shown once; a double click is shown the one the first click made."""

from uuid import uuid4

import pytest
from django.urls import reverse

from courses.models import RunFeed
from firms.models import FeedToken
from mentors.models import VisitFeed
from trials.models import TrialFeed


@pytest.fixture
def pages(run):
    return {"feed": (FeedToken, reverse("calendar:feeds")), "run": (RunFeed, f"/calendar/runs/{run.pk}/")} | {
        "visits": (VisitFeed, reverse("calendar:visits")),
        "trials": (TrialFeed, reverse("calendar:trials")),
    }


@pytest.mark.parametrize("which", ["feed", "run", "visits", "trials"])
def test_two_clicks_of_one_page_show_one_address(which, pages, manager):
    model, page = pages[which]
    browser, mark = manager.client(), str(uuid4())

    shown = [browser.post(page, {"once_mark": mark}).context["address"] for _click in range(2)]

    assert shown[0]
    assert shown[0] == shown[1]
    assert model.objects.count() == 1


@pytest.mark.parametrize("which", ["feed", "run", "visits", "trials"])
def test_another_page_makes_another_and_ends_the_first(which, pages, manager):
    model, page = pages[which]
    browser = manager.client()

    shown = [browser.post(page, {"once_mark": str(uuid4())}).context["address"] for _page in range(2)]

    assert shown[0] != shown[1]
    assert [row.revoked_at is None for row in model.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize("which", ["feed", "run", "visits", "trials"])
def test_an_address_given_up_does_not_come_back_from_an_old_page(which, pages, manager):
    model, page = pages[which]
    browser, mark = manager.client(), str(uuid4())
    for given in (mark, str(uuid4())):
        browser.post(page, {"once_mark": given})

    answer = browser.post(page, {"once_mark": mark})

    assert "この画面で作ったアドレスは無効にされています" in answer.content.decode()
    assert model.objects.filter(revoked_at=None).count() == 1


def test_one_mark_makes_two_secrets_for_two_people(manager, stranger):
    mark = str(uuid4())

    shown = {one.client().post("/calendar/", {"once_mark": mark}).context["address"] for one in (manager, stranger)}

    assert len(shown) == 2
