from typing import Any

class Message:
    body: bytes | str | memoryview
    properties: dict[str, Any]
    headers: dict[str, Any]
    content_type: str
    def ack(self) -> None: ...
