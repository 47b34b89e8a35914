"""`python -m identity.batch`: the relay, and what is done on the side."""

from chassis.runner import run

run("identity.batch.duties:IdentityBatch")
