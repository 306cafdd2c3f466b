"""Jobs: the rows are the queue, a message to Celery is only a hint that carries a row's id."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import current_app
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from firms.journal import one_act
from firms.models import Job
from firms.models.jobs import JobQuerySet
from firms.states import JobState

# A worker that says nothing for this long is taken for dead, and its job is given to the next.
LEASE = timedelta(minutes=5)
ATTEMPTS = 4
# How long a failed job rests before its second, third and fourth attempt.
PAUSES = (timedelta(seconds=20), timedelta(minutes=2), timedelta(minutes=15))
RUN = "firms.tasks.run_job"
# Where the sweep leaves the moment it ran last, for whoever asks whether anybody works.
SWEPT = "firms:swept"

Handler = Callable[[Job], None]
HANDLERS: dict[str, Handler] = {}


class LeaseLost(Exception):
    """Another worker has the job meanwhile: what this one did must not count."""


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Registers the function that does the jobs of a kind; it may run again after a crash, so it must bear that."""

    def register(function: Handler) -> Handler:
        HANDLERS[kind] = function
        return function

    return register


def enqueue(kind: str, payload: dict[str, Any], *, once_key: str | None = None, due_at: datetime | None = None) -> Job:
    """Write a job in the caller's transaction. The same `once_key` again gives the job that is already there."""
    if once_key is None:
        return enqueue_new(kind, payload, due_at=due_at)
    given = {"kind": kind, "payload": payload, "due_at": due_at or timezone.now()}
    job, is_new = Job.objects.get_or_create(once_key=once_key, defaults=given)
    if is_new and due_at is None:
        hint_on_commit(job.pk)
    return job


def enqueue_new(
    kind: str, payload: dict[str, Any], *, once_key: str | None = None, due_at: datetime | None = None
) -> Job:
    """Without looking for one: nobody else can have a key that names a row this transaction has just written."""
    job = Job.objects.create(kind=kind, payload=payload, once_key=once_key, due_at=due_at or timezone.now())
    if due_at is None:
        hint_on_commit(job.pk)
    return job


def enqueue_all(jobs: Sequence[Job]) -> None:
    """As `enqueue_new` of each, in one query; those due by now are hinted at."""
    now = timezone.now()
    for job in Job.objects.bulk_create(jobs):
        if job.due_at <= now:
            hint_on_commit(job.pk)


def hint_on_commit(pk: int) -> None:
    """Robust: where the broker is down the request goes on, and the sweep publishes the job later."""
    transaction.on_commit(partial(hint, pk), robust=True)


def hint(pk: int) -> None:
    """Tell some worker to look at the job; too many hints do no harm, so stale ones may run out."""
    current_app.tasks[RUN].apply_async([pk], retry=False, expires=60)


def claim(pk: int) -> Job | None:
    """Take the job if it is due and nobody holds it; the database lets one of many succeed."""
    taken = (
        Job.objects.due()
        .filter(pk=pk, attempts__lt=ATTEMPTS)
        .update(state=JobState.RUNNING, leased_until=timezone.now() + LEASE, attempts=F("attempts") + 1)
    )
    return Job.objects.get(pk=pk) if taken else None


def held(job: Job) -> JobQuerySet:
    """The job's row, if this very attempt still holds it: the count of attempts is the fence."""
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)


def report(job: Job, *, done: int, total: int) -> None:
    """Write progress and lengthen the lease; a worker that has lost the job stops here."""
    if not held(job).update(progress_done=done, progress_total=total, leased_until=timezone.now() + LEASE):
        raise LeaseLost(str(job))


@contextmanager
def finishing(job: Job) -> Iterator[None]:
    """`with finishing(job):` writes results and ends the job in one transaction: both once, or neither.

    What is written inside cannot double: a worker that lost its lease fails at the fence and its writes are undone.
    """
    with transaction.atomic():
        finish(job)
        yield


def finish(job: Job) -> None:
    now = timezone.now()
    if not held(job).update(state=JobState.DONE, leased_until=None, finished_at=now, last_error=""):
        raise LeaseLost(str(job))
    job.state, job.leased_until, job.finished_at = JobState.DONE, None, now


def work(job: Job) -> None:
    """Run the job's handler, and end the job unless the handler did so itself."""
    with one_act():
        HANDLERS[job.kind](job)
    if job.state == JobState.RUNNING:
        finish(job)


def put_back(job: Job, *, because: str) -> None:
    """After a failure: wait a while, then try again."""
    due_at = timezone.now() + PAUSES[min(job.attempts, len(PAUSES)) - 1]
    held(job).update(state=JobState.WAITING, leased_until=None, due_at=due_at, last_error=because)


def unheld(limit: int) -> list[int]:
    """Due jobs nobody works on, the longest waiting first."""
    return list(Job.objects.due().filter(attempts__lt=ATTEMPTS).order_by("due_at").values_list("pk", flat=True)[:limit])


def worn_out() -> list[Job]:
    """Jobs whose last attempt died with its worker."""
    return list(Job.objects.due().filter(Q(state=JobState.RUNNING), attempts__gte=ATTEMPTS))


def mark_swept() -> None:
    cache.set(SWEPT, timezone.now(), timeout=None)


def swept_at() -> datetime | None:
    """None where no worker has been heard of since the cache was emptied."""
    moment: datetime | None = cache.get(SWEPT)
    return moment
