"""Bangla names in Latin letters, as a branch would write them on a form."""

from __future__ import annotations

VOWELS = {
    "অ": "o", "আ": "a", "ই": "i", "ঈ": "i", "উ": "u", "ঊ": "u", "ঋ": "ri", "এ": "e", "ঐ": "oi",
    "ও": "o", "ঔ": "ou",
}  # fmt: skip
SIGNS = {"া": "a", "ি": "i", "ী": "i", "ু": "u", "ূ": "u", "ৃ": "ri", "ে": "e", "ৈ": "oi", "ো": "o", "ৌ": "ou"}
CONSONANTS = {
    "ক": "k", "খ": "kh", "গ": "g", "ঘ": "gh", "ঙ": "ng", "চ": "ch", "ছ": "chh", "জ": "j", "ঝ": "jh", "ঞ": "n",
    "ট": "t", "ঠ": "th", "ড": "d", "ঢ": "dh", "ণ": "n", "ত": "t", "থ": "th", "দ": "d", "ধ": "dh", "ন": "n",
    "প": "p", "ফ": "f", "ব": "b", "ভ": "bh", "ম": "m", "য": "j", "র": "r", "ল": "l", "শ": "sh", "ষ": "sh",
    "স": "s", "হ": "h", "\u09dc": "r", "\u09dd": "rh", "\u09df": "y",
}  # fmt: skip
MARKS = {"ং": "ng", "ঃ": "", "ঁ": "n", "ৎ": "t"}
COMPOSED = {"\u09a1\u09bc": "\u09dc", "\u09a2\u09bc": "\u09dd", "\u09af\u09bc": "\u09df"}
JOINER = "\u09cd"


def romanize(name: str) -> str:
    """A Bangla name in Latin letters, each word with a capital: «শারমিন আক্তার» becomes «Sharmin Aktar»."""
    for pair, letter in COMPOSED.items():
        name = name.replace(pair, letter)
    return " ".join(romanize_word(word).capitalize() for word in name.split())


def romanize_word(word: str) -> str:
    """One word; a consonant with no vowel sign speaks an «a», but not at the end or before a joiner."""
    written = ""
    for place, letter in enumerate(word):
        after = word[place + 1] if place + 1 < len(word) else ""
        if letter in CONSONANTS:
            silent = (
                not after or after in SIGNS or after in MARKS or after == JOINER or ends_in_two(word, place)
            )
            written += CONSONANTS[letter] + ("" if silent else "a")
        else:
            written += VOWELS.get(letter) or SIGNS.get(letter) or MARKS.get(letter, "")
    return written


def ends_in_two(word: str, place: int) -> bool:
    """Whether only a consonant with its vowel sign follows: there the «a» is swallowed («শারমিন»)."""
    rest = word[place + 1 :]
    spoken_before = any(letter in SIGNS or letter in VOWELS for letter in word[:place])
    return spoken_before and len(rest) >= 2 and rest[0] in CONSONANTS and rest[1] in SIGNS  # noqa: PLR2004 - a letter and its sign
