"""Secrets never cross the broker in clear, and are in no table and no log line (mechanics T1)."""

import pytest
import sqlalchemy as sa

from contracts.actor import Actor
from contracts.keys import Keyring
from contracts.sealed import seal, unseal
from tests.integration.chassis.purse import FILL_PURSE, metadata
from tests.integration.chassis.running import DefectError, Place, rows, slip_amounts, until

PURSE = "5f0f4d70-0000-7000-8000-00000000a001"
OTHER = "5f0f4d70-0000-7000-8000-00000000a002"
PIN = "pin-of-rahima-48213"
NAMED_WRONGLY = "typed-into-a-wrong-field-77120"
IN_A_DEFECT = "raise quoted-by-an-exception-90551"


def broker_files(broker) -> bytes:
    """Return all that the broker wrote, its logs too."""
    if not hasattr(broker, "node"):
        pytest.skip("only the files of a broker of our own can be read")
    return b"".join(path.read_bytes() for path in broker.node.folder.rglob("*") if path.is_file())


def table_texts(place: Place) -> str:
    return "".join(str(rows(place, sa.select(table))) for table in metadata.sorted_tables)


def test_planted_secrets_are_found_nowhere(place: Place, broker, manager: Actor):
    keys = Keyring(place.keys)
    sealed = seal(PIN, keys.sealing("accounts"))
    with place.process() as service, place.process("PurseBatch") as batch, place.caller() as caller:
        service.line(event="started")
        batch.line(event="started")
        caller.ask(FILL_PURSE, {"id": PURSE, "amount": "5.00", "secret": sealed}, manager)
        with pytest.raises(Exception, match="INVALID_PAYLOAD"):
            caller.ask(FILL_PURSE, {"id": OTHER, "amount": NAMED_WRONGLY}, manager)
        with pytest.raises(DefectError):
            caller.ask(FILL_PURSE, {"id": OTHER, "amount": "1.00", "note": IN_A_DEFECT}, manager)
        until(lambda: slip_amounts(place) == [500])
        spoken = str(service.lines + batch.lines)

    written, stored = broker_files(broker), table_texts(place)
    # The sealed text is found where it went: the search itself works.
    assert sealed in stored
    assert sealed.encode() in written
    assert unseal(sealed, keys.unsealing("accounts")) == PIN
    for secret in (PIN, NAMED_WRONGLY, IN_A_DEFECT):
        assert secret not in stored + spoken
    assert PIN.encode() not in written
