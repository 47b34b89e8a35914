"""`./mikrof up --detach`: the same `up` behind us, its lines shown until all is ready."""

import subprocess
import sys
import time
from pathlib import Path

from launcher.failures import LauncherError
from launcher.places import Places
from launcher.runner import Report, is_running

LOOK_EVERY_SECONDS = 0.2


def bring_up_detached(places: Places, words: list[str]) -> int:
    """Start `up` in a session of its own and return when it is ready.

    Raises:
        LauncherError: it runs already.
    """
    if is_running(places):
        raise LauncherError("It is running already. `./mikrof status` tells where, `./mikrof down` stops it.")
    places.logs.mkdir(parents=True, exist_ok=True)
    log = places.logs / "up.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            (sys.executable, "-m", "launcher", "up", *words),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        return _show_until_ready(places, process, log)
    except KeyboardInterrupt:
        process.terminate()
        return process.wait()


def _show_until_ready(places: Places, process: "subprocess.Popen[bytes]", log: Path) -> int:
    with log.open(encoding="utf-8", errors="replace") as lines:
        while True:
            code = process.poll()
            report = Report.read(places)
            ready = report is not None and report.ready and report.pid == process.pid
            time.sleep(LOOK_EVERY_SECONDS)
            sys.stdout.write(lines.read())
            sys.stdout.flush()
            if code is not None:
                return code
            if ready:
                return 0
