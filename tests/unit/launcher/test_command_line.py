"""The door itself: what it lists, passes on and refuses."""

import os
import subprocess
from pathlib import Path

from launcher.__main__ import COMMANDS, _after_options, overview

DOOR = Path(__file__).parents[3] / "mikrof"


def test_alone_it_lists_its_commands_a_line_each():
    lines = [line.split()[1] for line in overview().splitlines() if "./mikrof" in line]

    assert lines == list(COMMANDS)


def test_what_is_meant_for_pytest_passes_untouched():
    assert _after_options(["test", "--fast", "-k", "money", "-x"]) == ["--fast", "--", "-k", "money", "-x"]
    assert _after_options(["up", "--detach"]) == ["--detach"]


def test_too_old_a_python_is_refused_with_what_to_do(tmp_path):
    for name in ("python3", "python3.11", "python3.12"):
        program = tmp_path / name
        program.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
        program.chmod(0o755)

    done = subprocess.run(
        ["/bin/sh", str(DOOR), "up"],
        env={"PATH": f"{tmp_path}:{os.defpath}"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "needs Python 3.11 or 3.12 (found: Python 3.9.2)" in done.stderr
