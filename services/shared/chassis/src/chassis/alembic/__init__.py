"""Alembic's environment for all services."""
