"""Where seals are published: what `MIKROF_SEALS` names."""

from environs import Env

from chassis.injection import Injected
from chassis.process import Call, Process
from transactions.repository.registers import SealRegisters


class Registers(Injected[SealRegisters]):
    """The registers of published seals; a process that does not know where they are does not start."""

    def setup(self) -> None:
        """Refuse to start without a folder."""
        configured()

    def give(self, process: Process, call: Call) -> SealRegisters:
        """Return the registers."""
        del process, call
        return configured()


def configured() -> SealRegisters:
    """Return the registers that the environment names.

    Raises:
        environs.EnvError: it names none.
    """
    return SealRegisters(Env(prefix="MIKROF_").path("SEALS"))
