"""Each service is deployed on its own: its image holds its own folder and the shared two, nothing else."""

from __future__ import annotations

import re

import pytest

from tests.house.house import PACKAGES, ROOT, SERVICES

COPY = re.compile(r"^COPY\s+(?!--from)(?P<sources>.+)\s+\S+$", re.MULTILINE)


@pytest.mark.parametrize("deployable", [*SERVICES, "gateway"])
def test_an_image_copies_only_its_own_folder_and_the_shared(deployable: str) -> None:
    dockerfile = (PACKAGES[deployable] / "Dockerfile").read_text()
    own = str(PACKAGES[deployable].relative_to(ROOT))
    copied = [source for match in COPY.finditer(dockerfile) for source in match["sources"].split()]

    assert copied
    assert [path for path in copied if not path.startswith((own, "services/shared"))] == []


@pytest.mark.parametrize("deployable", [*SERVICES, "gateway"])
def test_an_image_installs_by_hash(deployable: str) -> None:
    assert "--require-hashes" in (PACKAGES[deployable] / "Dockerfile").read_text()
