from collections.abc import Callable

class Connection:
    def connect(self, callback: Callable[[], object] | None = ...) -> object: ...
    def collect(self) -> None: ...

class Transport:
    Connection: type[Connection]
