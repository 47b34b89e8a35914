"""The official places of the country as an address offers them: division, district, upazila, union.

`places.json` says where the names are from. What is not among them can be written: towns have wards.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gateway.words.formats import pick


@dataclass(frozen=True, slots=True)
class Named:
    """A place in both languages; the Bangla name is what is kept."""

    bn: str
    en: str

    @property
    def shown(self) -> str:
        """Its name in the reader's language."""
        return pick({"name_bn": self.bn, "name_en": self.en}, "name")


@dataclass(frozen=True, slots=True)
class Upazila(Named):
    """An upazila with its unions."""

    unions: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class District(Named):
    """A district with its upazilas."""

    upazilas: tuple[Upazila, ...]


@dataclass(frozen=True, slots=True)
class Division(Named):
    """A division with its districts."""

    districts: tuple[District, ...]


@cache
def divisions() -> tuple[Division, ...]:
    """Every division of the country; read once a process."""
    told = json.loads(files("gateway.portal").joinpath("places.json").read_text(encoding="utf-8"))
    return tuple(
        Division(division["bn"], division["en"], tuple(_district(one) for one in division["districts"]))
        for division in told["divisions"]
    )


def upazilas_of(district: str) -> tuple[Upazila, ...]:
    """The upazilas of a district by its kept name; none where the name is no district's."""
    name = _plain(district)
    return next((one.upazilas for each in divisions() for one in each.districts if one.bn == name), ())


def unions_of(district: str, upazila: str) -> tuple[Named, ...]:
    """The unions of an upazila, by either of its names; none where it is written otherwise."""
    name = _plain(upazila)
    return next((one.unions for one in upazilas_of(district) if name in _names(one)), ())


def kept_name(places: tuple[Named, ...], typed: str | None) -> str | None:
    """What is kept of a place that was typed: the official Bangla name where either name is known."""
    name = _plain(typed or "")
    return next((one.bn for one in places if name in _names(one)), typed)


def _plain(name: str) -> str:
    """A name for comparing: some keyboards compose letters with a dot below, others take them apart."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def _names(place: Named) -> tuple[str, str]:
    return place.bn, place.en.casefold()


def _district(told: dict[str, object]) -> District:
    return District(
        str(told["bn"]), str(told["en"]), tuple(_upazila(one) for one in _listed(told["upazilas"]))
    )


def _upazila(told: object) -> Upazila:
    bn, en, unions = _listed(told)
    return Upazila(str(bn), str(en), tuple(Named(*map(str, _listed(one))) for one in _listed(unions)))


def _listed(told: object) -> list[object]:
    return told if isinstance(told, list) else []
