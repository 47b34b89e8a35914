"""Products: proposed by one administrator, approved by another, and never changed again."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, ProgrammingError

from accounts.service import AccountsService
from chassis.testing import ServiceHarness
from contracts.accounts import DECIDE_APPROVAL, LIST_APPROVALS
from contracts.accounts.product_errors import (
    AnotherIsCompulsory,
    CompulsoryRateTooLow,
    EffectiveDatePassed,
    ProductCodeTaken,
    ProductNotOffered,
)
from contracts.accounts.products import GET_PRODUCT, LIST_PRODUCTS, WITHDRAW_PRODUCT
from contracts.accounts.savings_products import PROPOSE_SAVINGS_PRODUCT
from contracts.errors import Forbidden, IdConflict, InvalidPayload, MakerIsChecker, NotFound
from tests.support.accounts import Branch
from tests.support.products import administrators, general, lump, monthly, offer, proposal, rate, voluntary

Harness = ServiceHarness[AccountsService]
MAKER, CHECKER = administrators()


def propose(harness: Harness, code: str, terms: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return harness.ask(PROPOSE_SAVINGS_PRODUCT, proposal(code, terms, **changes), actor=MAKER)


def decide(harness: Harness, waiting: dict[str, Any], **said: Any) -> dict[str, Any]:
    return harness.ask(DECIDE_APPROVAL, {"id": waiting["approval_id"], "approve": True} | said, actor=CHECKER)


def end(harness: Harness, code: str, effective_on: str) -> dict[str, Any]:
    command = {"id": str(uuid4()), "code": code, "effective_on": effective_on, "reason": "চাহিদা নেই"}
    return decide(harness, harness.ask(WITHDRAW_PRODUCT, command, actor=MAKER))


def listed(harness: Harness, on: str | None = None) -> dict[str, dict[str, Any]]:
    items = harness.ask(LIST_PRODUCTS, {"on": on}, actor=MAKER)["items"]
    return {item["code"]: item for item in items}


class TestProposing:
    @pytest.mark.rule("P7")
    def test_a_product_is_on_the_list_when_a_second_administrator_agreed(self, harness: Harness):
        waiting = propose(harness, "VS", voluntary())
        assert (waiting["state"], "VS" in listed(harness)) == ("waiting", False)
        with pytest.raises(MakerIsChecker):
            harness.ask(DECIDE_APPROVAL, {"id": waiting["approval_id"], "approve": True}, actor=MAKER)

        assert decide(harness, waiting)["state"] == "approved"

        product = harness.ask(GET_PRODUCT, {"code": "VS"}, actor=CHECKER)
        (version,) = product["versions"]
        assert (product["kind"], version["version"], version["offered"]) == ("savings", 1, True)
        assert (version["maker_id"], version["checker_id"]) == (MAKER.person_id, CHECKER.person_id)
        assert version["savings"]["rates"] == [rate(600)]
        assert listed(harness)["VS"]["category"] == "voluntary_savings"

    @pytest.mark.rule("P7")
    def test_only_administrators_of_head_office_set_products(self, harness: Harness, branch: Branch):
        waiting = propose(harness, "VS", voluntary())
        for role in ("branch_manager", "accountant", "field_officer"):
            with pytest.raises(Forbidden):
                harness.ask(PROPOSE_SAVINGS_PRODUCT, proposal("VT", voluntary()), actor=branch.actor(role))
            with pytest.raises((Forbidden, NotFound)):
                harness.ask(
                    DECIDE_APPROVAL,
                    {"id": waiting["approval_id"], "approve": True},
                    actor=branch.actor(role),
                )
        assert harness.ask(GET_PRODUCT, {"code": "GS"}, actor=branch.officer)["code"] == "GS"

    def test_the_checker_sees_what_is_proposed(self, harness: Harness):
        propose(harness, "DPS", monthly())
        (one,) = harness.ask(LIST_APPROVALS, {}, actor=CHECKER)["items"]
        assert (one["kind"], one["permission"], one["may_decide"]) == ("product", "product:approve", True)
        assert one["facts"]["terms"]["rates"] == [rate(700, months=36), rate(750, months=60)]
        assert harness.ask(LIST_APPROVALS, {}, actor=MAKER)["items"][0]["may_decide"] is False

    def test_declined_it_never_is(self, harness: Harness):
        waiting = propose(harness, "VS", voluntary())
        assert decide(harness, waiting, approve=False, reason="হার বেশি")["state"] == "declined"
        with pytest.raises(NotFound):
            harness.ask(GET_PRODUCT, {"code": "VS"}, actor=MAKER)

    def test_the_same_proposal_again_answers_the_same_and_another_is_a_conflict(self, harness: Harness):
        command = proposal("VS", voluntary())
        first = harness.ask(PROPOSE_SAVINGS_PRODUCT, command, actor=MAKER)
        assert harness.ask(PROPOSE_SAVINGS_PRODUCT, command, actor=MAKER) == first
        decide(harness, first)
        assert harness.ask(PROPOSE_SAVINGS_PRODUCT, command, actor=MAKER)["state"] == "approved"
        with pytest.raises(IdConflict):
            harness.ask(PROPOSE_SAVINGS_PRODUCT, command | {"effective_on": "2026-12-01"}, actor=MAKER)

    def test_terms_never_begin_in_the_past_not_even_when_approval_is_late(self, harness: Harness):
        with pytest.raises(EffectiveDatePassed) as refusal:
            propose(harness, "VS", voluntary(), effective_on="2026-11-22")
        assert refusal.value.facts["first_on"] == "2026-11-23"
        waiting = propose(harness, "VS", voluntary())
        harness.watch.advance(timedelta(days=1))
        with pytest.raises(EffectiveDatePassed):
            decide(harness, waiting)

    @pytest.mark.parametrize(
        ("terms", "field"),
        [
            (voluntary(rates=[rate(600), rate(650)]), "terms.rates"),
            (voluntary(rates=[rate(600, "2026-11-24")]), "terms.rates"),
            (monthly(rates=[rate(700, months=36)]), "terms.rates"),
            (voluntary(term_months=[12]), "terms.term_months"),
            (voluntary(compulsory=True), "terms.compulsory"),
            (monthly(formula=None), "terms.formula"),
            (monthly(term_months=[]), "terms.term_months"),
            (lump(most_deposit="19999.00"), "terms.most_deposit"),
            (
                lump(maturities=[{"amount": "1000.00", "months": 60, "value": "2000.00", "bonus": "0.00"}]),
                "terms.maturities",
            ),
            (
                monthly(maturities=[{"amount": "100.00", "months": 36, "value": "3599.99", "bonus": "0.00"}]),
                "terms.maturities",
            ),
        ],
    )
    def test_terms_that_contradict_themselves_are_refused(
        self, harness: Harness, terms: dict[str, Any], field: str
    ):
        with pytest.raises(InvalidPayload) as refusal:
            propose(harness, "NEW", terms)
        assert field in refusal.value.facts["fields"]

    def test_a_code_belongs_to_one_family_for_ever(self, harness: Harness):
        with pytest.raises(ProductCodeTaken):
            propose(harness, "GS", voluntary())


class TestTheLaw:
    @pytest.mark.rule("L2")
    def test_compulsory_savings_earn_at_least_six_percent(self, harness: Harness):
        with pytest.raises(CompulsoryRateTooLow) as refusal:
            propose(harness, "GS", general(rates=[rate(700), rate(599, "2027-01-01")]))
        assert refusal.value.facts == {"rate_percent": "5.99", "least_percent": "6.00"}
        assert propose(harness, "VS", voluntary(rates=[rate(599)]))["state"] == "waiting"

    def test_the_database_refuses_less_by_itself(self, harness: Harness):
        insert = sa.text(
            "INSERT INTO savings_products SELECT code, 9, effective_on, name_bn, name_en, floor,"
            " least_deposit, 599, fund, family, offered, compulsory, legal_minimum_bps, terms, NULL"
            " FROM savings_products WHERE code = 'GS'"
        )
        with (
            pytest.raises(IntegrityError, match="legal_minimum"),
            harness.process.database.transaction() as session,
        ):
            session.execute(insert)

    def test_a_version_cannot_be_edited_or_taken_away(self, harness: Harness):
        for statement in ("UPDATE savings_products SET floor = 100", "DELETE FROM savings_products"):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                harness.process.database.transaction() as session,
            ):
                session.execute(sa.text(statement))

    def test_one_product_is_compulsory(self, harness: Harness):
        with pytest.raises(AnotherIsCompulsory):
            propose(harness, "GS2", general())
        end(harness, "GS", "2026-12-01")
        assert propose(harness, "GS2", general(), effective_on="2026-12-01")["state"] == "waiting"


class TestVersions:
    def test_a_later_version_is_in_force_from_its_day_and_the_older_one_stays(
        self, harness: Harness, branch: Branch
    ):
        offer(branch, "GS", general(rates=[rate(650)], floor="200.00"), effective_on="2026-12-01")

        assert listed(harness, "2026-11-30")["GS"]["version"] == 1
        assert listed(harness, "2026-12-01")["GS"]["version"] == 2
        versions = harness.ask(GET_PRODUCT, {"code": "GS"}, actor=branch.manager)["versions"]
        assert [(one["version"], one["savings"]["floor"]) for one in versions] == [(2, "200.00"), (1, "0.00")]
        assert [one["maker_id"] for one in versions] == [MAKER.person_id, None]

    def test_a_product_is_offered_no_more_from_a_day_on(self, harness: Harness, branch: Branch):
        offer(branch, "VS", voluntary())
        end(harness, "VS", "2026-12-01")

        assert listed(harness, "2026-11-30")["VS"]["in_force"] is True
        assert listed(harness, "2026-12-01")["VS"]["in_force"] is False
        with pytest.raises(ProductNotOffered):
            end(harness, "VS", "2026-12-02")
        offer(branch, "VS", voluntary(rates=[rate(500)]), effective_on="2027-01-01")
        assert listed(harness, "2027-01-01")["VS"]["in_force"] is True

    def test_what_is_not_there_cannot_end(self, harness: Harness):
        with pytest.raises(NotFound):
            end(harness, "NONE", "2026-12-01")
