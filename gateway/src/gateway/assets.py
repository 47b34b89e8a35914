"""Serving what the front end's build made: compressed already, kept long where a name is a fingerprint."""

import json
import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, send_from_directory, url_for
from werkzeug.security import safe_join

from gateway.auth import open_to_all

FOREVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"
PORTAL_URL = "/static/build"
ENCODINGS = {"br": ".br", "gzip": ".gz"}
TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json"}
HASHED = "assets/"

for suffix, kind in TYPES.items():
    mimetypes.add_type(kind, suffix)  # without Debian's media-types Python knows them otherwise or not at all


class FrontEndMissing(Exception):
    """The front end was not built."""


class PortalBuild:
    """The names that the build gave the portal's files."""

    def __init__(self, folder: Path) -> None:
        file = folder / ".vite" / "manifest.json"
        try:
            self._manifest: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
        except OSError:
            command = "cd gateway/frontend && npm ci && npm run build"
            raise FrontEndMissing(f"{file} is not there; build the front end: {command}") from None

    def script(self, name: str) -> str:
        """Return the address of an entry's script."""
        return self._address(self._manifest[name]["file"])

    def styles(self, name: str) -> list[str]:
        """Return the addresses of the style sheets of an entry and of what it imports."""
        return [self._address(sheet) for sheet in dict.fromkeys(self._styles(name))]

    def _styles(self, name: str) -> Iterator[str]:
        entry = self._manifest[name]
        yield from entry.get("css", [])
        for imported in entry.get("imports", []):
            yield from self._styles(imported)

    def _address(self, file: str) -> str:
        return url_for("build", name=file)


def register_assets(app: Flask, frontend: Path) -> None:
    """Serve the portal's files and tell templates their names.

    Raises:
        FrontEndMissing: nothing was built.
    """
    folder = frontend / "portal"
    names = PortalBuild(folder)
    app.jinja_env.globals.update(build_asset=names.script, build_styles=names.styles)

    @open_to_all("the sign-in page needs its style")
    def build(name: str) -> Response:
        """Serve one file of the portal's build."""
        return file_of(folder, name)

    @open_to_all("browsers ask for it by themselves")
    def icon() -> Response:
        """Serve the app's icon where browsers look for one."""
        return file_of(frontend / "mobile", "icon.svg")

    app.add_url_rule(f"{PORTAL_URL}/<path:name>", "build", build)
    app.add_url_rule("/favicon.ico", "icon", icon)


def file_of(folder: Path, name: str) -> Response:
    """Answer with a built file, compressed if the browser takes it so.

    Raises:
        werkzeug.exceptions.NotFound: there is no such file.
    """
    encoding = _encoding_of(folder, name)
    response = send_from_directory(folder, name + ENCODINGS.get(encoding, ""), mimetype=_type_of(name))
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOREVER if name.startswith(HASHED) else ASK_FIRST
    return response


def _encoding_of(folder: Path, name: str) -> str:
    for encoding, ending in ENCODINGS.items():
        file = safe_join(str(folder), name + ending)
        if request.accept_encodings[encoding] and file is not None and Path(file).is_file():
            return encoding
    return ""


def _type_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
