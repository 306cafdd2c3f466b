"""Real processes over the database of one measurement, and four connections that ask them."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings

PROCESSES = CONNECTIONS = 4
HOST = "127.0.0.1"
PATIENCE_SECONDS = 60
WARM_UP_SECONDS = 1.0


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def seconds_spent(self) -> float:
        """Processor time of all its processes so far: what neighbours on the machine take is not in it."""
        workers = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return sum(map(seconds_of, [str(self.pid), *workers]))


def seconds_of(pid: str) -> float:
    """In user and in system mode (proc_pid_stat(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """gunicorn with production settings over the SQLite file in `folder`, which is its var/."""
    port = free_port()
    environment = os.environ | {
        "TAKUMI_VAR": str(folder),
        "SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "LOG_LEVEL": "WARNING",
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=settings.BASE_DIR, env=environment, check=True)
    command = [
        sys.executable, "-m", "gunicorn", "lms.wsgi:application", "--bind", f"{HOST}:{port}",
        "--worker-class", "gthread", "--workers", str(PROCESSES), "--threads", "2", "--log-level", "warning",
        "--no-control-socket",
    ]  # fmt: skip
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment) as server:
        try:
            wait_until_alive(server, port)
            yield Server(port, server.pid)
        finally:
            server.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_until_alive(server: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError):
            asked = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_SECONDS)
            asked.request("GET", "/healthz")
            if asked.getresponse().status == http.client.OK:
                return
        time.sleep(0.2)
    raise RuntimeError("The server did not come up.")


@dataclass
class Load:
    """One page, asked for over and over; `accept` raises where an answer is not the page."""

    port: int
    path: str
    cookies: dict[str, str]
    form: dict[str, str] | None
    accept: Callable[[int, bytes], None]
    refused: list[Exception] = field(default_factory=list)
    answered: list[int] = field(default_factory=lambda: [0] * CONNECTIONS)

    def rate(self, *, seconds: float) -> tuple[float, int]:
        """Answers a second over all connections, and how many there were; the first second is not counted."""
        begin = time.monotonic() + WARM_UP_SECONDS
        end = begin + seconds
        counts = [0] * CONNECTIONS
        threads = [threading.Thread(target=self.keep_asking, args=(counts, n, begin, end)) for n in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.refused:
            raise self.refused[0]
        return sum(counts) / (time.monotonic() - begin), sum(counts)

    def keep_asking(self, counts: list[int], n: int, begin: float, end: float) -> None:
        line = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE_SECONDS)
        try:
            while (now := time.monotonic()) < end:
                self.accept(*self.ask(line))
                self.answered[n] += 1
                counts[n] += now >= begin
        except (RuntimeError, OSError, http.client.HTTPException) as refused:
            self.refused.append(refused)
        finally:
            line.close()

    def ask(self, line: http.client.HTTPConnection) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if self.form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if self.form is None else urlencode(self.form)
        line.request("GET" if body is None else "POST", quote(self.path, safe="/?=&%"), body, headers)
        answer = line.getresponse()
        return answer.status, answer.read()
