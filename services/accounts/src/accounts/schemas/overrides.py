"""What is said of an override, into what the domain speaks."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.lending.overrides import Override
from contracts import wire
from contracts.accounts.law_words import BreachKind
from contracts.accounts.overrides import ProposeOverride
from contracts.calls import dump


def override(command: Mapping[str, Any]) -> Override:
    """Return the override that somebody asks for."""
    return Override(
        id=command["id"],
        subject_id=command["subject_id"],
        breach=BreachKind(command["breach"]),
        figure=command["figure"],
        reason=command["reason"],
        fingerprint=wire.digest(dump(ProposeOverride, command)),
    )
