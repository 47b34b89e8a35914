"""`python -m accounts.batch`: take steps in transactions, put changes in force, relay events."""

from chassis.runner import run

run("accounts.batch.duties:AccountsBatch")
