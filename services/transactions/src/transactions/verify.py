"""`python -m transactions.verify`: prove that the books are sound, else exit with status 1.

They agree with themselves and with the seals that were published (`MIKROF_SEALS`). Read only, as the runtime
role. It prints a line a fault: its code, and what is at fault.
"""

import sys
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidSignature
from environs import Env

from chassis.clock import SystemWatch
from chassis.config import spell_driver
from chassis.database import Database
from chassis.ids import new_id
from chassis.process import Process
from chassis.work import Opening
from contracts.keys import Keyring
from transactions.domain.coherence import Fault, Verify
from transactions.queries.coherence import find_faults
from transactions.repository import Books
from transactions.repository.registers import SealRegisters

SERVICE = "transactions"


def verifier(keys: Keyring) -> Verify:
    """Return what tells whether a key of the service, the present or an older one, signed a statement."""
    public = keys.issuer_keys(SERVICE)

    def holds(signature: bytes, statement: bytes) -> bool:
        for key in public:
            try:
                key.verify(signature, statement)
            except InvalidSignature:
                continue
            return True
        return False

    return holds


def faults_in(process: Process, registers: SealRegisters | None = None) -> tuple[Fault, ...]:
    """Return everything that is wrong with the books, as one moment saw them.

    Args:
        process: Whose database and keys.
        registers: Where seals are published; None looks at the database alone.
    """
    opening = Opening(process, process.own_call(), Books)
    with opening() as books:
        books.coherence.see_one_moment()
        return tuple(find_faults(books, verifier(process.keys), registers))


def main() -> int:
    """Run the command."""
    env = Env(prefix="MIKROF_")
    process = Process(
        service=SERVICE,
        keys=Keyring(env.path("KEYS")),
        database=Database(spell_driver(env.str("SERVICE_DATABASE_URL")), connections=1),
        watch=SystemWatch(ZoneInfo(env.str("TIME_ZONE", "Asia/Dhaka"))),
        new_id=new_id,
        ring=lambda: None,
    )
    faults = faults_in(process, SealRegisters(env.path("SEALS")))
    for fault in faults:
        sys.stdout.write(f"{fault.code} {fault.subject}\n")
    sys.stdout.write(f"{len(faults)} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
