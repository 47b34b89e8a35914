"""The wording of messages: how each kind reads, a preview, another version set by two people (P2, P7)."""

from typing import Any

from contracts.wordings import GET_TEMPLATE, LIST_TEMPLATES, PREVIEW_TEMPLATE, PROPOSE_TEMPLATE
from gateway.api.resource import Resource
from gateway.asking import ask

wordings = Resource("message templates", "How messages read; another wording is set by two people.")


@wordings.get("/message-templates", LIST_TEMPLATES)
def list_templates(command: dict[str, Any]) -> dict[str, Any]:
    """List how each kind of message reads now."""
    return ask(LIST_TEMPLATES, command)


@wordings.get("/message-templates/<kind>", GET_TEMPLATE)
def get_template(command: dict[str, Any]) -> dict[str, Any]:
    """Read one kind of message with every wording proposed for it."""
    return ask(GET_TEMPLATE, command)


@wordings.post("/message-templates/<kind>/preview", PREVIEW_TEMPLATE)
def preview_template(command: dict[str, Any]) -> dict[str, Any]:
    """Read a wording with sample facts; nothing is kept."""
    return ask(PREVIEW_TEMPLATE, command)


@wordings.post("/message-templates/<kind>/versions", PROPOSE_TEMPLATE)
def propose_template(command: dict[str, Any]) -> dict[str, Any]:
    """Propose another wording; another administrator agrees among the approvals."""
    return ask(PROPOSE_TEMPLATE, command)
