"""Kinds of jobs for a real worker: it imports this by `celery worker --include`, and is killed in the slow one."""

import time
from pathlib import Path

from django.conf import settings

from firms.models import Job, Organisation
from firms.post.jobs import finishing, handler, report

PATIENCE_SECONDS = 60


@handler("test.slow")
def register_slowly(job: Job) -> None:
    """Says that it is in the middle, waits to be killed or let go, then writes its one row."""
    report(job, done=1, total=2)
    folder = Path(settings.VAR_DIR)
    (folder / f"in-the-middle-{job.payload['n']}-{job.attempts}").touch()
    until = time.monotonic() + PATIENCE_SECONDS
    while not (folder / "go").exists() and time.monotonic() < until:
        time.sleep(0.02)
    with finishing(job):
        Organisation.objects.create(kind="firm", name=f"job {job.payload['n']}")
