"""Calls that wait for their reply: who gets which, and what happens to them when the broker goes."""

from concurrent.futures import Future
from threading import Condition

from contracts.errors import ServiceAway

Reply = bytes


class PendingCalls:
    """The calls in flight of one process, by correlation id.

    A reply is handed to the call whose id it carries, once, or to nobody: the ids are random, each call's
    id leaves the table with its reply, and the queue to which replies come is a new one after every
    reconnection.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._waiting: dict[str, Future[Reply]] = {}
        self._reply_to: str | None = None
        self.late = 0

    def expect(self, correlation_id: str, *, patience: float) -> tuple[Future[Reply], str]:
        """Register a call; return its future and the queue to which its reply will come.

        Args:
            correlation_id: The call's own id, never used before.
            patience: Seconds to wait for the listener, when the broker has just gone.

        Raises:
            ServiceAway: nobody listens for replies, so nothing may be sent.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._reply_to is not None, timeout=patience):
                raise ServiceAway
            assert self._reply_to is not None
            future: Future[Reply] = Future()
            self._waiting[correlation_id] = future
            return future, self._reply_to

    def settle(self, correlation_id: str, body: Reply) -> None:
        """Hand a reply to its call; count it as late when the call has gone."""
        with self._changed:
            future = self._waiting.pop(correlation_id, None)
            self.late += future is None
        if future is not None:
            future.set_result(body)

    def forget(self, correlation_id: str) -> None:
        """Drop a call that will not wait any longer."""
        with self._changed:
            self._waiting.pop(correlation_id, None)

    def open(self, reply_to: str) -> None:
        """Say that replies are listened for in this queue."""
        with self._changed:
            self._reply_to = reply_to
            self._changed.notify_all()

    def close(self) -> None:
        """Say that nobody listens any more: every call in flight fails at once (reliability R3.1)."""
        with self._changed:
            self._reply_to = None
            lost, self._waiting = self._waiting, {}
        for future in lost.values():
            future.set_exception(ServiceAway())

    @property
    def is_open(self) -> bool:
        """Whether replies are listened for."""
        return self._reply_to is not None

    def __len__(self) -> int:
        return len(self._waiting)
