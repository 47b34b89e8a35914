"""The closed lists of words of dashboards."""

AGES = ("in_time", "to_30", "to_180", "to_365", "beyond")
"""How late a loan is: not at all, up to 30, 180, 365 days, longer (domain 4.9)."""
