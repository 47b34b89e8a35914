"""Programs as children: they end when told, and do not outlive a runner that is killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from launcher.failures import LauncherError
from launcher.processes import Child, Program, clean_environment, kill_running, run

STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
WITH_CHILD = (
    "import subprocess, time; subprocess.Popen(['sleep', '60']); print('up', flush=True); time.sleep(60)"
)


def program(folder: Path, code: str, **more: object) -> Program:
    return Program(
        name="child",
        argv=(sys.executable, "-c", code),
        environment=clean_environment("PYTHON"),
        folder=folder,
        log=folder / "child.log",
        **more,
    )


def is_up(child: Child) -> bool:
    return "up" in child.program.log.read_text()


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_for(condition) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and not condition():
        time.sleep(0.02)
    return condition()


def group(pid: int) -> list[int]:
    listing = subprocess.run(["ps", "-eo", "pid=,pgid="], capture_output=True, text=True, check=True).stdout
    pairs = (line.split() for line in listing.splitlines())
    return [int(member) for member, leader in pairs if int(leader) == pid and is_alive(int(member))]


def test_what_ignores_the_request_is_killed_when_patience_ends(tmp_path):
    child = Child(program(tmp_path, STUBBORN, patience_seconds=0.2))
    child.wait_until(lambda: is_up(child), seconds=10)

    child.stop()

    assert child.exit_code == -signal.SIGKILL


def test_its_own_children_go_with_it(tmp_path):
    child = Child(program(tmp_path, WITH_CHILD))
    child.wait_until(lambda: is_up(child), seconds=10)
    assert len(group(child.pid)) == 2

    child.stop()

    assert wait_for(lambda: not group(child.pid))


def test_a_killed_runner_leaves_nobody(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from launcher.processes import Child, Program\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "child = Child(Program(name='c', argv=('sleep', '60'), environment={'PATH': '/usr/bin:/bin'},"
        " folder=folder, log=folder / 'c.log'))\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    deploy = Path(__file__).parents[3] / "deploy"
    runner = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(deploy)}
    )
    assert runner.stdout is not None
    pid = int(runner.stdout.readline())
    assert is_alive(pid)

    runner.kill()
    runner.wait()
    runner.stdout.close()

    assert wait_for(lambda: not is_alive(pid))


def test_a_child_outlives_the_thread_that_asked_for_it(tmp_path):
    children: list[Child] = []
    thread = threading.Thread(target=lambda: children.append(Child(program(tmp_path, STUBBORN))))
    thread.start()
    thread.join()
    (child,) = children
    child.wait_until(lambda: is_up(child), seconds=10)

    assert child.is_running

    child.kill()


def test_a_child_that_ends_before_it_is_ready_shows_its_last_words(tmp_path):
    child = Child(program(tmp_path, "print('no such port'); raise SystemExit(3)"))

    with pytest.raises(LauncherError, match=r"exit code 3[\s\S]*no such port"):
        child.wait_until(lambda: False, seconds=10)


def test_a_child_that_is_never_ready_is_told_of_in_time(tmp_path):
    child = Child(program(tmp_path, STUBBORN))

    with pytest.raises(LauncherError, match="was not ready after 0 seconds"):
        child.wait_until(lambda: False, seconds=0.1)

    child.kill()


def test_what_is_being_waited_for_can_be_ended_from_elsewhere(tmp_path):
    ender = threading.Timer(0.3, kill_running)
    ender.start()

    assert run(program(tmp_path, "import time; time.sleep(60)")) == -signal.SIGKILL


def test_a_log_that_has_grown_large_is_put_aside(tmp_path, monkeypatch):
    monkeypatch.setattr("launcher.processes.LARGEST_LOG_BYTES", 10)
    (tmp_path / "child.log").write_text("of yesterday")

    assert run(program(tmp_path, "print('of today')")) == 0

    assert (tmp_path / "child.log").read_text() == "of today\n"
    assert (tmp_path / "child.old").read_text() == "of yesterday"
