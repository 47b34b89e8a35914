"""`python -m identity`: the service's short work."""

from chassis.runner import run

run("identity.service:IdentityService")
