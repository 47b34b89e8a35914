"""The index of rules reads as the tests' markers need it."""

from tests.support.rules import known_rules


def test_every_rule_is_there_once_and_in_order():
    assert list(known_rules()) == [
        *(f"M{number}" for number in range(1, 18)),
        *(f"L{number}" for number in range(1, 9)),
        *(f"P{number}" for number in range(1, 14)),
    ]
