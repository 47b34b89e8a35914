from collections.abc import Callable
from typing import Any

def register(
    name: str,
    encoder: Callable[[Any], str],
    decoder: Callable[[Any], Any],
    content_type: str,
    content_encoding: str = ...,
) -> None: ...
