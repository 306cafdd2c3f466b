"""A real Celery worker on the file broker, killed outright in mid-job: nothing is lost and nothing doubled."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 30
# The second worker sweeps by itself; a scheduler beside it is what script/server starts.
WORKER = ["celery", "--quiet", "-A", "lms", "worker", "-B", "--pool", "threads", "--concurrency", "2",
          "--without-gossip", "--without-mingle", "--loglevel", "warning", "--include", "tests.firms.worker_kinds"]  # fmt: skip


@pytest.fixture
def var(tmp_path):
    """A state folder of its own, with its own SQLite and its own broker, whatever the suite itself runs on."""
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL"}}
    environment |= {"TAKUMI_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "lms.settings"}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=HOME, env=environment, check=True)
    return tmp_path, environment


class Worker:
    def __init__(self, folder, environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", *WORKER, "--schedule", str(folder / "beat")],
            cwd=HOME, env=environment, start_new_session=True,
        )  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.kill()

    def kill(self):
        """SIGKILL to the whole group: the worker gets no word in, its scheduler neither."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def rows(folder, statement, *values):
    with closing(sqlite3.connect(folder / "takumi.sqlite3", timeout=20)) as database, database:
        return database.execute(statement, values).fetchall()


def wait_for(what):
    until = time.monotonic() + PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < until, "the worker did not get there"
        time.sleep(0.05)


def add_jobs(environment, count):
    program = f"from firms.post.jobs import enqueue; [enqueue('test.slow', {{'n': n}}) for n in range({count})]"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", program]
    subprocess.run(command, cwd=HOME, env=environment, check=True)


@pytest.mark.slow
def test_a_worker_killed_in_mid_job_loses_and_doubles_nothing(var):
    folder, environment = var
    add_jobs(environment, 5)

    with Worker(folder, environment) as first:
        wait_for(lambda: len(list(folder.glob("in-the-middle-*-1"))) == 2)
        first.kill()
    held = rows(folder, "SELECT count(*) FROM firms_job WHERE state = 'running' AND progress_done = 1")
    # Five minutes pass for the leases of the dead, and every message still in the broker is lost.
    rows(folder, "UPDATE firms_job SET leased_until = '2020-01-01 00:00:00' WHERE state = 'running'")
    for message in (folder / "broker" / "queue").iterdir():
        message.unlink()
    (folder / "go").touch()
    with Worker(folder, environment):
        wait_for(lambda: rows(folder, "SELECT count(*) FROM firms_job WHERE state <> 'done'") == [(0,)])

    written = rows(folder, "SELECT name FROM firms_organisation ORDER BY name")
    assert held == [(2,)]
    assert [name for (name,) in written] == [f"job {n}" for n in range(5)]
    assert rows(folder, "SELECT attempts, count(*) FROM firms_job GROUP BY attempts ORDER BY 1") == [(1, 3), (2, 2)]
