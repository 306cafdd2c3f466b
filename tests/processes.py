"""Programs a test starts that start others themselves."""

import os
import signal
import subprocess
import tempfile
from contextlib import suppress


def run_with_its_children(command, *, seconds, **how):
    """Like `subprocess.run` with captured text, but the end of its time is the end of its children too.

    They would hold a pipe open for ever, so what is said goes into files.
    """
    with (
        tempfile.TemporaryFile("w+") as out,
        tempfile.TemporaryFile("w+") as err,
        subprocess.Popen(command, stdout=out, stderr=err, start_new_session=True, **how) as process,
    ):
        try:
            process.wait(timeout=seconds)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(command, process.returncode, out.read(), err.read())
