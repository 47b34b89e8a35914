"""Holidays, transfers and reschedules: from loaded commands to values, and fingerprints."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.holidays import Holiday, days_until
from contracts import wire
from contracts.accounts.holiday_words import HolidaySet
from contracts.accounts.holidays import DeclareHoliday
from contracts.accounts.reschedules import ProposeReschedule
from contracts.accounts.transfers import ProposeTransfer
from contracts.calls import dump


def holiday(command: Mapping[str, Any]) -> Holiday:
    """Return the holiday that is asked for.

    Raises:
        InvalidPayload, HolidayTooLong: as `days_until`.
    """
    plain = {name: command[name] for name in command if name not in {"on", "until_on"}}
    days = days_until(command["on"], command["until_on"])
    return Holiday(**plain | {"holiday_set": HolidaySet(command["holiday_set"]), "days": days})


def holiday_fingerprint(command: Mapping[str, Any]) -> str:
    """Return the digest of a declaration, equal for equal requests; of one day, the same as ever."""
    asked = dump(DeclareHoliday, command)
    return wire.digest({name: asked[name] for name in asked if (name, asked[name]) != ("until_on", None)})


def transfer_fingerprint(command: Mapping[str, Any]) -> str:
    """Return the digest of a transfer, equal for equal requests."""
    return wire.digest(dump(ProposeTransfer, command))


def reschedule_fingerprint(command: Mapping[str, Any]) -> str:
    """Return the digest of a reschedule, equal for equal requests."""
    return wire.digest(dump(ProposeReschedule, command))
