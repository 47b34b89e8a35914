"""Savings products and the accounts opened under them; how much is in one, transactions knows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from accounts.domain.products import PlannedAccount, SavingsTerms
from accounts.models import members, samities, savings_accounts, savings_products
from accounts.repository.rows import Row, every, get_one
from chassis.work import Work

_TERMS = {
    "product_code": savings_products.c.code,
    "version": savings_products.c.version,
    "effective_on": savings_products.c.effective_on,
    "name_bn": savings_products.c.name_bn,
    "name_en": savings_products.c.name_en,
    "floor": savings_products.c.floor,
    "least_deposit": savings_products.c.least_deposit,
    "annual_rate_bps": savings_products.c.annual_rate_bps,
    "fund": savings_products.c.fund,
}


class SavingsStore:
    """Products of the institution, and accounts of members who were found in scope."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def versions(self, product_code: str) -> tuple[SavingsTerms, ...]:
        """Return all versions of a product."""
        query = sa.select(*(column.label(name) for name, column in _TERMS.items()))
        rows = every(self._session, query.where(savings_products.c.code == product_code))
        return tuple(SavingsTerms(**row) for row in rows)

    def plan(self, account_id: str, member_id: str, code: str, terms: SavingsTerms, serial: int) -> None:
        """Write an account that is still to be opened in the ledger."""
        row = {
            "id": account_id,
            "member_id": member_id,
            "code": code,
            "product_code": terms.product_code,
            "product_version": terms.version,
            "serial": serial,
            "status": "opening",
            "planned_at": self._work.now,
        }
        self._session.execute(sa.insert(savings_accounts).values(row))

    def get_planned(self, account_id: str) -> PlannedAccount:
        """Return an account with all that the ledger needs, and hold it until the end of the work."""
        query = (
            sa.select(
                savings_accounts.c.id,
                savings_accounts.c.member_id,
                samities.c.branch_id.label("office_id"),
                savings_accounts.c.code,
                savings_accounts.c.status,
                savings_accounts.c.product_version,
                savings_accounts.c.product_code,
                members.c.sex,
            )
            .join(members, members.c.id == savings_accounts.c.member_id)
            .join(samities, samities.c.id == members.c.samity_id)
            .where(savings_accounts.c.id == account_id)
            .with_for_update(of=savings_accounts)
        )
        row = get_one(self._session, query)
        version = row.pop("product_version")
        of_product = self.versions(row.pop("product_code"))
        terms = next(terms for terms in of_product if terms.version == version)
        return PlannedAccount(terms=terms, **row)

    def mark_open(self, account_id: str, opened_on: date | None) -> None:
        """Write that an account is in the ledger."""
        opened = sa.update(savings_accounts).where(savings_accounts.c.id == account_id)
        self._session.execute(opened.values(status="open", opened_on=opened_on))

    def of_members(self, member_ids: Iterable[str]) -> Mapping[str, Sequence[Row]]:
        """Return the accounts of members by member, in the order of their codes."""
        query = (
            sa.select(
                savings_accounts.c.member_id,
                savings_accounts.c.id.label("account_id"),
                savings_accounts.c.code,
                savings_accounts.c.status,
                savings_accounts.c.product_code,
                savings_accounts.c.opened_on,
            )
            .where(savings_accounts.c.member_id.in_(list(member_ids)))
            .order_by(savings_accounts.c.code)
        )
        found: dict[str, list[Row]] = {}
        for row in every(self._session, query):
            found.setdefault(row["member_id"], []).append(row)
        return found
