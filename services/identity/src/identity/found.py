"""`python -m identity.found --out FILE`: the head office and two founding administrators. Rule P7.

Two, because a second person approves whatever an administrator proposes; nobody could approve these, so
they need not wait, which audit says. Their one-time passwords go into FILE, which only its owner can read.
Run again, it founds nothing twice; whoever has not signed in yet gets a new one-time password.
"""

import argparse
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

from chassis.clock import SystemWatch
from chassis.config import Settings
from chassis.database import Database
from chassis.ids import new_id
from chassis.process import Process
from chassis.work import Opening
from contracts.identity import OFFICE_CHANGED
from contracts.keys import Keyring
from identity.domain.access import StaffPerson
from identity.domain.offices import ROOT, Office, path_below
from identity.domain.sessions import digest
from identity.operations.staff import give_one_time_password, repeat_one_time_password
from identity.repository import Books
from identity.vault import Vault, vault_of

CODE = "HO"
FOUNDERS = {
    "founder-one": ("প্রথম প্রশাসক", "First administrator"),
    "founder-two": ("দ্বিতীয় প্রশাসক", "Second administrator"),
}


def found(books: Books, vault: Vault) -> dict[str, Any]:
    """Found the institution, or find it founded; return what the founders need for their first sign-in."""
    office = books.offices.find_head() or _open_head_office(books)
    passwords = {username: _admit(books, username, office, vault) for username in FOUNDERS}
    return {
        "head_office_id": office.id,
        "administrators": [
            {"username": username, "password": password}
            for username, password in passwords.items()
            if password is not None
        ],
    }


def _open_head_office(books: Books) -> Office:
    office = Office(
        id=books.work.new_id(),
        code=CODE,
        level="head_office",
        parent_id=None,
        path=path_below(ROOT, CODE),
        name_bn="প্রধান কার্যালয়",
        name_en="Head office",
        opened_on=books.work.today,
    )
    books.offices.add(office)
    books.work.tell(OFFICE_CHANGED, office)
    books.work.audit("found_institution", "office", office.id)
    return office


def _admit(books: Books, username: str, office: Office, vault: Vault) -> str | None:
    person = books.staff.find_by_username(username)
    if person is not None:
        return repeat_one_time_password(books, person.id, vault)
    person = _founder(books, username, office, books.work.today)
    books.staff.add(person)
    books.work.audit("found_administrator", "staff", person.id, {"wait_waived": "founding"})
    return give_one_time_password(books, person.id, vault)


def _founder(books: Books, username: str, office: Office, today: date) -> StaffPerson:
    name_bn, name_en = FOUNDERS[username]
    return StaffPerson(
        id=books.work.new_id(),
        username=username,
        name_bn=name_bn,
        name_en=name_en,
        mobile=None,
        declared_members=(),
        status="active",
        founding=True,
        active_since=books.work.now,
        held_until=None,
        fingerprint=digest(username),
        version=1,
        role="administrator",
        office_id=office.id,
        from_on=today,
    )


def write_private(path: Path, facts: dict[str, Any]) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(facts, file, ensure_ascii=False, indent=2)
    unfinished.rename(path)


def main() -> None:
    """Run the command on the database that MIKROF_SERVICE_DATABASE_URL names."""
    parser = argparse.ArgumentParser(prog="python -m identity.found", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    settings = Settings.from_environment()
    process = Process(
        service="identity",
        keys=Keyring(settings.keys),
        database=Database(settings.database_url, connections=1),
        watch=SystemWatch(settings.zone),
        new_id=new_id,
        ring=lambda: None,
    )
    with Opening(process, process.own_call(), Books)() as books:
        facts = found(books, vault_of(process.keys))
    write_private(out, facts)
    process.database.close()


if __name__ == "__main__":
    main()
