"""Confirmation letters on paper: a page for each member, in her language, with her balances (rule P12)."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest

from gateway.portal.letters import letter_of, letters_of
from gateway.rendering.letters import write_letters
from tests.house.house import ROOT

pytestmark = pytest.mark.rule("P12")

FONTS = ROOT / "gateway/frontend/dist/portal/paper"
PRINTED = {"name_bn": "নিরীক্ষক সাহেব", "name_en": "Auditor", "at": "2026-11-24T06:00:00+00:00"}
SAVINGS = {
    "code": "GS.101.0001.01",
    "product_name_bn": "সাধারণ সঞ্চয়",
    "product_name_en": "General savings",
    "is_loan": False,
    "balance": "1234.50",
}
LOAN = SAVINGS | {"code": "L.101.0001.01", "product_name_en": "Jagoron"}
LOAN |= {"is_loan": True, "balance": "9000.00"}


def letter(language: str, *accounts: dict[str, Any]) -> dict[str, Any]:
    return {
        "member_id": "she",
        "member_code": "101.0001",
        "member_name_bn": "রহিমা বেগম",
        "member_name_en": "Rahima Begum",
        "samity_name_bn": "ঝুমকা",
        "samity_name_en": "Jhumka",
        "language": language,
        "accounts": list(accounts),
    }


def told(*letters: dict[str, Any]) -> dict[str, Any]:
    return {"office_bn": "মিরপুর", "office_en": "Mirpur", "on": "2026-11-23", "letters": list(letters)}


def pages(*letters: dict[str, Any]) -> list[str]:
    out = io.BytesIO()
    write_letters(letters_of(told(*letters), PRINTED), out, FONTS)
    document = pypdfium2.PdfDocument(out.getvalue())
    return [str(document[at].get_textpage().get_text_range()) for at in range(len(document))]


def test_each_member_has_a_page_with_what_stood_in_the_book() -> None:
    first, second = pages(letter("en", SAVINGS, LOAN), letter("en"))

    for said in ("Rahima Begum", "Jhumka", "23-11-2026", "1,234.50", "9,000", "principal that you owe"):
        assert said in " ".join(first.split())
    assert "no account of yours" in " ".join(second.split())
    assert all("Printed by Auditor, 24-11-2026 12:00" in page for page in (first, second))


def test_a_letter_is_in_her_language_whoever_prints_it() -> None:
    hers = letter_of(letter("bn", SAVINGS), told(), PRINTED)

    assert hers.head == ("রহিমা বেগম, সদস্য নম্বর ১০১.০০০১", "সমিতি: ঝুমকা, কার্যালয়: মিরপুর")
    assert hers.figures == (("সাধারণ সঞ্চয় (GS.১০১.০০০১.০১), জমা সঞ্চয়", "৳১,২৩৪.৫০"),)
    assert "২৩-১১-২০২৬" in hers.said[0]
    assert hers.foot == "ছেপেছেন নিরীক্ষক সাহেব, ২৪-১১-২০২৬ ১২:০০"


def test_a_letter_of_many_accounts_goes_on_on_the_next_page() -> None:
    accounts = [SAVINGS | {"code": f"GS.{number:03}"} for number in range(40)]
    whole = pages(letter("en", *accounts), letter("bn", SAVINGS))

    assert len(whole) > 2
    assert [code for number in range(40) if (code := f"GS.{number:03}") not in "".join(whole)] == []
