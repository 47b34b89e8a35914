"""As whom a program runs that refuses to be root (PostgreSQL does)."""

import os
import pwd
import shutil
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from launcher.failures import LauncherError

UNPRIVILEGED = "nobody"


@dataclass(frozen=True, slots=True)
class Account:
    """The words before a command that run it as this account, and the owner of its files."""

    prefix: tuple[str, ...]
    owner: tuple[int, int] | None

    def give(self, *files: Path) -> None:
        """Hand files over to the account."""
        if self.owner is not None:
            for file in files:
                os.chown(file, *self.owner)


def choose_account(needed: Iterable[Path], *, death_signal: str) -> Account:
    """Return ourselves, or as root the unprivileged account, which is told to die with its parent.

    Where a folder above the needed ones is closed to others (a clone in /root), the account may pass it by
    a capability: no permission outside `.run/` is changed. The secure bit makes access(2) count it too.
    """
    if os.geteuid() != 0:
        return Account((), None)
    if shutil.which("setpriv") is None:
        raise LauncherError("As root, PostgreSQL needs the program setpriv: install the package util-linux.")
    entry = pwd.getpwnam(UNPRIVILEGED)
    words = ["setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]
    if not all(_is_open(path) for path in needed):
        words += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup"]
    return Account((*words, f"--pdeathsig={death_signal}"), (entry.pw_uid, entry.pw_gid))


def _is_open(path: Path) -> bool:
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)
