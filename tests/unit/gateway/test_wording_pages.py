"""The wording of messages at the portal: read, typed, seen with sample facts, sent for approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import InvalidPayload
from contracts.permissions import Role
from contracts.wordings import (
    GET_TEMPLATE,
    LIST_APPROVALS,
    LIST_TEMPLATES,
    PREVIEW_TEMPLATE,
    PROPOSE_TEMPLATE,
    TEMPLATE,
)
from gateway.keepers import KEEPERS
from tests.support.samples import sample
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

pytestmark = pytest.mark.rule("P7")
WORDINGS = [
    {
        "part": "title",
        "variant": "any",
        "bn": "পাসবইয়ে নতুন লেখা",
        "en": "A new line",
        "placeholders": [],
    },
    {
        "part": "text",
        "variant": "full",
        "bn": "{when}: {lines}",
        "en": "On {when}: {lines}",
        "placeholders": ["lines", "when"],
    },
]
PROPOSAL = "01a20857-0000-7000-8000-00000000f002"
NEW = "/wordings/deposit_confirmed/new"


@pytest.fixture(autouse=True)
def scripted(backends: FakeBackends) -> None:
    file = sample(GET_TEMPLATE.answer)
    file |= {"kind": "deposit_confirmed", "wordings": WORDINGS, "proposals": []}
    backends.script(GET_TEMPLATE, file)
    kind = {**sample(LIST_TEMPLATES.answer)["items"][0], "kind": "deposit_confirmed", "waits": True}
    backends.script(LIST_TEMPLATES, {"items": [kind], "next": None})
    for keeper in KEEPERS.values():
        backends.script(keeper.waiting, {"items": [], "next": None})


def typed(visitor: Visitor, **changes: str) -> dict[str, str]:
    words = {
        f"{language}-{at}": one[language] for at, one in enumerate(WORDINGS) for language in ("bn", "en")
    }
    return {**visitor.look(NEW).fields, **words, **changes}


def test_the_list_leads_to_each_kind_and_its_sentences(app: Flask, backends: FakeBackends) -> None:
    auditor = Visitor(app, backends, Role.AUDITOR)
    assert "/wordings/deposit_confirmed" in auditor.look("/wordings").links
    page = auditor.look("/wordings/deposit_confirmed")

    assert "On {when}: {lines}" in page.text
    assert NEW not in page.links
    assert auditor.client.get(NEW).status_code == 403


def test_the_form_begins_with_what_counts_now(app: Flask, backends: FakeBackends) -> None:
    page = Visitor(app, backends, Role.ADMINISTRATOR).look(NEW)

    assert "On {when}: {lines}" in page.text


def test_it_is_seen_with_sample_facts_before_it_is_asked_for(app: Flask, backends: FakeBackends) -> None:
    seen = {"part": "text", "variant": "full", "language": "en", "text": "Ours, 23-11-26: Tk 500", "parts": 1}
    backends.script(PREVIEW_TEMPLATE, {"items": [seen]})
    visitor = Visitor(app, backends, Role.ADMINISTRATOR)
    given = {"en-1": "Ours, {when}: {lines}", "deed": "preview"}

    answer = visitor.client.post(NEW, data=typed(visitor, **given))

    assert answer.status_code == 200
    assert "Ours, 23-11-26: Tk 500" in answer.text
    assert "Ours, {when}: {lines}" in answer.text
    [asked] = backends.of(PREVIEW_TEMPLATE)
    assert asked.payload["wordings"][1]["en"] == "Ours, {when}: {lines}"
    assert backends.of(PROPOSE_TEMPLATE) == []


def test_it_is_sent_for_approval(app: Flask, backends: FakeBackends) -> None:
    visitor = Visitor(app, backends, Role.ADMINISTRATOR)
    fields = typed(visitor, **{"bn-0": "আপনার বই", "reason": "our own words", "deed": "ask"})

    answer = visitor.client.post(NEW, data=fields)

    assert answer.status_code == 303
    [asked] = backends.of(PROPOSE_TEMPLATE)
    assert asked.payload["id"] == fields["id"]
    assert (asked.payload["kind"], asked.payload["reason"]) == ("deposit_confirmed", "our own words")
    first: dict[str, Any] = asked.payload["wordings"][0]
    assert first == {"part": "title", "variant": "any", "bn": "আপনার বই", "en": "A new line"}


def test_the_other_administrator_reads_every_sentence_with_sample_facts(
    app: Flask, backends: FakeBackends
) -> None:
    said = ["আপনার বই, ২৩-১১-২৬", "Your book, 23-11-26"]
    item = sample(LIST_APPROVALS.answer)["items"][0] | {"id": PROPOSAL, "service": "notifications"}
    item |= {"kind": TEMPLATE, "may_decide": True, "maker_bn": "আজিজা", "maker_en": "Aziza"}
    item |= {"facts": {"message_kind": "deposit_confirmed", "sentences": said, "reason": "our own words"}}
    backends.script(LIST_APPROVALS, {"items": [item], "next": None})

    page = Visitor(app, backends, Role.ADMINISTRATOR).look(f"/approvals/notifications/{PROPOSAL}")

    for sentence in said:
        assert f"<li>{sentence}</li>" in page.html
    for words in ("Deposit confirmed", "our own words", "Aziza"):
        assert words in page.text


@pytest.mark.rule("P2")
@pytest.mark.parametrize(("deed", "method"), [("preview", PREVIEW_TEMPLATE), ("ask", PROPOSE_TEMPLATE)])
def test_a_missing_name_stands_at_its_own_line_and_nothing_typed_is_lost(
    app: Flask, backends: FakeBackends, deed: str, method: Any
) -> None:
    backends.script(method, InvalidPayload({"wordings.1.bn": ["PLACEHOLDERS:{lines}, {when}"]}))
    visitor = Visitor(app, backends, Role.ADMINISTRATOR)

    answer = visitor.client.post(NEW, data=typed(visitor, **{"bn-1": "শুধু কথা", "deed": deed}))

    assert answer.status_code == 400
    assert "This sentence needs exactly these names: {lines}, {when}." in answer.text
    assert "শুধু কথা" in answer.text
