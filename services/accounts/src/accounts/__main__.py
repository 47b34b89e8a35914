"""`python -m accounts`: answer calls and hear events."""

from chassis.runner import run

run("accounts.service:AccountsService")
