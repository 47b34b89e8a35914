# ruff: noqa: INP001 - a file of settings, not a module
"""How the gateway is served: threads, never eventlet (reliability R3.3).

The way to the broker is opened by `create_app`, which each worker calls after the fork: nothing is preloaded.
"""

import ctypes
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1

bind = os.environ.get("MIKROF_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("MIKROF_GATEWAY_WORKERS", "2"))
threads = int(os.environ.get("MIKROF_GATEWAY_THREADS", "16"))
worker_class = "gthread"
preload_app = False
proc_name = "mikrof-gateway"
control_socket_disable = True

timeout = 60
graceful_timeout = 30  # longer than the longest call to a service
keepalive = 15
max_requests = 50_000
max_requests_jitter = 5_000
limit_request_line = 4094
limit_request_fields = 60

accesslog = None  # the gateway writes one line an answer itself, with ids and without queries
errorlog = "-"
loglevel = "warning"

# The workers keep their figures where each can read all of them.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="mikrof-figures-"))


def post_fork(server: Any, worker: Any) -> None:
    """Let no worker outlive a killed arbiter: it would answer for a moment, and hold the port of the next."""
    del server, worker
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def child_exit(server: Any, worker: Any) -> None:
    """Forget the gauges of a worker that has ended; what it counted stays."""
    del server
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    """Leave nothing behind."""
    del server
    folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    for file in folder.glob("*.db"):
        file.unlink(missing_ok=True)
    if folder.name.startswith("mikrof-figures-"):
        folder.rmdir()
