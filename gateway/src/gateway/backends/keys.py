"""The keys that the gateway may use, read once."""

from functools import cached_property
from pathlib import Path

from contracts.actor import Issuer
from contracts.calls import GATEWAY
from contracts.keys import Keyring
from contracts.sealed import SealingKey, UnsealingKey


class GatewayKeys:
    """Signs actors, seals to services, unseals what is meant for the gateway."""

    name = GATEWAY

    def __init__(self, folder: Path) -> None:
        self._keyring = Keyring(folder)
        self._sealing: dict[str, SealingKey] = {}

    @cached_property
    def issuer(self) -> Issuer:
        """The key that vouches for actors."""
        return self._keyring.issuer(self.name)

    @cached_property
    def unsealing(self) -> tuple[UnsealingKey, ...]:
        """The keys for what is sealed to the gateway."""
        return self._keyring.unsealing(self.name)

    @cached_property
    def session(self) -> bytes:
        """The key of the portal's cookie."""
        return self._keyring.session()

    def sealing(self, addressee: str) -> SealingKey:
        """Return the key for what a service shall read."""
        if addressee not in self._sealing:
            self._sealing[addressee] = self._keyring.sealing(addressee)
        return self._sealing[addressee]
