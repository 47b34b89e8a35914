"""Puts the gateway together: `gunicorn -c gateway/gunicorn.conf.py "gateway.app:create_app()"`."""

import atexit
import hashlib
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from flask import Flask, request
from flask.json.provider import DefaultJSONProvider
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from contracts.errors import ServiceError
from contracts.identity import SESSION_CHANGED, SESSION_REVOKED
from gateway import documentation, health, logs, mobile, portal, switch
from gateway.answering import register_errors
from gateway.api import register_api
from gateway.asking import AT_ONCE, EXTENSION, Parts
from gateway.assets import register_assets
from gateway.auth import Sessions, current_session, may
from gateway.auth.cookies import TokenCookie
from gateway.auth.credentials import API, register_credentials
from gateway.backends import Backends, BrokerBackends, GatewayKeys, open_client
from gateway.config import Config
from gateway.errors import FormExpired
from gateway.frame import register_frame
from gateway.words import language, t
from gateway.words.formats import FILTERS

COOKIE_EXTENSION = "mikrof-cookie"


class PlainJson(DefaultJSONProvider):
    """JSON as it was answered: Bangla as it is, fields in their order."""

    ensure_ascii = False
    sort_keys = False


def create_app(config: Config | None = None, backends: Backends | None = None) -> Flask:
    """Make the gateway of this process.

    Args:
        config: Its settings; read from the environment when not given.
        backends: The services; behind the broker when not given. Made here, so after gunicorn has forked.
    """
    settings = config or Config.from_environment()
    logs.configure(settings.log)
    keys = GatewayKeys(settings.keys)
    sessions = Sessions()
    services = backends or connect(settings, keys, sessions)
    helpers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="ask-each")

    app = Flask("gateway", static_folder=None)
    app.json = PlainJson(app)
    app.extensions[EXTENSION] = Parts(settings, services, sessions, helpers)
    app.extensions[COOKIE_EXTENSION] = TokenCookie(keys.session, secure=settings.secure_cookies)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Flask says to wrap it
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies
        )
    register_frame(app, secure=settings.secure_cookies)
    register_errors(app)
    register_credentials(app)
    register_pages(app, keys, settings)
    register_api(app)
    return app


def connect(settings: Config, keys: GatewayKeys, sessions: Sessions) -> BrokerBackends:
    """Open the way to the services, and listen for revoked and changed sessions."""
    client = open_client(
        settings.amqp_uri, sessions, (SESSION_REVOKED, SESSION_CHANGED), places=settings.places
    )
    client.start()
    atexit.register(client.stop)
    return BrokerBackends(client, keys)


def register_pages(app: Flask, keys: GatewayKeys, settings: Config) -> None:
    """Hang in everything that people look at, and what its templates may use."""
    app.config.update(
        SECRET_KEY=hashlib.sha256(b"mikrof flask session" + keys.session).hexdigest(),
        SESSION_COOKIE_NAME="mikrof-page",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
    )
    csrf = CSRFProtect(app)

    @app.before_request
    def protect_pages() -> None:
        """Check a form's token wherever a cookie opens the door; the API opens for bearer tokens only."""
        if not request.path.startswith(API):
            csrf.protect()
            refuse_strangers()

    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(t=t, language=language, may=may)
    app.context_processor(person)
    for room in (switch.blueprint, health.blueprint, mobile.blueprint, documentation.blueprint):
        app.register_blueprint(room)
    app.register_blueprint(portal.blueprint)
    register_assets(app, settings.frontend)


def refuse_strangers() -> None:
    """Take no form from another site's page, whatever token it carries.

    Raises:
        FormExpired: the browser names another origin.
    """
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin is not None and urlsplit(origin).netloc != request.host:
        raise FormExpired


def person() -> dict[str, object]:
    """Return who looks at a page, for its frame; nobody, where that cannot be found out just now."""
    try:
        return {"session_person": current_session()}
    except ServiceError:
        return {"session_person": None}
