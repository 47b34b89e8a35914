"""From what is sent about mobile money to what the domain knows."""

from collections.abc import Mapping
from typing import Any

from transactions.domain.mobile_money import Line, line_id


def lines_of(command: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return the lines of a statement, each with the id that follows from the provider's."""
    provider = str(command["provider"])
    return tuple(
        Line(
            id=line_id(provider, said["provider_id"]),
            office_id=command["office_id"],
            provider=provider,
            **said,
        )
        for said in command["lines"]
    )
