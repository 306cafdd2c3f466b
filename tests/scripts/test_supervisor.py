"""The supervisor: what falls is started again, what is asked to stop stops, and refusals name the mend."""

import fcntl
import os
import signal
import socket
import subprocess
import sys

import pytest

from lms.supervisor import HOME, LONGEST_PAUSE_SECONDS, Child


@pytest.fixture
def child():
    child = Child("sleeper", [sys.executable, "-c", "import signal; signal.pause()"])
    yield child
    child.clear_group(signal.SIGKILL)
    child.make_stop(within=1)


def serve(**environment):
    command = [sys.executable, "-m", "lms.supervisor"]
    environment = {**os.environ, **{name: str(value) for name, value in environment.items()}}
    return subprocess.run(command, cwd=HOME, env=environment, check=False, capture_output=True, text=True)


def test_child_that_falls_is_started_again(child):
    child.tend()
    first = child.process
    first.kill()
    first.wait()

    child.tend()
    assert child.process is None
    child.due = 0
    child.tend()

    assert child.process.pid != first.pid
    assert child.process.poll() is None


def test_child_that_keeps_falling_waits_longer_each_time(child):
    pauses = []

    for _ in range(8):
        child.tend()
        pauses.append(child.pause)
        child.process.kill()
        child.process.wait()
        child.tend()
        child.due = 0

    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS]


def test_child_stops_when_asked(child):
    child.tend()

    child.ask_to_stop()
    child.make_stop(within=20)

    assert child.process.returncode == -signal.SIGTERM


def test_server_refuses_a_port_that_is_taken(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        done = serve(PORT=port, TAKUMI_VAR=tmp_path)

    assert done.returncode == 1
    assert done.stderr == (
        f"server: port {port} on 127.0.0.1 is taken: choose another, for example PORT={port + 1} script/server\n"
    )


@pytest.mark.parametrize("said", ["http", "0", "65536", "-1"])
def test_server_refuses_what_is_no_port(said, tmp_path):
    done = serve(PORT=said, TAKUMI_VAR=tmp_path)

    assert done.returncode == 1
    assert done.stderr == (
        f"server: PORT={said} is no port: name a number from 1 to 65535, as in PORT=8001 script/server\n"
    )


def test_server_refuses_a_folder_of_state_that_another_holds(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with (tmp_path / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        done = serve(PORT=port, TAKUMI_VAR=tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith(f"server: another script/server already runs over {tmp_path}: stop it, or ")
