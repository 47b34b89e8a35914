"""What maker and checker are warned of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.admission import Address, AdmissionLimits
from accounts.domain.households import Resemblance, Warned, household_of, warnings_for

USUAL = AdmissionLimits()
HOME = Address("গোকুল", "গোকুল", "বগুড়া সদর", "বগুড়া", "বাড়ি ১২")


class TestHousehold:
    def test_is_known_again_in_spite_of_spelling(self):
        assert household_of(HOME) == household_of(Address("গোকূল", "অন্য", "বগুড়া  সদর", "বগুরা", "বারি 12"))

    @pytest.mark.parametrize("line", ["বাড়ি ১৩", "দক্ষিণ পাড়া"])
    def test_another_house_is_another(self, line: str):
        assert household_of(HOME) != household_of(Address("গোকুল", "গোকুল", "বগুড়া সদর", "বগুড়া", line))

    def test_is_unknown_without_a_house(self):
        assert household_of(Address("গোকুল", "গোকুল", "বগুড়া সদর", "বগুড়া")) is None


class TestWarnings:
    @pytest.mark.rule("P1")
    @given(st.integers(0, 10))
    def test_a_fifth_member_of_one_house_on_a_number_is_flagged(self, others: int):
        warned = warnings_for("home", Resemblance(("home",) * others), USUAL)
        assert (Warned.MANY_MEMBERS in warned) == (others >= 4)
        assert Warned.MANY_HOUSEHOLDS not in warned

    @pytest.mark.rule("P1")
    @pytest.mark.parametrize(
        ("house", "others", "flagged"),
        [
            ("home", (), False),
            ("home", ("home", "home"), False),
            ("home", ("next door",), True),
            ("home", (None,), True),
            (None, ("home",), True),
            (None, (), False),
        ],
    )
    def test_a_number_in_a_second_household_is_flagged(
        self, house: str | None, others: tuple[str | None, ...], flagged: bool
    ):
        assert (Warned.MANY_HOUSEHOLDS in warnings_for(house, Resemblance(others), USUAL)) is flagged

    def test_limits_are_settings(self):
        generous = AdmissionLimits(members_per_number=20, households_per_number=20)
        many = Resemblance(tuple(f"house {number}" for number in range(19)))
        assert warnings_for("home", many, generous) == ()

    def test_come_in_a_fixed_order(self):
        everything = Resemblance(("a", "b", "c", "d"), of_household=1, of_name_and_birth=1, was_member=True)
        assert warnings_for("e", everything, USUAL) == tuple(Warned)
