"""Names found in spite of their spelling, and put in the order of the Bangla alphabet."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.names import loose_key, loose_words, order_key

SPELLINGS = [
    ("রহিমা", "Rahima", "Rohima", "Raheema"),
    ("বেগম", "Begum", "Begom"),
    ("খাতুন", "Khatun", "Khatoon"),
    ("আক্তার", "Akter", "Aktar", "Akhter"),
    ("হোসেন", "Hossain", "Hosen", "Hussain"),
    ("আয়েশা", "Ayesha", "Aisha", "Aysha"),
    ("পারভীন", "Parvin", "Parveen"),
    ("চৌধুরী", "Chowdhury", "Choudhuri"),
    ("জাহানারা", "Jahanara", "Zahanara"),
    ("ওয়াহিদা", "Wahida", "Oahida"),
    ("ইয়াসমিন", "Yasmin", "Iasmin"),
    ("স্বপ্না", "Swapna", "Shopna"),
    ("শ্যামলী", "Shyamoli", "Shamoli"),
    ("রংপুর", "Rangpur", "Rongpur"),
    ("মঙ্গল", "Mongol", "Mangal"),
    ("ফাতেমা", "Fatema", "Fatima", "Phatema"),
    ("কহিনুর", "Kohinur", "Kohinoor"),
    ("আম্বিয়া", "Ambia", "Ambiya"),
    ("বাড়ৈ", "Barai", "Baroi"),
]
IN_ORDER = [
    "আয়েশা",
    "ওয়াহিদা",
    "কমলা",
    "কলা",
    "কাকলি",
    "খালেদা",
    "ডালিম",
    "ড়ালিম",
    "ঢাকা",
    "তুলি",
    "ৎসুকি",
]
names = st.text(alphabet=st.characters(min_codepoint=0x985, max_codepoint=0x9CE), min_size=1, max_size=20)


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda spellings: spellings[1])
def test_spellings_of_one_name_are_one(spellings: tuple[str, ...]):
    assert len({loose_key(spelling) for spelling in spellings}) == 1


def test_different_names_stay_different():
    assert len({loose_key(spellings[0]) for spellings in SPELLINGS}) == len(SPELLINGS)


@pytest.mark.parametrize("bangla", ["আয়েশা", "বাড়ৈ", "আষাঢ়"])
def test_it_does_not_matter_how_a_letter_is_encoded(bangla: str):
    forms = {unicodedata.normalize(form, bangla) for form in ("NFC", "NFD")} | {
        bangla.replace("\u09af\u09bc", "\u09df").replace("\u09a1\u09bc", "\u09dc"),
    }
    assert len({loose_key(form) for form in forms}) == 1
    assert len({order_key(form) for form in forms}) == 1


@given(names, st.sampled_from(["", "\u200c", "\u200d"]))
def test_invisible_joiners_change_nothing(name: str, joiner: str):
    assert loose_key(name + joiner) == loose_key(name)


@given(st.text(max_size=40))
def test_any_text_has_keys_of_plain_letters(text: str):
    for key in loose_words(text):
        assert key
        assert not set(key) & set("%_ ")


def test_words_of_both_scripts_are_found():
    assert loose_words("রহিমা বেগম", "Rahima Begum") == {"rhm", "bgm"}
    assert loose_words("মোছাঃ রহিমা") == {"mc", "rhm"}
    assert loose_words("Mst. Rahima-Khatun") == {"mst", "rhm", "ktn"}
    assert loose_words("—", "  ") == frozenset()


@given(st.permutations(IN_ORDER))
def test_the_alphabet_orders_names(shuffled: list[str]):
    assert sorted(shuffled, key=order_key) == IN_ORDER


def test_a_shorter_name_stands_before_its_longer_one():
    assert sorted(["রহিমা বেগম", "রহিমা", "রহিমাবানু"], key=order_key) == ["রহিমা", "রহিমা বেগম", "রহিমাবানু"]
