"""Many are told at once as each would be alone, in as many queries however many they are."""

from datetime import time

import pytest
from django.db import transaction

from firms.models import Job, LetterWishes, Notification
from firms.post.notify import Tidings, notify, notify_all
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
PATH = "/courses/mine/"


@pytest.mark.parametrize("path", [PATH, "/grants/cases/1/", ""])
@pytest.mark.parametrize("now", ["2026-11-20T10:00+09:00", "2026-11-20T23:00+09:00"])
def test_many_are_told_as_each_alone(path, now, clock):
    """Notices and jobs of one kind with another: at once, for the page, in the morning, in a quiet night, without address."""
    clock.move_to(now)
    ways = [{}, {"courses": "page"}, {"courses": "daily"}, {"grants": "daily"}]
    people = [PersonFactory() for _way in ways] + [PersonFactory(email=None)]
    for person, way in zip(people, ways, strict=False):
        LetterWishes.objects.create(person=person, ways=way, quiet_from=time(22), quiet_until=time(6))

    def written(tell):
        with transaction.atomic():
            tell()
            notes = list(Notification.objects.order_by("pk").values("person", "subject", "body", "path", "kind", "way"))
            numbers = {one.pk: n for n, one in enumerate(Notification.objects.order_by("pk"))}
            due = [
                (
                    one.kind,
                    numbers.get(one.payload.get("notification")),
                    one.payload.get("person"),
                    f"{one.due_at:%d %H:%M}",
                )
                for one in Job.objects.filter(kind__in=["mail", "digest"]).order_by("pk")
            ]
            transaction.set_rollback(True)
        return notes, sorted(due, key=str)

    letters = [Tidings(person, "締めました", "明細を見てください。", path) for person in people]
    alone = written(lambda: [notify(one.person, subject=one.subject, body=one.body, path=path) for one in letters])

    assert written(lambda: notify_all(letters)) == alone
    assert len(alone[0]) == len(people)


def test_many_are_told_in_as_many_queries(django_assert_num_queries):
    for n in (1, 5):
        letters = [Tidings(PersonFactory(), f"締めました{n}", "明細", PATH) for _n in range(n)]
        with django_assert_num_queries(3):
            notify_all(letters)


def test_nobody_is_told_the_same_twice_in_one_transaction(manager):
    notify(manager.person, subject="締めました", body="明細", path=PATH)

    notify_all([Tidings(manager.person, "締めました", "明細", PATH)])

    assert Notification.objects.count() == 1
