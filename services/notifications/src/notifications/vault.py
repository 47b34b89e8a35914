"""Members' numbers: sealed on their way from accounts, encrypted in the database, clear for a sender only."""

from dataclasses import dataclass

from chassis.injection import Injected
from chassis.privacy import Place, Privacy
from chassis.process import Call, Process
from contracts.keys import Keyring
from contracts.sealed import unseal


@dataclass(frozen=True, slots=True)
class Vault:
    """The keys of notifications, at the hand of its operations."""

    keys: Keyring
    privacy: Privacy

    def keep(self, sealed: str | None, member_id: str) -> str | None:
        """Return a number that came sealed as it is kept for its row."""
        if sealed is None:
            return None
        plain = unseal(sealed, self.keys.unsealing("notifications"))
        return self.privacy.hide(plain, _place(member_id))

    def show(self, kept: str, member_id: str) -> str:
        """Return a number in clear, to send to it."""
        return self.privacy.show(kept, _place(member_id))


class VaultOf(Injected[Vault]):
    """The vault, as the service class declares it."""

    def give(self, process: Process, call: Call) -> Vault:
        """Return the process's vault."""
        del call
        return Vault(process.keys, Privacy.of("notifications", process.keys))


def _place(member_id: str) -> Place:
    return Place("contacts", "mobile", member_id)
