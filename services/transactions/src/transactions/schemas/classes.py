"""From a loaded command about the age of loans to the values of the domain."""

from collections.abc import Mapping
from typing import Any

from transactions.domain.class_data import FreezeRequest, RulesRequest, freeze_of, rules_of


def rules_request_of(command: Mapping[str, Any], maker_id: str) -> RulesRequest:
    """Return the classes that are asked for.

    Raises:
        ClassDataDisordered: as `rules_of`.
    """
    rules = rules_of(command["effective_on"], command["classes"], command["provision_months"])
    return RulesRequest(id=command["id"], rules=rules, reason=command["reason"], maker_id=maker_id)


def freeze_request_of(command: Mapping[str, Any], maker_id: str) -> FreezeRequest:
    """Return the freeze that is asked for.

    Raises:
        ClassDataDisordered: as `freeze_of`.
    """
    freeze = freeze_of(command["from_on"], command["to_on"])
    return FreezeRequest(id=command["id"], freeze=freeze, reason=command["reason"], maker_id=maker_id)
