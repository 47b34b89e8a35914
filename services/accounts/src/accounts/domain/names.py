"""Names: how they are found in spite of their spelling, and in which order they stand. Pure.

The database has neither Bangla collation nor fuzzy matching (mechanics D2), so both are key columns that
are computed here.
"""

import re
import unicodedata

from contracts.digits import to_latin

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("অআইঈউঊঋএঐওঔািীুূৃেৈোৌ", "a"),
        **dict.fromkeys("কখ", "k"),
        **dict.fromkeys("গঘ", "g"),
        **dict.fromkeys("ঙং", "ng"),
        **dict.fromkeys("চছ", "c"),
        **dict.fromkeys("জঝয", "j"),
        **dict.fromkeys("টঠতথৎ", "t"),
        **dict.fromkeys("ডঢদধ", "d"),
        **dict.fromkeys("ঞণন", "n"),
        **dict.fromkeys("শষস", "s"),
        **dict.fromkeys("বভ", "b"),
        **dict.fromkeys("র\u09dc\u09dd", "r"),
        "প": "p",
        "ফ": "f",
        "ম": "m",
        "ল": "l",
        "হ": "h",
        "\u09df": "y",
        **dict.fromkeys("্ঁঃ়\u200c\u200d", ""),
    }
)
_NUKTA = {"\u09a1\u09bc": "\u09dc", "\u09a2\u09bc": "\u09dd", "\u09af\u09bc": "\u09df"}
"""Letters with a dot below: composed on some keyboards, taken apart on others, and never composed by NFC."""
_SILENT = re.compile("\u09cd\u09af|(?<!\u09ae)\u09cd\u09ac")
"""A joined য is not heard, nor is a joined ব except after ম."""
_ASPIRATED = re.compile("([kgcjtdbsr])h")
_LATIN = (
    (r"ph", "f"),
    (r"ch+", "C"),
    (r"c", "k"),
    (r"C", "c"),
    (r"q", "k"),
    (r"x", "ks"),
    (r"z", "j"),
    (r"v", "b"),
)
_VOWELS = re.compile("[aeiouyw]+")
_TWINS = re.compile(r"(.)\1+")
_NASAL = re.compile("ng+")
_JOINERS = "\u200c\u200d"

_ALPHABET = " অআইঈউঊঋএঐওঔংঃঁকখগঘঙচছজঝঞটঠড\u09dcঢ\u09ddণতৎথদধনপফবভময\u09dfরলশষসহািীুূৃেৈোৌ্"
"""The order of the dictionary; signs of vowels stand after all letters, so that ক comes before কা."""
_RANKS = {letter: chr(0x100 + rank) for rank, letter in enumerate(_ALPHABET)}


def _normal(text: str) -> str:
    normal = unicodedata.normalize("NFC", text)
    for apart, joined in _NUKTA.items():
        normal = normal.replace(apart, joined)
    return normal


def loose_key(word: str) -> str:
    """Return what stays of a word when spelling is forgiven: its consonants, in Latin letters.

    Vowels go, except that a word which begins with one keeps an `a`; aspiration, doubling and letters that
    sound alike are one. রহিমা, Rahima, Rohima and Raheema all become `rhm`.
    """
    normal = to_latin(_normal(word).lower())
    latin = _from_bangla(normal) if _is_bangla(normal) else _from_english(normal)
    begins = "a" if _VOWELS.match(latin) else ""
    bones = _TWINS.sub(r"\1", _NASAL.sub("n", _VOWELS.sub("", latin)))
    return begins + bones


def loose_words(*names: str) -> frozenset[str]:
    """Return the loose keys of all words of some names."""
    keys = (loose_key(word) for name in names for word in words_of(name))
    return frozenset(key for key in keys if key)


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name, in either script: letters with their signs, and digits."""
    return tuple("".join(letter if _is_of_word(letter) else " " for letter in _normal(name)).split())


def order_key(name: str) -> str:
    """Return a text that sorts, code point by code point, as the Bangla alphabet does."""
    return "".join(_RANKS.get(letter, letter) for letter in _normal(name).strip())


def _is_of_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN" or letter in _JOINERS


def _from_bangla(word: str) -> str:
    return _SILENT.sub("", word).translate(_LETTERS)


def _from_english(word: str) -> str:
    for pattern, letter in _LATIN:
        word = re.sub(pattern, letter, word)
    return _ASPIRATED.sub(r"\1", word)


def _is_bangla(text: str) -> bool:
    return any("\u0980" <= letter <= "\u09ff" for letter in text)
