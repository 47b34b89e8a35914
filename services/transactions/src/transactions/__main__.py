"""`python -m transactions`: answer calls and hear events."""

from chassis.runner import run

run("transactions.service:TransactionsService")
