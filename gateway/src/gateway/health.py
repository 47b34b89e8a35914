"""Whether the process lives, whether the services answer, and the figures."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from contracts import transactions
from contracts.accounts import PING as PING_ACCOUNTS
from contracts.calls import Method
from contracts.errors import NotFound, ServiceError
from contracts.identity import PING as PING_IDENTITY
from contracts.notifications import PING as PING_NOTIFICATIONS
from gateway.asking import ask_each, parts
from gateway.auth import open_to_all
from gateway.metrics import exposition

PINGS: dict[str, Method] = {
    ping.service: ping for ping in (PING_IDENTITY, PING_ACCOUNTS, transactions.PING, PING_NOTIFICATIONS)
}
LOOPBACK = ("127.0.0.1", "::1")
READY, NOT_READY = 200, 503

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@open_to_all("the supervisor has no session")
def alive() -> ResponseReturnValue:
    """Tell that this process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@open_to_all("the load balancer has no session")
def ready() -> ResponseReturnValue:
    """Tell whether every service answers, or the one that `service` names."""
    name = request.args.get("service")
    if name is not None and name not in PINGS:
        raise NotFound
    names = list(PINGS) if name is None else [name]
    outcomes = ask_each([(PINGS[one], {}) for one in names])
    services = {
        one: outcome.code if isinstance(outcome, ServiceError) else "OK"
        for one, outcome in zip(names, outcomes, strict=True)
    }
    is_ready = set(services.values()) == {"OK"}
    body = jsonify(status="ok" if is_ready else "not ready", services=services)
    return body, READY if is_ready else NOT_READY, {} if is_ready else {"Retry-After": "5"}


@blueprint.get("/metrics")
@open_to_all("asked on the machine itself; from elsewhere there is no such page")
def metrics() -> ResponseReturnValue:
    """Answer Prometheus."""
    if request.remote_addr not in LOOPBACK or "X-Forwarded-For" in request.headers:
        raise NotFound
    return Response(exposition(parts().config.figures), mimetype="text/plain")
