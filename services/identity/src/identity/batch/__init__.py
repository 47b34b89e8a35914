"""`python -m identity.batch`: the relay, and what is done on the side."""
