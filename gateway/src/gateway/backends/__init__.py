"""The way to the services; the only room that speaks to the broker."""

from gateway.backends.asked import Asked, Backends, ServiceDefect
from gateway.backends.broker import BrokerBackends
from gateway.backends.client import Patience, RpcClient, open_client
from gateway.backends.keys import GatewayKeys
from gateway.backends.listener import Audience

__all__ = [
    "Asked",
    "Audience",
    "Backends",
    "BrokerBackends",
    "GatewayKeys",
    "Patience",
    "RpcClient",
    "ServiceDefect",
    "open_client",
]
