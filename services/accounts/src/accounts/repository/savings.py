"""Savings accounts that are agreed with members; how much is in one, transactions knows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

import sqlalchemy as sa

from accounts.domain.savings.accounts import PlannedAccount, Wanted
from accounts.domain.savings.products import SavingsProduct
from accounts.models import members, samities, savings_accounts
from accounts.repository.products import ProductStore
from accounts.repository.rows import Row, add, every, get_one
from accounts.repository.scope import PLACED
from chassis.work import Work
from contracts.accounts.product_words import SavingsState
from contracts.errors import IdConflict
from contracts.money import Paisa

_PLACED = PLACED.join(members, members.c.samity_id == samities.c.id)
_LIVING = savings_accounts.c.status.in_((SavingsState.WAITING, SavingsState.OPENING, SavingsState.OPEN))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account as it is agreed: whose, of which version, and on what amount and term."""

    id: str
    member_id: str
    code: str
    serial: int
    product: SavingsProduct
    wanted: Wanted
    maturity_value: Paisa | None
    status: SavingsState
    fingerprint: str | None = None


class SavingsStore:
    """Accounts of members who were found in scope."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work
        self._products = ProductStore(work)

    def owner_of(self, account_id: str) -> Row:
        """Return how the member stands for whom an account was agreed."""
        query = sa.select(members.c.status, members.c.deceased_on).join(
            savings_accounts, savings_accounts.c.member_id == members.c.id
        )
        return get_one(self._session, query.where(savings_accounts.c.id == account_id))

    def next_serial(self, member_id: str, product_code: str) -> int:
        """Return the next serial of a product for her; whoever asks holds the member."""
        query = sa.select(sa.func.max(savings_accounts.c.serial)).where(
            savings_accounts.c.member_id == member_id, savings_accounts.c.product_code == product_code
        )
        return (self._session.execute(query).scalar() or 0) + 1

    def find_living(self, member_id: str, product_code: str) -> str | None:
        """Return the code of an account of a product that she has or waits for; None where she has none."""
        query = sa.select(savings_accounts.c.code).where(
            savings_accounts.c.member_id == member_id,
            savings_accounts.c.product_code == product_code,
            _LIVING,
        )
        return self._session.execute(query.limit(1)).scalar_one_or_none()

    def find_fingerprint(self, account_id: str) -> str | None:
        """Return the fingerprint of the request that an account was opened by; None where there is none."""
        query = sa.select(savings_accounts.c.fingerprint).where(savings_accounts.c.id == account_id)
        return self._session.execute(query).scalar_one_or_none()

    def add(self, account: NewAccount) -> None:
        """Write an account that is agreed, or waits to be.

        Raises:
            IdConflict: another one under the id was written meanwhile.
        """
        row = {
            "id": account.id,
            "member_id": account.member_id,
            "code": account.code,
            "product_code": account.product.code,
            "product_version": account.product.version,
            "serial": account.serial,
            "status": account.status,
            "planned_at": self._work.now,
            "maturity_value": account.maturity_value,
            "fingerprint": account.fingerprint,
            **asdict(account.wanted),
        }
        add(self._session, sa.insert(savings_accounts).values(row), {"savings_accounts_pkey": IdConflict()})

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
                savings_accounts.c.amount,
                savings_accounts.c.months,
                savings_accounts.c.maturity_value,
                members.c.sex,
            )
            .join(members, members.c.id == savings_accounts.c.member_id)
            .join(samities, samities.c.id == members.c.samity_id)
            .where(savings_accounts.c.id == account_id)
            .with_for_update(of=savings_accounts)
        )
        row = get_one(self._session, query)
        version = row.pop("product_version")
        of_product = self._products.savings_versions(row.pop("product_code"))
        product = next(product for product in of_product if product.version == version)
        wanted = Wanted(amount=row.pop("amount"), months=row.pop("months"))
        status = SavingsState(row.pop("status"))
        return PlannedAccount(product=product, wanted=wanted, status=status, **row)

    def decide(self, account_id: str, status: SavingsState) -> None:
        """Write what the manager said of an account that waited."""
        decided = sa.update(savings_accounts).where(savings_accounts.c.id == account_id)
        self._session.execute(decided.values(status=status))

    def mark_open(self, account_id: str, opened_on: date | None) -> None:
        """Write that an account is in the ledger."""
        opened = sa.update(savings_accounts).where(savings_accounts.c.id == account_id)
        self._session.execute(opened.values(status=SavingsState.OPEN, opened_on=opened_on))

    def remember_state(self, account_id: str, *, closed: bool, version: int) -> None:
        """Write what the ledger tells of an account; an older news changes nothing."""
        known = savings_accounts.c.state_version
        newer = (savings_accounts.c.id == account_id, sa.or_(known.is_(None), known < version))
        status = SavingsState.CLOSED if closed else SavingsState.OPEN
        self._session.execute(
            sa.update(savings_accounts).where(*newer).values(status=status, state_version=version)
        )

    def keep_closed(self, member_id: str, closed: Collection[str]) -> None:
        """Write which of a member's accounts are closed in the ledger, and that the others are open."""
        in_the_book = savings_accounts.c.status.in_((SavingsState.OPEN, SavingsState.CLOSED))
        hers = (savings_accounts.c.member_id == member_id, in_the_book)
        is_closed = savings_accounts.c.id.in_(list(closed))
        status = sa.case((is_closed, SavingsState.CLOSED), else_=SavingsState.OPEN)
        self._session.execute(sa.update(savings_accounts).where(*hers).values(status=status))

    def close_all(self, member_id: str) -> None:
        """Write that all of a member's accounts are closed in the ledger."""
        hers = (savings_accounts.c.member_id == member_id, savings_accounts.c.status == SavingsState.OPEN)
        self._session.execute(sa.update(savings_accounts).where(*hers).values(status=SavingsState.CLOSED))

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
