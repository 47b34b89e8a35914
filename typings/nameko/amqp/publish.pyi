from collections.abc import Mapping
from typing import Any

class UndeliverableMessage(Exception): ...

class Publisher:
    def __init__(
        self,
        amqp_uri: str,
        *,
        serializer: str | None = ...,
        mandatory: bool | None = ...,
        retry_policy: Mapping[str, Any] | None = ...,
    ) -> None: ...
    def publish(self, payload: Any, **options: Any) -> None: ...
