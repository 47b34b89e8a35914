"""What a wording of the institution's own may say: exactly what the release's names, both languages. P2."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from contracts.errors import InvalidPayload
from notifications.domain.samples import SAMPLES
from notifications.domain.texts import HIDDEN
from notifications.domain.wordings import (
    Wording,
    current,
    faults,
    in_force,
    placeholders,
    previews,
    read,
    template_of,
    wordings_of,
)
from notifications.templates import templates

pytestmark = pytest.mark.rule("P2")
RELEASE = templates()["row_changed"]
NAMES = re.compile(r"\{(\w+)\}")


def changed(part: str, variant: str, **words: str) -> tuple[Wording, ...]:
    """The release's wording with one sentence put otherwise."""
    return tuple(
        replace(one, **words) if (one.part, one.variant) == (part, variant) else one
        for one in wordings_of(RELEASE)
    )


def place(part: str, variant: str) -> int:
    return [(one.part, one.variant) for one in wordings_of(RELEASE)].index((part, variant))


@pytest.mark.parametrize("kind", templates())
def test_what_a_release_brings_may_be_used_and_comes_back_whole(kind: str) -> None:
    template = templates()[kind]

    assert faults(template, wordings_of(template)) == {}
    assert template_of(wordings_of(template), template.version) == template


@pytest.mark.parametrize("kind", templates())
def test_every_placeholder_of_a_release_has_a_sample_in_both_languages(kind: str) -> None:
    words = [word for one in wordings_of(templates()[kind]) for word in (one.bn, one.en)]
    needed = {name for word in words for name in NAMES.findall(word)} - {"lines"}

    assert [language for language in SAMPLES if not needed <= SAMPLES[language].keys()] == []
    seen = list(previews(wordings_of(templates()[kind]), SAMPLES))
    assert len(seen) == len(words)
    assert all("{" not in one.text and one.text and one.parts >= 1 for one in seen)


def test_another_wording_with_the_same_names_may_be_used() -> None:
    english = "Receipt {receipt} of {when}: {before} became {after}. Member {member}"

    given = changed("text", "full", en=english)

    assert faults(RELEASE, given) == {}
    assert in_force(RELEASE, template_of(given, 1001)).texts["full"]["en"] == english


@pytest.mark.parametrize("left_out", ["receipt", "when", "member", "before", "after"])
def test_a_correction_never_loses_what_it_names(left_out: str) -> None:
    now = RELEASE.texts["full"]["bn"]

    found = faults(RELEASE, changed("text", "full", bn=now.replace(f"{{{left_out}}}", "")))

    [(path, [fault])] = found.items()
    assert path == f"wordings.{place('text', 'full')}.bn"
    assert fault.startswith("PLACEHOLDERS:")
    assert f"{{{left_out}}}" in fault


def test_who_reads_no_amounts_is_told_none_by_another_wording() -> None:
    now = RELEASE.texts["see_book"]["en"]

    assert list(faults(RELEASE, changed("text", "see_book", en=now + " {after}"))) == [
        f"wordings.{place('text', 'see_book')}.en"
    ]


@pytest.mark.parametrize(
    "trick", ["{receipt.__class__}", "{receipt!r}", "{receipt:>9}", "{", "}", "{}", "{0}", "{receipt[0]}"]
)
def test_braces_hold_plain_names_and_nothing_else(trick: str) -> None:
    now = RELEASE.texts["full"]["en"].replace("{receipt}", trick)

    [(_, [fault])] = faults(RELEASE, changed("text", "full", en=now)).items()

    assert fault == "BRACES"


@pytest.mark.parametrize("title", ["Tk 500 is gone", "৳৫০০ কমেছে"])
def test_a_title_has_no_figure_because_it_stands_on_a_lock_screen(title: str) -> None:
    assert list(faults(RELEASE, changed("title", "any", bn=title)).values()) == [["FIGURE_IN_TITLE"]]


def test_a_title_names_nothing_of_hers() -> None:
    [(_, [fault])] = faults(RELEASE, changed("title", "any", en="About {member}")).items()

    assert fault.startswith("PLACEHOLDERS:")


def test_no_sentence_is_missing_doubled_or_strange() -> None:
    whole = wordings_of(RELEASE)
    strange = Wording("text", "loud", "ক", "a")

    for given in (whole[1:], (*whole, whole[0]), (*whole, strange), (*whole[1:], strange)):
        assert faults(RELEASE, given) == {"wordings": ["WORDINGS_OF_THE_KIND"]}
        with pytest.raises(InvalidPayload):
            read(RELEASE, [vars_of(one) for one in given])


def vars_of(one: Wording) -> dict[str, str]:
    return {"part": one.part, "variant": one.variant, "bn": one.bn, "en": one.en}


def test_a_release_that_says_more_takes_back_its_own_wording() -> None:
    own = template_of(changed("title", "any", en="Something was corrected"), 1001)
    assert in_force(RELEASE, own) is own
    texts = {**RELEASE.texts, "full": {**RELEASE.texts["full"], "en": "{when} {receipt} {officer}"}}
    newer = replace(RELEASE, version=RELEASE.version + 1, texts=texts)

    assert in_force(newer, own) is newer
    assert current({"row_changed": newer}, {"row_changed": own}, ["row_changed"]) == {"row_changed": newer}


def test_a_preview_shows_no_code() -> None:
    seen = list(previews(wordings_of(templates()["number_code"]), SAMPLES))

    assert [HIDDEN in one.text for one in seen if one.part == "text"] == [True, True]


def test_a_text_of_several_accounts_is_seen_with_its_lines() -> None:
    seen = list(previews(wordings_of(templates()["deposit_confirmed"]), SAMPLES))
    [full] = [one.text for one in seen if (one.part, one.variant, one.language) == ("text", "full", "en")]

    assert "General savings Tk 500 received, balance Tk 12,500" in full


def test_the_names_in_braces_are_found() -> None:
    assert placeholders("{when}: {lines}. {member}") == {"when", "lines", "member"}
