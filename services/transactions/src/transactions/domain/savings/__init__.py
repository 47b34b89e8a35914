"""Savings: what an account earns, gives, owes and pays. Pure."""
