"""The folder of keys: made once, each process reads its own, older keys still check."""

import stat
from pathlib import Path

import pytest

from chassis.keys import make_keys
from contracts.keys import KeyMissing, Keyring
from contracts.registry import SERVICES
from contracts.sealed import seal, unseal


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("keys")
    make_keys(made)
    return made


def test_everybody_has_keys_that_fit(folder: Path):
    keys = Keyring(folder)
    for name in ("gateway", *SERVICES):
        assert unseal(seal("1234", keys.sealing(name)), keys.unsealing(name)) == "1234"
        [public] = keys.issuer_keys(name)
        public.verify(keys.issuer(name).key.sign(b"x"), b"x")


def test_no_two_keys_are_the_same(folder: Path):
    texts = [path.read_text() for path in folder.rglob("*") if path.is_file()]
    assert len(texts) == len(set(texts)) == 5 * 4 + 2 * 4 + 2


def test_only_the_owner_may_read(folder: Path):
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()} == {0o600}


def test_making_again_changes_nothing_and_completes(folder: Path):
    before = {path: path.read_text() for path in folder.rglob("*") if path.is_file()}
    (folder / "signing" / "gateway.public").unlink()
    make_keys(folder)
    assert {path: path.read_text() for path in folder.rglob("*") if path.is_file()} == before


def test_an_older_key_beside_its_successor_still_reads(tmp_path: Path):
    make_keys(tmp_path)
    sealed = seal("1234", Keyring(tmp_path).sealing("identity"))
    signed = Keyring(tmp_path).issuer("gateway").key.sign(b"x")
    rotated = tmp_path.with_name("rotated")
    tmp_path.rename(rotated)
    for name in ("sealing/identity", "signing/gateway"):
        for kind in ("private", "public"):
            (rotated / f"{name}.{kind}").rename(rotated / f"{name}.2025.{kind}")
    make_keys(rotated)

    keys = Keyring(rotated)
    assert len(keys.unsealing("identity")) == len(keys.issuer_keys("gateway")) == 2
    assert unseal(sealed, keys.unsealing("identity")) == "1234"
    keys.issuer_keys("gateway")[1].verify(signed, b"x")


@pytest.mark.parametrize("name", ["nobody", "../gateway", "", "a/b", "*"])
def test_an_unknown_issuer_has_no_keys(folder: Path, name: str):
    assert Keyring(folder).issuer_keys(name) == ()


@pytest.mark.parametrize("text", ["", "zz", "ab" * 31])
def test_what_is_not_a_key_is_said(tmp_path: Path, text: str):
    (tmp_path / "pepper.key").write_text(text)
    with pytest.raises(KeyMissing, match=r"pepper\.key"):
        Keyring(tmp_path).pepper()
    with pytest.raises(KeyMissing, match=r"session\.key"):
        Keyring(tmp_path).session()
