"""What every room of the service has at hand."""

from accounts.operations.desk import Desk
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register
from accounts.settings import admission_limits, lending_limits
from chassis.injection import CallContext, Clock, Keys, ServiceCaller
from chassis.work import UnitOfWork


class Entrypoints:
    """The head of the service: the call in hand, the register, the clock, keys and limits."""

    call = CallContext()
    books = UnitOfWork(Register)
    clock = Clock()
    keys = Keys()
    ledger = ServiceCaller("transactions")
    limits = admission_limits()
    lending = lending_limits()

    def _numbers(self) -> PrivateNumbers:
        return PrivateNumbers.of(self.keys)

    def _desk(self) -> Desk:
        return Desk(
            numbers=self._numbers(), limits=self.limits, today=self.clock.today(), lending=self.lending
        )
