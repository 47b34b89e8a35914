"""`python -m notifications.batch`: the relay, and the carrying of messages."""
