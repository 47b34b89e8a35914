"""What a confirmation letter says: to a drawn member, in her language, with her balances. Rule P12."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gateway.rendering.letters import Letter
from gateway.words.catalogue import catalogue, filled
from gateway.words.formats import digits, pick, taka

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def letters_of(told: Mapping[str, Any], printed: Mapping[str, Any]) -> Iterator[Letter]:
    """Yield a letter for each drawn member.

    Args:
        told: The answer of `PRINT_CONFIRMATIONS`.
        printed: By whom (`name`) and when (`at`) they are printed.
    """
    for one in told["letters"]:
        yield letter_of(one, told, printed)


def letter_of(one: Mapping[str, Any], told: Mapping[str, Any], printed: Mapping[str, Any]) -> Letter:
    """Return the letter to one member; her answer goes to the auditor, not to her officer."""
    hers = one["language"]
    name, samity = pick(one, "member_name", hers), pick(one, "samity_name", hers)
    office, on = pick(told, "office", hers), told["on"]
    code = digits(one["member_code"] or "", hers)
    figures = tuple((account_line(each, hers), taka(each["balance"], hers)) for each in one["accounts"])
    return Letter(
        title=say("letter.title", hers),
        head=(
            say("letter.to", hers, name=name, code=code),
            say("letter.samity", hers, samity=samity, office=office),
        ),
        said=(
            say("letter.why", hers, on=on),
            say("letter.compare" if figures else "letter.no_account", hers),
        ),
        figures=figures,
        answer=tuple(
            say(key, hers)
            for key in (
                "letter.agrees",
                "letter.differs",
                "letter.paper_says",
                "letter.sign",
                "letter.where_to",
            )
        ),
        foot=say("letter.foot", hers, by=pick(printed, "name", hers), at=printed["at"]),
    )


def account_line(account: Mapping[str, Any], language: str) -> str:
    """Return by what she knows an account, and whether she has it or owes it."""
    kind = say("letter.owed" if account["is_loan"] else "letter.saved", language)
    return f"{pick(account, 'product_name', language)} ({digits(account['code'], language)}), {kind}"


def say(key: str, language: str, **facts: Any) -> str:
    """Return a sentence of the portal in the language of whoever gets the letter."""
    return filled(catalogue("portal")[key], facts, language)
