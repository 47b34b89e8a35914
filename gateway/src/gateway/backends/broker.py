"""The four services behind the broker: a contract's method in, its answer or its refusal out."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from contracts.actor import sign
from contracts.calls import Method
from contracts.errors import ServiceError
from contracts.wire import Unreadable, digest, loads
from gateway.backends.asked import Asked, ServiceDefect
from gateway.backends.client import Request, RpcClient
from gateway.backends.keys import GatewayKeys
from gateway.backends.pending import Reply
from gateway.backends.sealing import Sealing
from gateway.edge import now
from gateway.metrics import CALLS

LOG = logging.getLogger(__name__)


class BrokerBackends:
    """Asks services over RabbitMQ."""

    def __init__(self, client: RpcClient, keys: GatewayKeys) -> None:
        self._client = client
        self._keys = keys
        self._sealing = Sealing(keys)

    def ask(self, method: Method, payload: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        """Ask a service; secrets go sealed, and come back plain.

        Raises:
            ServiceError: the service, or the way to it, refuses.
            ServiceDefect: the service answered something that is neither answer nor refusal.
        """
        with CALLS.observe(method):
            sealed = self._sealing.seal(method.command, payload)
            reply = self._client.call(self._request(method, sealed, asked))
            return self._sealing.unseal(method.answer, answer_of(method, reply))

    def _request(self, method: Method, payload: dict[str, Any], asked: Asked) -> Request:
        token = sign(asked.actor, self._keys.issuer, call=method.key, body_digest=digest(payload), now=now())
        return Request(
            service=method.service,
            method=method.name,
            payload=payload,
            headers={"nameko.actor": token, "nameko.correlation_id": asked.correlation_id},
            timeout=method.timeout,
        )


def answer_of(method: Method, reply: Reply) -> dict[str, Any]:
    """Read Nameko's reply `{result, error}`.

    Raises:
        ServiceError: the refusal that the reply carries.
        ServiceDefect: it carries anything else.
    """
    try:
        content = loads(reply)
        error, result = content["error"], content["result"]
    except (Unreadable, KeyError, TypeError):
        raise ServiceDefect(f"{method.key} answered something unreadable") from None
    if error is not None:
        raise refusal_of(method, error)
    if not isinstance(result, dict):
        raise ServiceDefect(f"{method.key} answered no mapping")
    return result


def refusal_of(method: Method, error: Any) -> Exception:
    """Rebuild a refusal by its code, never by its class path; anything else is a defect (mechanics B5)."""
    try:
        return ServiceError.from_wire(json.loads(error["exc_args"][0]))
    except (KeyError, IndexError, TypeError, ValueError):
        kind = error.get("exc_type") if isinstance(error, dict) else type(error).__name__
        LOG.warning("a service failed", extra={"method": method.key, "kind": str(kind)[:80]})
        return ServiceDefect(f"{method.key} failed")
