"""`python -m transactions.batch`: close days, issue sheets, make room in the books, relay events."""

from chassis.runner import run

run("transactions.batch.duties:TransactionsBatch")
