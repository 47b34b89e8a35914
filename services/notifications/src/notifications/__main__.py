"""`python -m notifications`: the service's short work."""

from chassis.runner import run

run("notifications.service:NotificationsService")
