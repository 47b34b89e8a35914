"""Cash by denomination, and what a count says about what was expected (rule M7). Pure."""

from collections.abc import Mapping

from contracts.money import PAISA_PER_TAKA, Paisa
from contracts.transactions.collection_words import DENOMINATIONS


def total_of_slip(denominations: Mapping[str, int]) -> Paisa:
    """Return what a denomination slip makes, in paisa.

    Args:
        denominations: How many notes or coins of each face in taka, `{"500": 3}`.

    Raises:
        ValueError: a face that does not exist, or fewer than no notes.
    """
    if any(face not in _FACES or count < 0 for face, count in denominations.items()):
        raise ValueError("a slip counts existing notes")
    return Paisa(sum(int(face) * count for face, count in denominations.items()) * PAISA_PER_TAKA)


def whole_slip(denominations: Mapping[str, int]) -> dict[str, int]:
    """Return the slip with every face in its order, none left out: the form in which it is kept."""
    return {face: denominations.get(face, 0) for face in _FACES}


_FACES = tuple(str(face) for face in DENOMINATIONS)
