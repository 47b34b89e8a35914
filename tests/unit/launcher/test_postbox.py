"""The local sender's messages reach the console of `./mikrof up`, each once, and whole."""

from pathlib import Path

from launcher.postbox import Postbox

OLD = '{"purpose": "x", "text": "before"}\n'
NEW = '{"purpose": "x", "text": "জমা ৳ ৫০। স্থিতি ৳ ৬০"}\n'
SHOWN = "  ✉ জমা ৳ ৫০। স্থিতি ৳ ৬০"


def shown_after(kept: Path, *writings: str) -> list[str]:
    said: list[str] = []
    box = Postbox(kept, said.append)
    for writing in writings:
        with kept.open("a", encoding="utf-8") as file:
            file.write(writing)
        box.look()
    box.close()
    return said


def test_shows_what_comes_and_nothing_that_was_there(tmp_path: Path):
    kept = tmp_path / "postbox.jsonl"
    kept.write_text(OLD, encoding="utf-8")

    assert shown_after(kept, NEW) == [SHOWN]


def test_waits_for_a_file_that_is_not_there_yet(tmp_path: Path):
    assert shown_after(tmp_path / "later.jsonl", NEW, NEW) == [SHOWN] * 2


def test_waits_for_the_rest_of_a_line(tmp_path: Path):
    assert shown_after(tmp_path / "postbox.jsonl", NEW[:20], NEW[20:]) == [SHOWN]


def test_goes_on_with_the_new_file_when_the_old_one_was_put_aside(tmp_path: Path):
    kept = tmp_path / "postbox.jsonl"
    kept.write_text(OLD, encoding="utf-8")
    said: list[str] = []
    box = Postbox(kept, said.append)

    kept.rename(tmp_path / "postbox.old")
    kept.write_text(NEW, encoding="utf-8")
    box.look()
    box.close()

    assert said == [SHOWN]
