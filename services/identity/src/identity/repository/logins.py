"""The rows of members as accounts told, of their samities' officers, and of their logins."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.errors import NotFound
from identity.domain.logins import Code, Login, Member, MemberLogin, Switch
from identity.models import login_switches, member_logins, members, offices, samities
from identity.repository.scope import Scope

SWITCHES = 100


class LoginRows:
    """Members and their logins in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def project_member(self, state: Mapping[str, Any]) -> bool:
        """Remember a member as accounts told, unless something newer is known; tell whether it was not."""
        return self._project(members, state)

    def project_samity(self, state: Mapping[str, Any]) -> None:
        """Remember a samity's officer as accounts told, unless something newer is known."""
        self._project(samities, state)

    def get_member(self, member_id: str, scope: Scope) -> Member:
        """Return a member within the scope.

        Raises:
            NotFound: there is none, or not for the caller.
        """
        member = self._one(members.c.id == member_id, scope.covers(offices.c.path))
        if member is None:
            raise NotFound(kind="member")
        return member

    def find_member_by_code(self, code: str) -> Member | None:
        """Return the member with a code, for her signing in; or None."""
        return self._one(members.c.code == code)

    def lock(self, member_id: str) -> MemberLogin:
        """Return a member's login, locked against every other change; made where there was none."""
        made = insert(member_logins).values(member_id=member_id, status=Login.NONE, version=0)
        self._session.execute(made.on_conflict_do_nothing())
        query = sa.select(member_logins).where(member_logins.c.member_id == member_id).with_for_update()
        return _login(self._session.execute(query).one())

    def find(self, member_id: str) -> MemberLogin | None:
        """Return a member's login, or None where nobody has issued one."""
        query = sa.select(member_logins).where(member_logins.c.member_id == member_id)
        row = self._session.execute(query).first()
        return None if row is None else _login(row)

    def change(self, login: MemberLogin) -> None:
        """Write the changed state of a login that was locked; the version is already counted up."""
        code = login.code
        values = {
            "status": login.status,
            "pin_hash": login.pin_hash,
            "code_hash": code.hash if code else None,
            "code_expires_at": code.expires_at if code else None,
            "code_tries_left": code.tries_left if code else None,
            "suspended_by": login.suspended_by,
            "version": login.version,
        }
        changed = sa.update(member_logins).where(member_logins.c.member_id == login.member_id)
        self._session.execute(changed.values(values))

    def note_switch(self, switch: Switch) -> None:
        """Write who switched a login, and why; it is never changed."""
        values = {column.name: getattr(switch, column.name) for column in login_switches.columns}
        self._session.execute(sa.insert(login_switches).values(values))

    def list_switches(self, member_id: str) -> tuple[Switch, ...]:
        """Return who switched a member's login, the newest first, up to a page."""
        query = (
            sa.select(login_switches)
            .where(login_switches.c.member_id == member_id)
            .order_by(login_switches.c.at.desc(), login_switches.c.id.desc())
            .limit(SWITCHES)
        )
        names = [column.name for column in login_switches.columns]
        rows = self._session.execute(query)
        return tuple(Switch(**{name: getattr(row, name) for name in names}) for row in rows)

    def feed(self, after: str | None, limit: int) -> tuple[MemberLogin, ...]:
        """Return a stretch of the logins by member id, for other services' projections."""
        query = sa.select(member_logins).where(member_logins.c.version > 0)
        if after is not None:
            query = query.where(member_logins.c.member_id > after)
        query = query.order_by(member_logins.c.member_id).limit(limit)
        return tuple(map(_login, self._session.execute(query)))

    def _one(self, *conditions: sa.ColumnElement[bool]) -> Member | None:
        query = (
            sa.select(
                members.c.id,
                members.c.code,
                members.c.name_bn,
                members.c.name_en,
                members.c.branch_id,
                offices.c.path.label("branch_path"),
                members.c.status,
                samities.c.officer_id,
            )
            .select_from(members)
            .join(offices, offices.c.id == members.c.branch_id)
            .join(samities, samities.c.id == members.c.samity_id, isouter=True)
            .where(*conditions)
        )
        row = self._session.execute(query).first()
        return None if row is None else Member(*row)

    def _project(self, table: sa.Table, state: Mapping[str, Any]) -> bool:
        values = {column.name: state[column.name] for column in table.columns}
        told = insert(table).values(values)
        newer = told.on_conflict_do_update(
            index_elements=[table.c.id],
            set_={name: told.excluded[name] for name in values if name != "id"},
            where=table.c.version <= told.excluded.version,
        )
        return self._session.execute(newer.returning(table.c.id)).first() is not None


def _login(row: sa.Row[Any]) -> MemberLogin:
    code = None
    if row.code_hash is not None:
        code = Code(row.code_hash, row.code_expires_at, row.code_tries_left)
    return MemberLogin(
        member_id=row.member_id,
        status=Login(row.status),
        pin_hash=row.pin_hash,
        code=code,
        suspended_by=row.suspended_by,
        version=row.version,
    )
