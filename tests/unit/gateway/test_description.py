"""The API's description tells the truth, and anybody can read it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from contracts.permissions import ALL_PERMISSIONS
from gateway.openapi import main
from tests.support.routes import all_routes


def description(app: Flask) -> dict[str, Any]:
    told: dict[str, Any] = app.test_client().get("/api/v1/openapi.json").json
    return told


def operations(told: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in told["paths"].items():
        for verb, operation in item.items():
            if verb != "parameters":
                yield verb, path, operation


class TestDescription:
    def test_holds_every_route(self, app: Flask) -> None:
        told = {operation["operationId"] for _, _, operation in operations(description(app))}

        assert told == {name for name, _ in all_routes()}

    def test_every_reference_leads_somewhere(self, app: Flask) -> None:
        told = description(app)

        for reference in set(re.findall(r'"#/components/(\w+)/(\w+)"', json.dumps(told))):
            assert reference[1] in told["components"][reference[0]]

    def test_every_operation_says_what_it_does_and_needs(self, app: Flask) -> None:
        for _, path, operation in operations(description(app)):
            assert operation["summary"].endswith("."), path
            assert operation.get("x-permission") in {None, "session:own"} | ALL_PERMISSIONS

    def test_no_secret_of_the_wire_is_described(self, app: Flask) -> None:
        text = json.dumps(description(app))

        assert "refresh_hash" not in text
        assert "access_hash" not in text

    def test_can_be_written_without_any_part(self, app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
        main()

        assert json.loads(capsys.readouterr().out)["paths"] == description(app)["paths"]


class TestPages:
    def test_list_every_operation_without_script_or_inline_style(self, app: Flask) -> None:
        client = app.test_client()
        told = description(app)
        pages = [client.get("/api/docs").text]
        pages += [client.get(f"/api/docs/{tag['name']}").text for tag in told["tags"]]
        whole = "".join(pages)

        assert all(path in pages[0] for path in told["paths"])
        assert "handover:authorise" in whole
        assert not re.search(r"<script|style=|\son\w+=|https?://", whole)

    def test_an_unknown_resource_is_not_found(self, app: Flask) -> None:
        assert app.test_client().get("/api/docs/payroll").status_code == 404
