"""A small service that tests the chassis: purses with an amount in them. It borrows a real one's name."""

import os

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from chassis.hearing import Heard, hear
from chassis.injection import CallContext, Clock, Ids, ServiceCaller
from chassis.replaying import keeps_parked
from chassis.rounds import Step, every, step
from chassis.serving import serve
from chassis.tables import add_chassis_tables
from chassis.work import UnitOfWork, Work
from contracts.calls import Event, Method
from contracts.errors import IdConflict, Kind, ServiceError
from contracts.fields import SealedField, TakaField, TextField, UuidField
from contracts.money import Paisa
from contracts.schemas import Answer, Command, EventData

metadata = sa.MetaData()
purses = sa.Table(
    "purses",
    metadata,
    sa.Column("id", sa.Uuid(as_uuid=False), primary_key=True),
    sa.Column("amount", sa.BigInteger, nullable=False),
)
slips = sa.Table(
    "slips",
    metadata,
    sa.Column("id", sa.Uuid(as_uuid=False), primary_key=True),
    sa.Column("amount", sa.BigInteger, nullable=False),
)
APPEND_ONLY = ("slips",)
add_chassis_tables(metadata)


class FillPurse(Command):
    id = UuidField(required=True)
    amount = TakaField(required=True, minimum=1)
    note = TextField(200)
    secret = SealedField(to="accounts")


class Purse(Answer):
    id = UuidField(required=True)
    amount = TakaField(required=True)


class PurseFilled(EventData):
    id = UuidField(required=True)
    amount = TakaField(required=True)
    secret = SealedField(to="accounts")


class PurseTooFull(ServiceError):
    kind = Kind.REFUSED


class PurseMissing(ServiceError):
    kind = Kind.NOT_FOUND


FILL_PURSE = Method(
    service="accounts",
    name="fill_purse",
    command=FillPurse,
    answer=Purse,
    permission="samity:open",
    changes=True,
)
MIRROR_PURSE = Method(
    service="transactions",
    name="mirror_purse",
    command=FillPurse,
    answer=Purse,
    callers=frozenset({"accounts"}),
    changes=True,
)
PURSE_FILLED = Event(
    service="accounts", name="purse_filled", data=PurseFilled, consumers=("accounts.note_slip",)
)
FULL = Paisa(1_000_00)


class Purses:
    """The repository."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def fill(self, purse_id: str, amount: Paisa) -> bool:
        """Put money into a new purse; tells whether it is new."""
        done = self.work.session.execute(
            insert(purses).values(id=purse_id, amount=amount).on_conflict_do_nothing().returning(purses.c.id)
        )
        return done.first() is not None

    def amount(self, purse_id: str) -> Paisa | None:
        return self.work.session.scalar(sa.select(purses.c.amount).where(purses.c.id == purse_id))

    def note(self, slip_id: str, amount: Paisa) -> None:
        self.work.session.execute(sa.insert(slips).values(id=slip_id, amount=amount))


def misbehave(books: Purses, note: str) -> None:
    """Do what a test wants to see survived."""
    if note.startswith("slow"):
        books.work.session.execute(sa.select(sa.func.pg_sleep(float(note.removeprefix("slow ")))))
    if note.startswith("die"):
        os._exit(9)
    if note.startswith("raise"):
        raise RuntimeError(note)


@keeps_parked
class PurseService:
    """Purses, as other services meet them."""

    name = "accounts"

    call = CallContext()
    books = UnitOfWork(Purses)
    clock = Clock()
    ids = Ids()

    @serve(FILL_PURSE)
    def fill_purse(self, command: dict[str, object]) -> dict[str, object]:
        amount = Paisa(int(str(command["amount"])))
        with self.books() as books:
            misbehave(books, str(command.get("note")))
            if books.fill(str(command["id"]), amount):
                books.work.audit("fill_purse", "purse", str(command["id"]))
                books.work.tell(PURSE_FILLED, command)
                books.work.plan("mirror_purse", str(command["id"]), {"amount": amount})
            elif books.amount(str(command["id"])) != amount:
                raise IdConflict
            if amount > FULL:
                raise PurseTooFull(most="1000.00")
        return command

    @hear(PURSE_FILLED)
    def note_slip(self, event: Heard, books: Purses) -> None:
        if books.amount(event.data["id"]) is None:
            raise PurseMissing
        books.note(event.id, event.data["amount"])


class PurseBatch:
    """What purses do by themselves."""

    name = "accounts"

    call = CallContext()
    books = UnitOfWork(Purses)
    transactions = ServiceCaller("transactions")

    @step("mirror_purse")
    def mirror_purse(self, planned: Step) -> None:
        answer = self.transactions.ask(
            MIRROR_PURSE, {"id": planned.id, "amount": planned.payload["amount"]}, on_behalf_of=planned.actor
        )
        with self.books() as books:
            books.work.audit("mirror_purse", "purse", answer["id"])

    @every(seconds=3600)
    def count_purses(self) -> None:
        with self.books() as books:
            count = books.work.session.scalar(sa.select(sa.func.count()).select_from(purses))
            books.work.audit("count_purses", "purse", "all", {"count": count})


class MirrorService:
    """Another service, that purses call."""

    name = "transactions"

    call = CallContext()
    books = UnitOfWork(Purses)

    @serve(MIRROR_PURSE)
    def mirror_purse(self, command: dict[str, object]) -> dict[str, object]:
        with self.books() as books:
            books.work.audit("mirrored", "purse", str(command["id"]))
        return command
