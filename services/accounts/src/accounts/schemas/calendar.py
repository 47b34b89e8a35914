"""Holidays, transfers and reschedules: from loaded commands to values, and fingerprints."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.holidays import Holiday
from contracts import wire
from contracts.accounts.holiday_words import HolidaySet
from contracts.accounts.holidays import DeclareHoliday
from contracts.accounts.reschedules import ProposeReschedule
from contracts.accounts.transfers import ProposeTransfer
from contracts.calls import dump


def holiday(command: Mapping[str, Any]) -> Holiday:
    """Return the holiday that is asked for."""
    return Holiday(**dict(command) | {"holiday_set": HolidaySet(command["holiday_set"])})


def holiday_fingerprint(command: Mapping[str, Any]) -> str:
    """Return the digest of a declaration, equal for equal requests."""
    return wire.digest(dump(DeclareHoliday, command))


def transfer_fingerprint(command: Mapping[str, Any]) -> str:
    """Return the digest of a transfer, equal for equal requests."""
    return wire.digest(dump(ProposeTransfer, command))


def reschedule_fingerprint(command: Mapping[str, Any]) -> str:
    """Return the digest of a reschedule, equal for equal requests."""
    return wire.digest(dump(ProposeReschedule, command))
