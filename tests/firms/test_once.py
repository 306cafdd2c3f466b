"""A form sent twice, by a double click or by a browser's own retry, does its work once."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from firms.models import Establishment, Submission
from firms.web.once import forget_old

MARK = re.compile(r'name="once_mark" value="([0-9a-f-]{36})"')
PLACE = {"name": "（架空）第二工場", "insurance_number": "1301-000099-1", "prefecture": "東京都"}
BUILT = {"name": "（架空）第二工場"}


@pytest.fixture
def address():
    return reverse("firms:establishment_new")


def mark_on(client, address):
    return MARK.search(client.get(address).content.decode()).group(1)


def sent(client, address, **given):
    return client.post(address, {**PLACE, **given})


def test_each_page_carries_a_mark_of_its_own(manager, address):
    client = manager.client()

    assert mark_on(client, address) != mark_on(client, address)
    assert Submission.objects.count() == 0


def test_a_second_click_is_led_where_the_first_was(manager, address):
    client = manager.client()
    mark = mark_on(client, address)

    answers = [sent(client, address, once_mark=mark) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert Establishment.objects.filter(**BUILT).count() == 1


def test_the_same_mark_with_other_facts_is_refused_with_a_sentence(manager, address):
    client = manager.client()
    mark = mark_on(client, address)
    sent(client, address, once_mark=mark)

    answer = sent(client, address, name="（架空）第三工場", once_mark=mark)
    page = client.get(answer.url)

    assert "今回の内容は保存していません" in page.content.decode()
    assert not Establishment.objects.filter(name="（架空）第三工場").exists()


def test_a_page_shown_again_with_its_errors_can_be_sent_again(manager, address):
    client = manager.client()
    mark = mark_on(client, address)

    refused = sent(client, address, name="", once_mark=mark)
    answer = sent(client, address, once_mark=mark)

    assert (refused.status_code, answer.status_code) == (200, 302)
    assert Establishment.objects.filter(**BUILT).count() == 1


def test_another_persons_mark_is_refused(manager, stranger, address):
    mark = str(uuid4())
    sent(manager.client(), address, once_mark=mark)

    answer = sent(stranger.client(), address, once_mark=mark)

    assert (answer.status_code, answer.url) == (302, "/")
    assert Establishment.objects.filter(**BUILT).count() == 1


def test_a_sending_without_a_login_claims_nothing(client, db, address):
    sent(client, address, once_mark=str(uuid4()))

    assert Submission.objects.count() == 0


def test_marks_are_unique_in_the_database(db):
    mark = uuid4()
    Submission.objects.create(mark=mark, path="/", fingerprint="0" * 64)

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(mark=mark, path="/", fingerprint="0" * 64)


@pytest.mark.parametrize(("age", "left"), [(timedelta(days=7, seconds=1), 0), (timedelta(days=6, hours=23), 1)])
def test_old_marks_are_forgotten_after_a_week(db, age, left):
    known = Submission.objects.create(mark=uuid4(), path="/", fingerprint="0" * 64)
    Submission.objects.filter(pk=known.pk).update(made_at=timezone.now() - age)

    forget_old()

    assert Submission.objects.count() == left
