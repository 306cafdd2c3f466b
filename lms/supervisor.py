"""What `script/server` runs: web server and Celery worker side by side, restarted when they fall, stopped together."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from functools import cache
from pathlib import Path
from types import FrameType
from typing import IO


def port_of(said: str) -> int:
    if not said.isdecimal() or not 0 < int(said) < 65536:
        raise SystemExit(
            f"server: PORT={said} is no port: name a number from 1 to 65535, as in PORT=8001 script/server"
        )
    return int(said)


HOME = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("TAKUMI_VAR") or HOME / "var")
HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = port_of(os.environ.get("PORT") or "8000")
WEB_WORKERS = os.environ.get("WEB_WORKERS") or "2"

TICK_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 30.0
# A child that lived this long has earned a fresh start without a pause.
STEADY_SECONDS = 60.0
COLLECT = ["collectstatic", "--no-input", "--verbosity", "0"]
# A worker finishes the job it holds; one that takes longer is ended, and its lease gives the job to the next.
GRACE_SECONDS = 20.0


def say(sentence: str) -> None:
    print(f"server: {sentence}", flush=True)


def python_module(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


def web_command() -> list[str]:
    return python_module(
        "gunicorn", "lms.wsgi:application", "--bind", f"{HOST}:{PORT}", "--worker-class", "gthread",
        "--workers", WEB_WORKERS, "--threads", "2", "--log-level", "warning", "--no-control-socket",
    )  # fmt: skip


def worker_command() -> list[str]:
    """The worker that also carries the clock: one of it for a site."""
    return [*hand_command(), "-B", "--schedule", str(VAR / "beat-schedule")]


def hand_command() -> list[str]:
    """A further worker: as many as there is work for."""
    return python_module(
        "celery", "--quiet", "-A", "lms", "worker",
        "--pool", "threads", "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "warning",
    )  # fmt: skip


@cache
def told_when_we_die() -> list[str]:
    """On Linux a child is told to stop when this process is killed outright, so that the port does not stay taken."""
    wrapper = ["setpriv", "--pdeathsig", "TERM"]
    try:
        understood = subprocess.run([*wrapper, "true"], check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return []
    return wrapper if understood else []


class Child:
    """One program that should be running; it leads its own process group, so that nothing it started outlives it."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.due = 0.0
        self.pause = 1.0

    def start(self) -> None:
        command = [*told_when_we_die(), *self.command]
        self.process = subprocess.Popen(command, cwd=HOME, start_new_session=True)
        self.started = time.monotonic()

    def tend(self) -> None:
        """Start it when it is due, and plan the next start when it has fallen."""
        if self.process is None:
            if time.monotonic() >= self.due:
                self.start()
        elif (status := self.process.poll()) is not None:
            self.clear_group(signal.SIGKILL)
            self.plan_restart(status)

    def plan_restart(self, status: int) -> None:
        if time.monotonic() - self.started > STEADY_SECONDS:
            self.pause = 1.0
        say(f"the {self.name} stopped with status {status}; starting it again in {self.pause:.0f} s")
        self.process = None
        self.due = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def make_stop(self, *, within: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(within, TICK_SECONDS))
        except subprocess.TimeoutExpired:
            say(f"the {self.name} did not stop in {GRACE_SECONDS:.0f} s and is ended")
        self.clear_group(signal.SIGKILL)
        self.process.wait()

    def clear_group(self, number: signal.Signals) -> None:
        """Reach what the child left behind: gunicorn's workers, Celery's beat."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


class Stop:
    """Set by the first signal that asks us to stop."""

    asked = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def address() -> str:
    return f"http://{f'[{HOST}]' if ':' in HOST else HOST}:{PORT}"


def port_is_taken() -> bool:
    family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError:
            return True
    return False


def hold_var() -> IO[str]:
    """One server at a time over one folder of state: two beats would tick twice."""
    VAR.mkdir(parents=True, exist_ok=True)
    lock = (VAR / "server.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit(
            f"server: another script/server already runs over {VAR}: stop it, "
            "or keep this one's state elsewhere: TAKUMI_VAR=/some/folder PORT=8001 script/server"
        ) from None
    return lock


def prepare() -> None:
    """Files are packed by one core while the other fills the database."""
    packing = None if are_collected() else subprocess.Popen([sys.executable, "manage.py", *COLLECT], cwd=HOME)
    bring_up()
    if packing and packing.wait():
        raise SystemExit("server: manage.py collectstatic failed: mend what it says above and run script/server again")


def are_collected() -> bool:
    """Nothing was changed since, neither a file of an app nor a package with files of its own."""
    manifest = VAR / "static" / "staticfiles.json"
    found = [HOME / "requirements.lock", *HOME.glob("*/static/**/*")]
    return manifest.exists() and manifest.stat().st_mtime > max(one.stat().st_mtime for one in found)


def bring_up() -> None:
    for what, arguments in {
        "bringing the database up to date": ["migrate", "--verbosity", "0"],
        "loading the demo world, if there is nothing yet": ["demo", "--if-empty"],
    }.items():
        say(what)
        if subprocess.run([sys.executable, "manage.py", *arguments], cwd=HOME, check=False).returncode:
            raise SystemExit(
                f"server: manage.py {' '.join(arguments)} failed: mend what it says above and run script/server again"
            )


def answer() -> int | None:
    """The status of the first page, or None while nobody answers."""
    try:
        with urllib.request.urlopen(f"{address()}/", timeout=5) as response:  # noqa: S310 - our own address
            return int(response.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return None


def watch(children: list[Child], stop: Stop) -> None:
    announced = False
    while not stop.asked:
        for child in children:
            child.tend()
        if not announced and (status := answer()) is not None:
            announced = True
            say(
                f"Takumi answers on {address()} (stop it with Ctrl-C)"
                if status < 500
                else f"{address()} answers with error {status}: see above"
            )
        time.sleep(TICK_SECONDS)


def end(children: list[Child]) -> None:
    say("stopping")
    by = time.monotonic() + GRACE_SECONDS
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.make_stop(within=by - time.monotonic())
    say("stopped")


def main() -> None:
    if port_is_taken():
        raise SystemExit(
            f"server: port {PORT} on {HOST} is taken: choose another, for example PORT={PORT + 1} script/server"
        )
    lock = hold_var()
    os.environ.setdefault("SITE_URL", address())
    prepare()
    stop = Stop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    children = [Child("web server", web_command()), Child("worker", worker_command())]
    try:
        watch(children, stop)
    finally:
        end(children)
        lock.close()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit("server: stopped before it was ready") from None
