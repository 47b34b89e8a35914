"""Founding, and the two doors of the database."""

import pytest
import sqlalchemy as sa

from chassis.migrate import differences
from identity.found import found
from identity.vault import vault_of
from tests.support.services import fresh_database, migrated


def found_again(town):
    with town.harness.service().books() as books:
        return found(books, vault_of(town.harness.process.keys))


@pytest.mark.rule("P7")
def test_founding_again_founds_nothing_and_gives_nothing_away(town):
    facts = found_again(town)

    assert facts == {"head_office_id": town.ids["HO"], "administrators": []}


@pytest.mark.rule("P7")
def test_the_waived_wait_of_the_founders_is_recorded(town):
    audited = town.harness.audited("found_administrator")

    assert [row["facts"] for row in audited] == [{"wait_waived": "founding"}] * 2


def test_models_equal_migrations(postgres_server):
    assert differences("identity", migrated(postgres_server, "identity").owner) == []


def test_the_runtime_role_cannot_rewrite_who_switched_a_login(postgres_server):
    with fresh_database(postgres_server, "identity") as urls:
        engine = sa.create_engine(urls.runtime)
        for statement in ("UPDATE login_switches SET reason = ''", "DELETE FROM login_switches"):
            with engine.connect() as connection, pytest.raises(sa.exc.ProgrammingError, match="denied"):
                connection.execute(sa.text(statement))
        engine.dispose()
