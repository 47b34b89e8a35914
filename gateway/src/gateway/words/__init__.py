"""Everything a person reads: in Bangla and in English."""

from gateway.words.catalogue import catalogue, find_sentence, t
from gateway.words.reader import language

__all__ = ["catalogue", "find_sentence", "language", "t"]
