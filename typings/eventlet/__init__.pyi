from collections.abc import Callable
from types import TracebackType
from typing import Generic, ParamSpec, Self, TypeVar

from eventlet import patcher as patcher
from eventlet import tpool as tpool

_P = ParamSpec("_P")
_R = TypeVar("_R")

class GreenThread(Generic[_R]):
    dead: bool
    def wait(self) -> _R: ...
    def kill(self) -> None: ...

class Timeout(BaseException):
    def __init__(self, seconds: float | None = ..., exception: BaseException | bool | None = ...) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool: ...

def monkey_patch() -> None: ...
def sleep(seconds: float = ...) -> None: ...
def spawn(function: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> GreenThread[_R]: ...
