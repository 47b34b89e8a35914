"""What a service class declares at its head, and gets for each call: Nameko's dependency providers, typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Generic, Self, TypeVar, overload

from nameko.constants import AMQP_URI_CONFIG_KEY
from nameko.containers import WorkerContext
from nameko.extensions import DependencyProvider

from chassis.calling import ByBroker, Replies
from chassis.clock import today
from chassis.process import CALL, Asks, Call, Process, process_of
from contracts.actor import Actor
from contracts.calls import Method
from contracts.keys import Keyring

Given = TypeVar("Given")


class Injected(DependencyProvider, Generic[Given]):
    """A dependency: declared on the class, replaced on each worker's instance by what `give` returns."""

    def give(self, process: Process, call: Call) -> Given:
        """Return what the instance gets for one call."""
        raise NotImplementedError

    def get_dependency(self, worker_ctx: WorkerContext) -> Given:
        """Return what Nameko sets on the worker's instance."""
        process = process_of(worker_ctx.container.config)
        return self.give(process, worker_ctx.data.get(CALL) or process.own_call())

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Given: ...
    def __get__(self, instance: object | None, owner: type) -> Self | Given:
        if instance is None:
            return self
        raise RuntimeError(f"{owner.__name__} is used outside a container and outside a ServiceHarness")


class CallContext(Injected[Call]):
    """The verified actor, the correlation id and the deadline of the call in hand."""

    def give(self, process: Process, call: Call) -> Call:
        """Return the call itself."""
        del process
        return call


@dataclass(frozen=True, slots=True)
class ClockFace:
    """The clock as operations' callers read it."""

    _process: Process

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return self._process.watch.now()

    def today(self) -> date:
        """Return the calendar date where the institution is; a business day comes from the branch day."""
        return today(self._process.watch)


class Clock(Injected[ClockFace]):
    """The clock."""

    def give(self, process: Process, call: Call) -> ClockFace:
        """Return the process's clock."""
        del call
        return ClockFace(process)


@dataclass(frozen=True, slots=True)
class IdMaker:
    """Makes the ids that are the server's to make."""

    _process: Process

    def new(self) -> str:
        """Return a new UUID version 7."""
        return self._process.new_id(self._process.watch.now())


class Ids(Injected[IdMaker]):
    """The maker of ids."""

    def give(self, process: Process, call: Call) -> IdMaker:
        """Return the process's maker of ids."""
        del call
        return IdMaker(process)


class Keys(Injected[Keyring]):
    """The keys that this service may use."""

    def give(self, process: Process, call: Call) -> Keyring:
        """Return the process's keyring."""
        del call
        return process.keys


@dataclass(frozen=True, slots=True)
class OtherService:
    """Another service, as the worker in hand speaks to it."""

    _asks: Asks
    _process: Process
    _call: Call
    _name: str

    def ask(
        self, method: Method, payload: Mapping[str, Any], *, on_behalf_of: Actor | None = None
    ) -> dict[str, Any]:
        """Call one of its methods and return the loaded answer.

        Args:
            method: What is called.
            payload: Domain values by the names of the command's schema.
            on_behalf_of: The recorded actor of a step that is resumed later; else the actor of the call
                in hand. The signature is this service's own.

        Raises:
            ServiceError: the other service refuses, is away, or has too little time left.
        """
        assert method.service == self._name
        call = replace(self._call, actor=on_behalf_of or self._call.actor, issuer=self._process.service)
        return self._asks.ask(method, payload, call)


class ServiceCaller(Injected[OtherService]):
    """Another service that this one may call (mechanics T6)."""

    replies = Replies()

    def __init__(self, name: str) -> None:
        self.name = name

    def give(self, process: Process, call: Call) -> OtherService:
        """Return the other service as this call speaks to it, by whatever the process has."""
        return OtherService(process.others, process, call, self.name)

    def setup(self) -> None:
        """Prepare to speak over the broker."""
        config = self.container.config
        self._by_broker = ByBroker(process_of(config), self.replies, config[AMQP_URI_CONFIG_KEY])

    def get_dependency(self, worker_ctx: WorkerContext) -> OtherService:
        """Return the other service as a worker of the container speaks to it."""
        process = process_of(worker_ctx.container.config)
        call = worker_ctx.data.get(CALL) or process.own_call()
        return OtherService(self._by_broker, process, call, self.name)
