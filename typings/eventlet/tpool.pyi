from collections.abc import Callable
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")

def execute(function: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R: ...
def set_num_threads(count: int) -> None: ...
