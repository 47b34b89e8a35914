"""`python -m notifications.batch`: the relay, and the carrying of messages."""

from chassis.runner import run

run("notifications.batch.duties:NotificationsBatch")
