"""Whatever is sent to the API, fit or unfit: it never fails, and answers only what it describes."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from contracts.permissions import Role
from tests.support.gateway import FakeBackends, built_front_end, gateway_app

EXAMPLES = 6
ROLES = (Role.ADMINISTRATOR, Role.BRANCH_MANAGER, Role.ACCOUNTANT, Role.FIELD_OFFICER, Role.MEMBER)
GENERATE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def served(keys_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, list[str]]:
    backends = FakeBackends()
    app = gateway_app(backends, keys_folder, built_front_end(tmp_path_factory.mktemp("frontend")))
    return app, [backends.sign_in(role) for role in ROLES]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fit", "unfit"])
def test_every_answer_is_described_and_none_is_a_failure(
    served: tuple[Flask, list[str]], mode: GenerationMode
) -> None:
    app, tokens = served
    outcomes: Counter[int] = Counter()
    wrong: list[str] = []

    def send(case: Any) -> None:
        for token in tokens:
            status, text = answer(app, token, case)
            outcomes[status] += 1
            described = case.operation.definition.raw["responses"]
            if status >= 500 or str(status) not in described:
                wrong.append(f"{case.method} {case.formatted_path}: {status} {text[:200]}")

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    for operation in schema.get_all_operations():
        strategy = operation.ok().as_strategy(generation_mode=mode)
        GENERATE(given(case=strategy)(send))()

    assert wrong == []
    assert outcomes[200] + outcomes[202] > 100, outcomes
    assert mode is GenerationMode.POSITIVE or outcomes[400] > 100, outcomes


def answer(app: Flask, token: str, case: Any) -> tuple[int, str]:
    """Send a generated case as somebody; return the status and what was answered."""
    request = case.as_transport_kwargs()
    body = request.get("data") if request.get("json") is None else json.dumps(request["json"])
    response = app.test_client().open(
        case.formatted_path,
        method=case.method,
        query_string=request.get("params"),
        data=body,
        content_type=None if case.method == "GET" else "application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    return response.status_code, response.get_data().decode(errors="replace")
