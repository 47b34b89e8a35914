"""Notes on a member, for whom they are."""

from typing import Any

from contracts.accounts.notes import LIST_NOTES, WRITE_AUDIT_NOTE, WRITE_NOTE
from gateway.api.resource import Resource
from gateway.asking import ask

notes = Resource("notes", "Notes on a member, for whom they are.")


@notes.get("/members/<uuid:member_id>/notes", LIST_NOTES)
def list_notes(command: dict[str, Any]) -> dict[str, Any]:
    """List the notes that one may read, the newest first."""
    return ask(LIST_NOTES, command)


@notes.put("/members/<uuid:member_id>/notes/<uuid:id>", WRITE_NOTE)
def write_note(command: dict[str, Any]) -> dict[str, Any]:
    """Write a note; one about her officer he never reads."""
    return ask(WRITE_NOTE, command)


@notes.put("/members/<uuid:member_id>/audit-notes/<uuid:id>", WRITE_AUDIT_NOTE)
def write_audit_note(command: dict[str, Any]) -> dict[str, Any]:
    """Write what an auditor found, for auditors and for those above the branch."""
    return ask(WRITE_AUDIT_NOTE, command)
