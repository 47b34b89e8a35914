"""From a loaded command about a cut-over to what is kept of it: numbers opened, judged, and hidden again."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.cut_over.plan import id_of
from accounts.domain.cut_over.reading import read_row
from accounts.domain.numbers import canonical_nid
from accounts.private_numbers import MOBILE, NID, PrivateNumbers
from contracts import wire
from contracts.accounts.cut_over_words import SOURCE_ID, CutOverSheet
from contracts.accounts.cut_overs import OpenCutOver
from contracts.calls import dump
from contracts.errors import InvalidPayload

_PARTS = 3
"""A row, its identity number, its telephone number."""


def opening_fingerprint(command: Mapping[str, Any]) -> str:
    """Return the digest of a request to begin, equal for equal requests."""
    return wire.digest(dump(OpenCutOver, command))


def kept_rows(branch_id: str, command: Mapping[str, Any], numbers: PrivateNumbers) -> list[dict[str, Any]]:
    """Return rows as they are kept: numbers encrypted for the member that a row becomes, with blind indexes.

    A number that is none, or is missing, is told among what is wrong.

    Raises:
        InvalidPayload: the sealed numbers cannot be opened.
    """
    sealed = command["row_numbers"]
    typed = _typed(numbers.unsealed("row_numbers", sealed)) if sealed else {}
    return [_kept(branch_id, said, _of_member(said, typed), numbers) for said in command["rows"]]


def _of_member(said: Mapping[str, Any], typed: Mapping[int, dict[str, str]]) -> dict[str, str]:
    """Return a member's numbers; the same row of another sheet has none."""
    return typed.get(said["row"], {}) if said["sheet"] == CutOverSheet.MEMBERS else {}


def _typed(text: str) -> dict[int, dict[str, str]]:
    """Return the numbers of each row, by field; lines that tell of no row are none."""
    lines = (line.split("\t") for line in text.splitlines())
    return {
        int(row): {NID: nid.strip(), MOBILE: mobile.strip()}
        for row, nid, mobile in (line for line in lines if len(line) == _PARTS and line[0].isdecimal())
    }


def _kept(
    branch_id: str, said: Mapping[str, Any], typed: Mapping[str, str], numbers: PrivateNumbers
) -> dict[str, Any]:
    sheet = CutOverSheet(said["sheet"])
    kept: dict[str, Any] = {
        "sheet": sheet,
        "row": said["row"],
        "cells": said["cells"],
        "wrong": [],
        **dict.fromkeys(("nid", "nid_index", "mobile", "mobile_index")),
    }
    plain: dict[str, str] = {}
    if sheet is CutOverSheet.MEMBERS:
        plain = _opened(typed, kept, numbers)
        _hide(branch_id, said, kept, plain, numbers)
    body = wire.dumps({"cells": said["cells"], "sheet": sheet.value, "row": said["row"], **typed})
    return kept | {"fingerprint": numbers.fingerprint(body)}


def _opened(typed: Mapping[str, str], kept: dict[str, Any], numbers: PrivateNumbers) -> dict[str, str]:
    plain: dict[str, str] = {}
    for field in (NID, MOBILE):
        if not typed.get(field):
            if field == NID:
                kept["wrong"].append([field, "REQUIRED"])
            continue
        try:
            plain[field] = numbers.read_typed(field, typed[field])
        except InvalidPayload as wrong:
            kept["wrong"].extend([field, code] for code in wrong.facts["fields"][field])
    return plain


def _hide(
    branch_id: str,
    said: Mapping[str, Any],
    kept: dict[str, Any],
    plain: Mapping[str, str],
    numbers: PrivateNumbers,
) -> None:
    row, _ = read_row(CutOverSheet.MEMBERS, said["row"], said["cells"])
    member_id = id_of(branch_id, CutOverSheet.MEMBERS, row[SOURCE_ID] or "")
    for field, number in plain.items():
        kept[field] = numbers.hide(field, member_id, number)
    if NID in plain and row["birth_on"] is not None:
        kept["nid_index"] = numbers.index(NID, canonical_nid(plain[NID], row["birth_on"]))
    if MOBILE in plain:
        kept["mobile_index"] = numbers.index(MOBILE, plain[MOBILE])
