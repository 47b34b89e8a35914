"""Members in the database: written once at admission, found by name, code or number within a scope."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from accounts.domain.households import Resemblance
from accounts.domain.members import AdmissionForm, Status
from accounts.domain.names import loose_words, order_key
from accounts.domain.rejoining import Former
from accounts.domain.scope import Scope
from accounts.models import consents, former_codes, logins, member_words, members, nominees, samities
from accounts.repository.rows import Row, add, every, find_one, get_one
from accounts.repository.scope import PLACED, samity_in
from chassis.work import Work
from contracts.accounts.errors import DuplicateNid
from contracts.errors import IdConflict, NotFound

_PLACED = PLACED.join(members, members.c.samity_id == samities.c.id)
_LISTED = (
    members.c.id,
    members.c.code,
    members.c.name_bn,
    members.c.name_en,
    members.c.samity_id,
    members.c.status,
    members.c.nid,
    members.c.mobile,
    samities.c.name_bn.label("samity_name_bn"),
    samities.c.name_en.label("samity_name_en"),
)
_LIVING = members.c.status.in_((Status.APPLICANT, Status.ACTIVE, Status.CLOSING))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptNumbers:
    """A member's numbers as they are kept, with what her row is compared by."""

    nid: str
    nid_index: str
    mobile: str | None
    mobile_index: str | None
    household: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSearch:
    """What members are looked for by; an empty search finds all of the scope."""

    samity_id: str | None = None
    status: str | None = None
    words: frozenset[str] = frozenset()
    code: str | None = None
    nid_indexes: frozenset[str] = frozenset()
    mobile_indexes: frozenset[str] = frozenset()


class MemberStore:
    """Members of a scope; who is not in it is not found."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def find_fingerprint(self, member_id: str) -> str | None:
        """Return the fingerprint of the form that admitted somebody; None where none did."""
        query = sa.select(members.c.fingerprint).where(members.c.id == member_id)
        return self._session.execute(query).scalar_one_or_none()

    def has_nid(self, nid_index: str) -> bool:
        """Tell whether a member or applicant of the institution has an identity number."""
        query = sa.select(members.c.id).where(members.c.nid_index == nid_index, _LIVING)
        return self._session.execute(query).first() is not None

    def count_numbers(self, *, nids: Sequence[str] = (), mobiles: Sequence[str] = ()) -> int:
        """Return how many members and applicants have one of some numbers; nobody is named."""
        either = sa.or_(members.c.nid_index.in_(nids), members.c.mobile_index.in_(mobiles))
        query = sa.select(sa.func.count()).select_from(members).where(either, _LIVING)
        return self._session.execute(query).scalar_one()

    def former(self, nid_index: str) -> tuple[Former, ...]:
        """Return the closed memberships under an identity number, the newest first."""
        query = (
            sa.select(members.c.person_id, members.c.deceased_on, members.c.blacklisted)
            .where(members.c.nid_index == nid_index, members.c.status == Status.CLOSED)
            .order_by(members.c.closed_on.desc(), members.c.id)
        )
        return tuple(Former(**row) for row in every(self._session, query))

    def resembling(self, form: AdmissionForm, kept: KeptNumbers) -> Resemblance:
        """Return what in the whole institution an applicant has in common with others; nobody is named."""
        number = members.c.mobile_index == kept.mobile_index
        house = members.c.household == kept.household
        person = sa.and_(members.c.birth_on == form.birth_on, members.c.order_key == order_key(form.name_bn))
        households = sa.select(members.c.household).where(number, _LIVING)
        count = sa.select(sa.func.count()).select_from(members).where(_LIVING)
        return Resemblance(
            tuple(self._session.execute(households).scalars()) if kept.mobile_index else (),
            self._session.execute(count.where(house)).scalar_one() if kept.household else 0,
            self._session.execute(count.where(person)).scalar_one(),
        )

    def add(self, form: AdmissionForm, kept: KeptNumbers, *, person_id: str) -> None:
        """Write an applicant with what she said, as another membership of a person or of a new one.

        Raises:
            DuplicateNid: another admission with her number was written meanwhile.
            IdConflict: another form under the id was.
        """
        plain = {
            name: getattr(form, name)
            for name in (
                *("id", "samity_id", "name_bn", "name_en", "father_or_spouse_bn", "father_or_spouse_en"),
                *("sex", "birth_on", "language", "passbook_number"),
            )
        }
        state = {
            "status": Status.APPLICANT,
            "order_key": order_key(form.name_bn),
            "person_id": person_id,
            "version": 1,
        }
        row = plain | asdict(form.address) | asdict(kept) | state
        refusals = {"members_nid_once": DuplicateNid(field="nid"), "members_pkey": IdConflict()}
        add(self._session, sa.insert(members).values(row), refusals)
        self._add_words(form)
        self._add_said(form)

    def activate(self, member_id: str, *, code: str, on: date) -> None:
        """Make an applicant a member, with the code that is hers for ever."""
        self._change(member_id, status=Status.ACTIVE, code=code, admitted_on=on)

    def reject(self, member_id: str) -> None:
        """Turn an applicant down; her identity number is free again."""
        self._change(member_id, status=Status.REJECTED)

    def begin_leaving(self, member_id: str) -> None:
        """Write that a member is on her way out; nothing new is agreed with her."""
        self._change(member_id, status=Status.CLOSING)

    def die(self, member_id: str, on: date | None) -> None:
        """Write on which day a member died; None where that was not so."""
        self._change(member_id, deceased_on=on)

    def stay(self, member_id: str) -> None:
        """Write that she is a member as before."""
        self._change(member_id, status=Status.ACTIVE, closed_on=None, blacklisted=False)

    def leave(self, member_id: str, *, on: date, blacklist: bool) -> None:
        """Write that a membership has ended; its code is never given again."""
        self._change(member_id, status=Status.CLOSED, closed_on=on, blacklisted=blacklist)

    def hold(self, scope: Scope, member_id: str) -> Row:
        """Return where a member stands, and keep her row to oneself until the end of the work.

        Raises:
            NotFound: there is none in scope.
        """
        query = (
            sa.select(
                members.c.id,
                members.c.status,
                members.c.deceased_on,
                members.c.code,
                members.c.name_bn,
                members.c.name_en,
                members.c.samity_id,
                samities.c.branch_id,
            )
            .select_from(_PLACED)
            .where(members.c.id == member_id, samity_in(scope))
            .with_for_update(of=members)
        )
        row = find_one(self._session, query)
        if row is None:
            raise NotFound(field="member_id")
        return row

    def households_of_number(self, mobile_index: str, *, but: str) -> tuple[str | None, ...]:
        """Return the household of each other member or applicant with a telephone number; nobody is named."""
        query = sa.select(members.c.household).where(
            members.c.mobile_index == mobile_index, members.c.id != but, _LIVING
        )
        return tuple(self._session.execute(query).scalars())

    def change_number(
        self, member_id: str, *, mobile: str, mobile_index: str, changed_on: date | None
    ) -> None:
        """Make another telephone number hers; the day is None where it is her first (rule M9)."""
        self._change(member_id, mobile=mobile, mobile_index=mobile_index, mobile_changed_on=changed_on)

    def first_passbook(self, member_id: str) -> Row:
        """Return the number on a member's admission form, and her branch."""
        query = sa.select(members.c.passbook_number, samities.c.branch_id).select_from(_PLACED)
        return get_one(self._session, query.where(members.c.id == member_id))

    def carry_passbook(self, member_id: str, number: str) -> None:
        """Show another book's number in a member's file."""
        changed = sa.update(members).where(members.c.id == member_id)
        self._session.execute(changed.values(passbook_number=number))

    def memberships_of(self, person_id: str) -> list[Row]:
        """Return each membership that a person has or had, the newest first; applicants have none."""
        query = (
            sa.select(
                members.c.id.label("member_id"),
                members.c.code,
                members.c.status,
                members.c.admitted_on,
                members.c.closed_on,
            )
            .where(members.c.person_id == person_id, members.c.code.is_not(None))
            .order_by(members.c.admitted_on.desc(), members.c.code.desc())
        )
        return every(self._session, query)

    def remember_dormancy(self, member_id: str, since_on: date | None, told_at: datetime) -> None:
        """Write since when she has moved no money, or that she has again; an older news changes nothing."""
        newer = sa.or_(members.c.dormancy_told_at.is_(None), members.c.dormancy_told_at < told_at)
        self._session.execute(
            sa.update(members)
            .where(members.c.id == member_id, newer)
            .values(dormant_since=since_on, dormancy_told_at=told_at)
        )

    def list_page(self, scope: Scope, search: MemberSearch, *, after: str | None, limit: int) -> list[Row]:
        """Return the next members of the scope by name, as lists show them."""
        query = sa.select(*_LISTED).select_from(_PLACED).where(samity_in(scope), *_conditions(search))
        if after is not None:
            last = sa.select(members.c.order_key, members.c.id).where(members.c.id == after).subquery()
            key = sa.tuple_(members.c.order_key, members.c.id)
            query = query.where(key > sa.select(last.c.order_key, last.c.id).scalar_subquery())
        return every(self._session, query.order_by(members.c.order_key, members.c.id).limit(limit))

    def show(self, scope: Scope, member_id: str) -> Row:
        """Return everything that is kept of a member herself.

        Raises:
            NotFound: there is none in scope.
        """
        query = (
            sa.select(
                members,
                samities.c.name_bn.label("samity_name_bn"),
                samities.c.name_en.label("samity_name_en"),
                samities.c.code.label("samity_code"),
                samities.c.branch_id,
                sa.func.coalesce(logins.c.status, "none").label("login_status"),
            )
            .select_from(_PLACED.outerjoin(logins, logins.c.member_id == members.c.id))
            .where(members.c.id == member_id, samity_in(scope))
        )
        row = find_one(self._session, query)
        if row is None:
            raise NotFound(field="member_id")
        return row

    def nominees_of(self, member_id: str) -> list[Row]:
        """Return a member's nominees in the order of the form."""
        query = sa.select(nominees).where(nominees.c.member_id == member_id).order_by(nominees.c.number)
        return every(self._session, query)

    def consents_of(self, member_id: str) -> list[Row]:
        """Return a member's latest answer to each purpose. Rule P10."""
        query = (
            sa.select(consents)
            .where(consents.c.member_id == member_id)
            .ext(distinct_on(consents.c.purpose))
            .order_by(consents.c.purpose, consents.c.at.desc())
        )
        return every(self._session, query)

    def _change(self, member_id: str, **values: object) -> None:
        changed = sa.update(members).where(members.c.id == member_id)
        self._session.execute(changed.values(version=members.c.version + 1, **values))

    def _add_words(self, form: AdmissionForm) -> None:
        words = sorted(loose_words(form.name_bn, form.name_en))
        rows = [{"word": word, "member_id": form.id} for word in words]
        if rows:
            self._session.execute(sa.insert(member_words), rows)

    def _add_said(self, form: AdmissionForm) -> None:
        named = [
            {
                "member_id": form.id,
                "number": number,
                "name": nominee.name,
                "relation": nominee.relation,
                "birth_on": nominee.birth_on,
                "share_percent": nominee.share_percent,
                "guardian_name": nominee.guardian.name if nominee.guardian else None,
                "guardian_relation": nominee.guardian.relation if nominee.guardian else None,
            }
            for number, nominee in enumerate(form.nominees, start=1)
        ]
        recorded = {
            "member_id": form.id,
            "recorded_by": self._work.actor.person_id,
            "recorded_at": self._work.now,
        }
        self._session.execute(sa.insert(nominees), named)
        self._session.execute(sa.insert(consents), [asdict(said) | recorded for said in form.consents])


def _conditions(search: MemberSearch) -> Iterable[sa.ColumnElement[bool]]:
    if search.samity_id is not None:
        yield members.c.samity_id == search.samity_id
    if search.status is not None:
        yield members.c.status == search.status
    if search.code is not None:
        yield _of_a_code(search.code)
    if search.nid_indexes or search.mobile_indexes:
        yield sa.or_(
            members.c.nid_index.in_(search.nid_indexes), members.c.mobile_index.in_(search.mobile_indexes)
        )
    for word in search.words:
        having = sa.select(member_words.c.member_id).where(member_words.c.word.startswith(word))
        yield members.c.id.in_(having)


def _of_a_code(beginning: str) -> sa.ColumnElement[bool]:
    """Return the condition that a code of hers, of this or another membership, begins so.

    Both ways to a code are joined before they meet the members: as two conditions they would read all rows.
    """
    earlier, hers = members.alias("earlier"), members.alias("hers")
    of_a_person = (
        sa.select(hers.c.id)
        .select_from(hers.join(earlier, earlier.c.person_id == hers.c.person_id))
        .where(earlier.c.code.startswith(beginning, autoescape=True))
    )
    moved = sa.select(former_codes.c.member_id).where(
        former_codes.c.code.startswith(beginning, autoescape=True)
    )
    return members.c.id.in_(of_a_person.union(moved))
