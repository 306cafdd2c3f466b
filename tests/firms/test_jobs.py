"""Jobs: one worker at a time, four attempts, nothing lost when the broker or a worker is."""

import logging
import threading
from datetime import timedelta

import pytest
from celery import current_app
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from firms.actions.quarantine import quarantine, try_again
from firms.errors import Refused
from firms.models import Job, JournalEntry, Notification
from firms.post import jobs
from firms.post.notify import notify
from firms.queries import acting_for
from firms.states import JobState
from firms.tasks import run_job, sweep_jobs
from tests.conftest import TODAY
from tests.factories import PersonFactory

DONE = []


@pytest.fixture(autouse=True)
def kinds(db):
    """Kinds of jobs only these tests know."""
    DONE.clear()
    jobs.handler("test.works")(lambda job: DONE.append(job.payload["n"]))
    jobs.handler("test.fails")(fail)
    jobs.handler("test.reports")(lambda job: jobs.report(job, done=2, total=3))
    yield
    for kind in ("test.works", "test.fails", "test.reports"):
        del jobs.HANDLERS[kind]


def fail(job):
    raise ValueError("schade")


@pytest.fixture
def root(db):
    return PersonFactory(is_superuser=True)


def enqueue(kind="test.works", n=1, **more):
    return jobs.enqueue(kind, {"n": n}, **more)


def pass_lease(job):
    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))


def make_due(job):
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now())


def wait_out(job):
    job.refresh_from_db()
    return job.due_at - timezone.now()


# --- writing ---


def test_a_job_runs_when_its_transaction_commits(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue()
        assert DONE == []

    job.refresh_from_db()
    assert DONE == [1]
    assert (job.state, job.attempts, job.leased_until) == (JobState.DONE, 1, None)


def test_the_same_key_is_the_same_job(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = enqueue(once_key="papers:1"), enqueue(n=2, once_key="papers:1")

    assert first == second
    assert DONE == [1]


def test_a_job_of_later_waits_for_its_time(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue(due_at=timezone.now() + timedelta(hours=1))
        sweep_jobs()
    assert DONE == []

    make_due(job)
    sweep_jobs()

    assert DONE == [1]


@pytest.mark.django_db(transaction=True)
def test_a_job_of_an_undone_transaction_is_none():
    with transaction.atomic():
        enqueue()
        transaction.set_rollback(True)

    assert (DONE, Job.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_a_request_goes_on_when_the_broker_is_down(monkeypatch, caplog):
    """The edge of the machine: publishing fails. The row stands, and the next sweep publishes it."""

    def refuse(*args, **options):
        raise ConnectionError("no broker")

    task = current_app.tasks[jobs.RUN]
    with monkeypatch.context() as patched, caplog.at_level(logging.CRITICAL):
        patched.setattr(task, "apply_async", refuse)
        with transaction.atomic():
            job = enqueue()

    assert (DONE, job.state) == ([], JobState.WAITING)
    sweep_jobs()
    assert DONE == [1]


# --- claiming ---


def test_a_job_is_claimed_once():
    job = enqueue()

    assert jobs.claim(job.pk).attempts == 1
    assert jobs.claim(job.pk) is None


def test_a_lease_that_ran_out_gives_the_job_to_the_next():
    job = enqueue()
    first = jobs.claim(job.pk)
    pass_lease(job)

    second = jobs.claim(job.pk)

    assert (first.attempts, second.attempts) == (1, 2)


def test_a_worker_that_lost_its_lease_cannot_end_report_or_put_back():
    job = enqueue()
    late = jobs.claim(job.pk)
    pass_lease(job)
    jobs.claim(job.pk)

    with pytest.raises(jobs.LeaseLost):
        jobs.finish(late)
    with pytest.raises(jobs.LeaseLost):
        jobs.report(late, done=1, total=2)
    jobs.put_back(late, because="too late")
    quarantine(late, because="too late")

    job.refresh_from_db()
    assert (job.state, job.attempts, job.last_error, job.progress_total) == (JobState.RUNNING, 2, "", 0)


def test_what_is_written_while_finishing_is_undone_for_a_late_worker():
    job = enqueue()
    late = jobs.claim(job.pk)
    pass_lease(job)
    jobs.claim(job.pk)

    with pytest.raises(jobs.LeaseLost), jobs.finishing(late):
        PersonFactory(email="double@example.jp")

    assert not type(PersonFactory()).objects.filter(email="double@example.jp").exists()


def test_finishing_fails_with_its_writes_and_the_job_is_tried_again():
    job = enqueue()
    held = jobs.claim(job.pk)

    with pytest.raises(ZeroDivisionError), jobs.finishing(held):
        raise ZeroDivisionError

    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_reporting_writes_progress_and_lengthens_the_lease():
    job = enqueue()
    held = jobs.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() + timedelta(seconds=5))

    jobs.report(held, done=2, total=3)

    job.refresh_from_db()
    assert (job.progress_done, job.progress_total) == (2, 3)
    assert job.leased_until > timezone.now() + timedelta(minutes=4)


def test_a_hint_for_a_job_that_is_done_or_gone_does_nothing():
    job = enqueue()
    for _hint in range(3):
        run_job(job.pk)
    run_job(0)

    assert DONE == [1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's test database is one connection; PostgreSQL races")
def test_of_eight_workers_one_claims():
    job = enqueue("test.later", due_at=timezone.now())
    start, claimed = threading.Barrier(8), []

    def work():
        start.wait()
        if jobs.claim(job.pk):
            claimed.append(1)
        connection.close()

    workers = [threading.Thread(target=work) for _n in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    job.refresh_from_db()
    assert (len(claimed), job.attempts) == (1, 1)


# --- failing ---


def test_a_failure_rests_longer_each_time_and_ends_in_quarantine(root, caplog):
    job = enqueue("test.fails")
    rests = []
    for _attempt in range(3):
        make_due(job)
        run_job(job.pk)
        rests.append(wait_out(job))
    make_due(job)
    run_job(job.pk)

    job.refresh_from_db()
    assert rests == sorted(rests)
    assert rests[0] > timedelta(seconds=5)
    assert (job.state, job.attempts, job.last_error) == (JobState.QUARANTINED, 4, "ValueError: schade")
    assert Notification.objects.get().person == root
    assert next(r for r in caplog.records if "is put aside" in r.message).levelno == logging.ERROR


def test_a_resting_job_is_not_run_early():
    job = enqueue("test.fails")
    run_job(job.pk)

    run_job(job.pk)
    sweep_jobs()

    job.refresh_from_db()
    assert job.attempts == 1


def test_a_job_whose_workers_die_four_times_is_put_aside(root):
    job = enqueue()
    for _attempt in range(4):
        assert jobs.claim(job.pk)
        pass_lease(job)

    assert jobs.claim(job.pk) is None
    sweep_jobs()

    job.refresh_from_db()
    assert (job.state, DONE) == (JobState.QUARANTINED, [])
    assert Notification.objects.count() == 1


def test_an_alarm_about_a_mail_is_no_mail(root):
    job = jobs.claim(enqueue("mail").pk)

    quarantine(job, because="no server")

    assert Notification.objects.count() == 1
    assert list(Job.objects.exclude(pk=job.pk)) == []


def test_one_bad_job_does_not_stop_the_others():
    enqueue("test.fails")
    enqueue("test.nobody.knows")
    enqueue(n=7)

    sweep_jobs()

    assert DONE == [7]
    assert Job.objects.get(kind="test.nobody.knows").last_error.startswith("KeyError")


def test_a_quarantined_job_is_tried_again_once_by_those_who_run_the_site(root, manager):
    job = jobs.claim(enqueue().pk)
    quarantine(job, because="schade")
    by = acting_for(root, None, on=TODAY)

    try_again(job, by=by)
    with pytest.raises(Refused, match="すでに再実行"):
        try_again(job, by=by)
    sweep_jobs()

    job.refresh_from_db()
    assert (job.state, job.attempts, DONE) == (JobState.DONE, 1, [1])
    assert JournalEntry.objects.get().verb == "job.retry"


def test_the_page_of_failed_jobs_has_a_button(manager):
    manager.person.is_superuser = True
    manager.person.save()
    job = jobs.claim(enqueue().pk)
    quarantine(job, because="ValueError: schade")
    client = manager.client()

    assert "ValueError: schade" in client.get(reverse("firms:jobs")).content.decode()
    client.post(reverse("firms:job_retry", args=[job.pk]))

    job.refresh_from_db()
    assert job.state == JobState.WAITING


# --- mails ---


def test_a_notification_is_mailed_once(manager, firm, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        notification = notify(
            manager.person,
            subject="委任の\r\n申し出",
            body="ご確認ください。",
            path="/organisations/mandates/1/",
            organisation=firm,
        )
    Job.objects.update(state="waiting", finished_at=None, attempts=0)
    run_job(Job.objects.get().pk)

    notification.refresh_from_db()
    letter = mail.outbox[0]
    assert len(mail.outbox) == 1
    assert notification.mailed_at
    assert (letter.subject, letter.to) == ("委任の申し出", [manager.person.email])
    assert "http://127.0.0.1:8000/organisations/mandates/1/" in letter.body
    assert letter.extra_headers["Message-ID"] == f"<notification-{notification.pk}@takumi.invalid>"


def test_one_who_cannot_sign_in_gets_no_mail(manager, django_capture_on_commit_callbacks):
    manager.person.is_active = False
    manager.person.save()

    with django_capture_on_commit_callbacks(execute=True):
        notify(manager.person, subject="委任", body="…")

    assert mail.outbox == []
