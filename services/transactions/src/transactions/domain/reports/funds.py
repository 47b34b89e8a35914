"""How funds are called in reports. Pure.

A product says from whose money it is lent or run, in words of the institution; those here are told in both
languages, every other one stands as it was written.
"""

ALL_FUNDS = "all"
"""The lines of a form that are of no one fund."""
KNOWN_FUNDS = (ALL_FUNDS, "own", "PKSF")
