"""Every page that a page names is there."""

import re

from tests.house.house import named, tracked_files

LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def test_every_link_between_pages_leads_somewhere() -> None:
    dead = [
        f"{named(page)}: {target}"
        for page in tracked_files()
        if page.suffix == ".md"
        for target in LINK.findall(page.read_text())
        if not (page.parent / target).exists()
    ]

    assert dead == []
