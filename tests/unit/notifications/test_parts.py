"""How many short messages a text takes, against the lengths of GSM 03.38 and UCS-2."""

from hypothesis import given
from hypothesis import strategies as st

from notifications.domain.parts import parts_of


class TestPartsOf:
    def test_latin_has_160_alone_and_153_a_part(self):
        lengths = {160: 1, 161: 2, 306: 2, 307: 3}

        assert {length: parts_of("a" * length) for length in lengths} == lengths

    def test_bangla_has_70_alone_and_67_a_part(self):
        lengths = {70: 1, 71: 2, 134: 2, 135: 3}

        assert {length: parts_of("ক" * length) for length in lengths} == lengths

    def test_one_taka_sign_makes_all_of_it_bangla(self):
        assert parts_of("a" * 159 + "৳") == 3

    def test_brackets_of_the_extension_take_two(self):
        assert (parts_of("{" * 80), parts_of("{" * 80 + "a")) == (1, 2)

    def test_what_takes_two_is_not_cut_in_two(self):
        assert parts_of("a" * 152 + "€" + "a" * 152) == 3
        assert parts_of("ক" * 66 + "😀" + "ক" * 66) == 3

    @given(text=st.text(max_size=400), more=st.text(max_size=20))
    def test_more_text_is_never_fewer_parts(self, text, more):
        assert 1 <= parts_of(text) <= parts_of(text + more)

    @given(text=st.text(alphabet="কখগ ০১২।৳", min_size=71, max_size=600))
    def test_bangla_is_what_division_says(self, text):
        assert parts_of(text) == -(-len(text) // 67)
