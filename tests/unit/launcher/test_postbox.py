"""The local sender's messages reach the console of `./mikrof up`, each once, and nothing else does."""

from pathlib import Path

from launcher.postbox import Postbox

OLD = "2026-11-23T10:00:00Z [info     ] message   actor_id=notifications purpose=x text='before'\n"
NEW = (
    "2026-11-23T10:00:01Z [info     ] message   actor_id=notifications purpose=x text='জমা ৳ ৫০। স্থিতি ৳ ৬০'\n"
)
OTHER = "2026-11-23T10:00:02Z [info     ] worked    text='not a message'\n"


def shown_after(log: Path, *writings: str) -> list[str]:
    said: list[str] = []
    box = Postbox(log, said.append)
    for writing in writings:
        with log.open("a", encoding="utf-8") as file:
            file.write(writing)
        box.look()
    box.close()
    return said


def test_shows_what_comes_and_nothing_that_was_there(tmp_path: Path):
    log = tmp_path / "notifications.batch.log"
    log.write_text(OLD, encoding="utf-8")

    assert shown_after(log, OTHER, NEW, OTHER) == ["  ✉ জমা ৳ ৫০। স্থিতি ৳ ৬০"]


def test_waits_for_a_log_that_is_not_there_yet(tmp_path: Path):
    assert shown_after(tmp_path / "later.log", NEW, NEW) == ["  ✉ জমা ৳ ৫০। স্থিতি ৳ ৬০"] * 2


def test_goes_on_with_the_new_log_when_the_old_one_was_put_aside(tmp_path: Path):
    log = tmp_path / "notifications.batch.log"
    log.write_text(OLD, encoding="utf-8")
    said: list[str] = []
    box = Postbox(log, said.append)

    log.rename(tmp_path / "notifications.batch.log.1")
    log.write_text(NEW, encoding="utf-8")
    box.look()
    box.close()

    assert said == ["  ✉ জমা ৳ ৫০। স্থিতি ৳ ৬০"]
