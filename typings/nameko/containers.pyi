from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

HandleResult: TypeAlias = Callable[[Any, Any, Any], tuple[Any, Any]]

class ServiceContainer:
    service_name: str
    config: dict[str, Any]
    max_workers: int
    def spawn_worker(
        self,
        entrypoint: object,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        context_data: Mapping[str, Any] | None = ...,
        handle_result: HandleResult | None = ...,
    ) -> WorkerContext: ...
    def spawn_managed_thread(self, fn: Callable[[], Any], identifier: str | None = ...) -> Any: ...

class WorkerContext:
    container: ServiceContainer
    data: dict[str, Any]
