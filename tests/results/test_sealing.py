"""Results under a seal: whatever is done to them is found, with the cell's name."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from codingagentbench.errors import ResultsError
from codingagentbench.results import (
    Prover,
    Store,
    check_proof,
    load_record,
    read_seal,
    replace_record,
    seal,
    seal_path,
    sign,
    signer_of,
    verify,
)
from tests.site import laid, make

CAB = Path(sys.executable).with_name("cab")
CAST = laid.cast("a line\r\n")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Five attempts of one sweep, one of another."""
    for agent in ("aider", "pi"):
        for run in (1, 2):
            made = make.record(agent=agent, run=run, sweep="s")
            folder = laid.stored(tmp_path / "r", made, patch=make.PATCH, cast=CAST).folder
            (folder / "index.html").write_text("a page")
    laid.stored(tmp_path / "r", make.record(agent="pi", run=2, sweep="s"), cast=CAST)
    laid.stored(tmp_path / "r", make.record(sweep="other"))
    made = Store(tmp_path / "r")
    lock = made.root / ".sweeps" / "s" / "lock.json"
    lock.parent.mkdir(parents=True)
    lock.write_text("{}")
    assert 5 == len(seal(made, "s").attempts)
    return made


def one(store: Store) -> Path:
    """A sealed attempt."""
    return next(folder for folder in sorted(store.all()) if "/s/pi/" in folder.as_posix())


def problems(store: Store) -> dict[str, tuple[str, ...]]:
    return dict(verify(store, "s").problems)


def test_what_was_sealed_is_as_it_was(store: Store) -> None:
    done = verify(store, "s")
    assert {} == done.problems
    assert read_seal(seal_path(store.root, "s")).root == done.seal.root
    (one(store) / "index.html").write_text("made anew: pages are not evidence")
    assert {} == problems(store)
    again = seal(store, "s")
    assert done.seal.root == again.root, "the same bytes have the same seal"


def test_one_bit_of_any_file_is_found(store: Store) -> None:
    folder = one(store)
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "index.html"):
        before = path.read_bytes()
        if not before:
            continue
        for at in (0, len(before) // 2, len(before) - 1):
            path.write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
            found = problems(store)
            assert [folder.relative_to(store.root).as_posix()] == list(found), path.name
        path.write_bytes(before)
    assert {} == problems(store)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder)


def _add(folder: Path) -> None:
    (folder / ".hidden").write_text("more")


def _take(folder: Path) -> None:
    (folder / "terminal.cast").unlink()


def _link(folder: Path) -> None:
    (folder / "terminal.cast").rename(folder.parent / "elsewhere")
    (folder / "terminal.cast").symlink_to(folder.parent / "elsewhere")


def _rescore(folder: Path) -> None:
    record = load_record(folder)
    verdict = record.scores.verdict.model_copy(update={"detail": "better"})
    scores = record.scores.model_copy(update={"verdict": verdict})
    replace_record(folder, record.model_copy(update={"scores": scores}))


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_remove, "was sealed and is not there"),
        (_add, ".hidden was added after the run"),
        (_take, "terminal.cast is missing"),
        (_link, "terminal.cast was changed"),
        (_rescore, "record.json is not the one that was sealed"),
    ],
)
def test_harm_is_found_and_named(store: Store, harm: Callable[[Path], None], said: str) -> None:
    folder = one(store)
    harm(folder)
    found = problems(store)
    assert [folder.relative_to(store.root).as_posix()] == list(found)
    assert any(said in text for text in next(iter(found.values())))


def test_records_that_changed_places(store: Store) -> None:
    first, second = sorted(store.root.glob("s/*/**/run1/attempt1"))
    first.rename(store.root / "aside")
    second.rename(first)
    (store.root / "aside").rename(second)
    assert 2 == len(problems(store))
    with pytest.raises(ResultsError, match="its record is that of"):
        seal(store, "s")


def test_an_attempt_more_and_another_lock(store: Store) -> None:
    laid.stored(store.root, make.record(agent="pi", run=9, sweep="s"))
    (store.root / ".sweeps/s/lock.json").write_text("{ }")
    found = problems(store)
    assert ("was added after the seal",) in found.values()
    assert ("the sweep's lock is another one",) in found.values()


def test_a_seal_that_was_edited(store: Store) -> None:
    place = seal_path(store.root, "s")
    told = json.loads(place.read_text())
    told["attempts"].pop()
    place.write_text(json.dumps(told))
    found = problems(store)
    assert ("its root is not that of its attempts",) in found.values()
    assert ("was added after the seal",) in found.values()
    place.write_text(place.read_text()[:99])
    with pytest.raises(ResultsError, match="not a whole seal"):
        verify(store, "s")


def test_what_cannot_be_sealed(store: Store, tmp_path: Path) -> None:
    _take(one(store))
    with pytest.raises(ResultsError, match=r"cannot be sealed: terminal\.cast is missing"):
        seal(store, "s")
    with pytest.raises(ResultsError, match="has no attempts"):
        seal(store, "nothing")
    with pytest.raises(ResultsError, match="seal the sweep first"):
        verify(store, "other")


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    """Two people's private keys; the public ones lie beside them."""
    made = tmp_path / "mine", tmp_path / "theirs"
    for key in made:
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)]
        subprocess.run(words, check=True)
    return made


def test_a_seal_that_another_key_signed(store: Store, keys: tuple[Path, Path]) -> None:
    mine, theirs = keys
    place = seal_path(store.root, "s")
    assert "is not signed" == signer_of(place, Path(f"{mine}.pub"))
    sign(place, mine)
    assert None is signer_of(place, Path(f"{mine}.pub"))
    assert "not one of this key" in str(signer_of(place, Path(f"{theirs}.pub")))
    place.write_bytes(place.read_bytes() + b" ")
    assert "not one of this key" in str(signer_of(place, Path(f"{mine}.pub")))
    sign(place, theirs)
    assert "not one of this key" in str(signer_of(place, Path(f"{mine}.pub")))
    with pytest.raises(ResultsError, match="cannot sign"):
        sign(place, Path("nobody"))
    assert "not one of this key" in str(signer_of(place, Path(f"{mine}.pub"))), "still signed"
    with pytest.raises(ResultsError, match="not a public SSH key"):
        signer_of(place, mine)


def test_one_attempt_alone_by_its_proof(store: Store, tmp_path: Path) -> None:
    found = read_seal(seal_path(store.root, "s"))
    prover = Prover(found)
    for attempt in found.attempts:
        told = prover.proof(attempt.path)
        alone = tmp_path / "alone"
        shutil.copytree(store.root / attempt.path, alone)
        assert () == check_proof(told, alone, root=found.root)
        (alone / "terminal.cast").unlink()
        assert () == check_proof(told, alone, root=found.root), "a page has not all files"
        assert check_proof(told, alone, root="0" * 64)
        assert check_proof(told.model_copy(update={"siblings": ("zz",)}), alone, root=found.root)
        (alone / "changes.patch").write_text("other")
        assert check_proof(told, alone, root=found.root)
        shutil.rmtree(alone)
    with pytest.raises(ResultsError, match="not in the seal"):
        prover.proof("s/nobody")


def cab(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [CAB, "results", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200"},
    )


def test_a_reviewers_walk(store: Store, keys: tuple[Path, Path], tmp_path: Path) -> None:
    """Seal and sign, verify with the key and with the root, one attempt alone, then a change."""
    mine, theirs = keys
    at = ["--results", str(store.root)]
    made = cab("seal", "s", "--key", str(mine), *at, cwd=tmp_path)
    assert 0 == made.returncode, made.stderr
    root = made.stdout.split("root ")[1].split()[0]
    good = cab("verify", "s", "--key", f"{mine}.pub", "--root", root, *at, cwd=tmp_path)
    assert (0, True) == (good.returncode, "5 attempts as sealed" in good.stdout), good.stderr
    bad = cab("verify", "s", "--key", f"{theirs}.pub", *at, cwd=tmp_path)
    assert (1, True) == (bad.returncode, "not one of this key" in bad.stdout)
    folder = one(store)
    (tmp_path / "proof.json").write_text(cab("proof", str(folder), *at, cwd=tmp_path).stdout)
    alone = ["verify", "--proof", "proof.json", str(folder)]
    assert 0 == cab(*alone, "--root", root, cwd=tmp_path).returncode
    assert 1 == cab(*alone, "--root", "0" * 64, cwd=tmp_path).returncode
    assert 2 == cab(*alone, cwd=tmp_path).returncode
    (folder / "terminal.cast").write_text("better")
    told = json.loads(cab("verify", "s", "--json", *at, cwd=tmp_path).stdout)
    assert [["terminal.cast was changed after the run"]] == list(told["problems"].values())
