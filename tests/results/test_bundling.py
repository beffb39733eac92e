"""A reviewer's walk: a sweep of real cells leaves one machine's results as a file, and another's
take it in, scored again; whatever is wrong with it, nothing is taken in."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
import zstandard

from codingagentbench.errors import ResultsError
from codingagentbench.results import Store, accept, bundle, load_record, replace_record, seal
from codingagentbench.scoring import Outcome
from tests.sweeps.kit import make_sweep

CAB = Path(sys.executable).with_name("cab")
pytestmark = pytest.mark.slow


def cab(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [CAB, *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200"},
    )


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with results of six cells, tasks, and the keys of two people."""
    base = tmp_path_factory.mktemp("swept")
    make_sweep(base, tasks=3, runs=2)
    done = cab("sweep", "run", "sweep.toml", "--results", "r", "--tasks", "tasks", cwd=base)
    assert 0 == done.returncode, done.stderr
    for name in ("mine", "theirs"):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", name]
        subprocess.run(words, check=True, cwd=base)
    return base


@pytest.fixture
def base(swept: Path, tmp_path: Path) -> Path:
    """The same, to be harmed."""
    return Path(shutil.copytree(swept, tmp_path / "base"))


def test_the_walk(base: Path) -> None:
    assert (
        0 == cab("results", "seal", "small", "--key", "mine", "--results", "r", cwd=base).returncode
    )
    made = cab("results", "bundle", "small", "--results", "r", cwd=base)
    assert "small.cab.zst: 6 attempts" in made.stdout, made.stderr
    words = ["results", "accept", "small.cab.zst", "--tasks", "tasks", "--results", "review"]
    done = cab(*words, "--key", "mine.pub", cwd=base)
    assert 0 == done.returncode, done.stdout + done.stderr
    assert "6 scored the same again, 6 taken in" in done.stdout
    again = cab(*words, "--key", "mine.pub", "--json", cwd=base)
    told = json.loads(again.stdout)
    assert (6, 0, 6) == (told["scored"], told["taken"], told["there"])
    checked = cab(
        "results", "verify", "small", "--key", "mine.pub", "--results", "review", cwd=base
    )
    assert 0 == checked.returncode, checked.stdout
    assert 0 == cab("results", "check", "--results", "review", cwd=base).returncode
    other = cab(*words[:-1], "third", "--key", "theirs.pub", cwd=base)
    assert (1, True) == (other.returncode, "not one of this key" in other.stdout)
    assert [] == list(Store(base / "third").all())


def bundled(base: Path) -> Path:
    seal(Store(base / "r"), "small")
    bundle(Store(base / "r"), "small", base / "b.zst")
    return base / "b.zst"


def taken(base: Path, file: Path, **more: Any) -> Any:
    return accept(file, Store(base / "new").open(), tasks_root=base / "tasks", **more)


def test_scores_that_the_evidence_does_not_have(base: Path) -> None:
    """Sealed anew by whoever changed them: the seal fits, the scores do not."""
    folder = next(Store(base / "r").all())
    record = load_record(folder)
    axes = record.scores.axes
    better = axes.composite.model_copy(update={"composite": 1.0})
    scores = record.scores.model_copy(
        update={"axes": axes.model_copy(update={"composite": better})}
    )
    replace_record(folder, record.model_copy(update={"scores": scores}))
    done = taken(base, bundled(base))
    (said,) = done.problems.values()
    assert "its evidence says" in said[0]
    assert 0 == done.taken
    assert [] == list(Store(base / "new").all())


def test_a_verdict_that_the_evidence_does_not_have(base: Path) -> None:
    folder = next(Store(base / "r").all())
    record = load_record(folder)
    verdict = record.scores.verdict.model_copy(update={"outcome": Outcome.FAILED})
    scores = record.scores.model_copy(update={"verdict": verdict})
    replace_record(folder, record.model_copy(update={"scores": scores}))
    done = taken(base, bundled(base))
    assert [("says failed; its evidence says passed",)] == list(done.problems.values())


def test_another_root_and_another_task(base: Path) -> None:
    file = bundled(base)
    assert "not " + "0" * 64 in str(taken(base, file, root="0" * 64).problems)
    readme = base / "tasks" / "made-up" / "word-1" / "tree" / "README"
    readme.write_text("changed\n")
    assert "the task has changed" in str(taken(base, file).problems)


def test_another_attempt_in_the_same_place(base: Path) -> None:
    file = bundled(base)
    assert 6 == taken(base, file).taken
    folder = next(Store(base / "new").all())
    (folder / "record.json").write_text("{}")
    done = taken(base, file)
    assert [("another attempt has this place here",)] == list(done.problems.values())
    assert "{}" == (folder / "record.json").read_text()


def test_a_sweep_that_is_not_as_sealed_is_not_bundled(base: Path) -> None:
    with pytest.raises(ResultsError, match="seal the sweep first"):
        bundle(Store(base / "r"), "small", base / "b.zst")
    seal(Store(base / "r"), "small")
    (next(Store(base / "r").all()) / "more").write_text("x")
    with pytest.raises(ResultsError, match="is not as it was sealed: more was added"):
        bundle(Store(base / "r"), "small", base / "b.zst")
    assert not (base / "b.zst").exists()


def packed(base: Path, *members: tarfile.TarInfo) -> Path:
    """An archive of these, each with as many zeros as it says."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        for member in members:
            archive.addfile(member, io.BytesIO(bytes(member.size)))
    (base / "evil.zst").write_bytes(zstandard.ZstdCompressor().compress(raw.getvalue()))
    return base / "evil.zst"


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "", size: int = 0) -> Any:
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.size = kind, link, size
    return made


@pytest.mark.parametrize(
    "members",
    [
        [member("../out")],
        [member("/tmp/out")],
        [member("a/../../out")],
        [member("a", tarfile.SYMTYPE, "/etc"), member("a/passwd")],
        [member("a", tarfile.LNKTYPE, "/etc/passwd")],
        [member("a", tarfile.FIFOTYPE)],
        [member("a", tarfile.CHRTYPE)],
        [member("a"), member("a")],
        [member("a"), member("a/b")],
    ],
)
def test_archives_that_want_out(base: Path, members: list[tarfile.TarInfo]) -> None:
    with pytest.raises(ResultsError, match=r"no plain file|cannot be read or unpacked"):
        taken(base, packed(base, *members))
    assert not (base / "out").exists()
    assert [] == list((base / "new" / ".drafts").iterdir())


def test_a_sweep_whose_name_wants_out(base: Path) -> None:
    """Records and seal of a sweep called "x/../..": its name is no path, here or there."""
    victim = base / "victim"
    victim.mkdir()
    (victim / "lock.json").write_text("mine")
    evil = "x/../../../../../victim"
    store = Store(base / "evil" / "r")
    for folder in Store(base / "r").all():
        old = load_record(folder)
        spec = old.spec.model_copy(update={"sweep": evil})
        made = old.model_copy(update={"spec": spec, "cell_id": spec.id})
        with store.open().draft(
            sweep=evil, agent=spec.label, model=spec.model, task=spec.task, run=spec.run
        ) as draft:
            for name in old.files:
                (draft.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / name, draft.folder / name)
            draft.publish(made)
    assert None is seal(store, evil).lock
    bundle(store, evil, base / "b.zst")
    done = taken(base, base / "b.zst")
    assert ({}, 6) == (done.problems, done.taken)
    assert "mine" == (victim / "lock.json").read_text()
    assert [] == [p for p in base.rglob("lock.json") if "victim" in str(p) and p.parent != victim]


def test_a_name_that_fills_the_memory(base: Path) -> None:
    long = member("x", tarfile.GNUTYPE_LONGNAME)
    long.size = 1 << 40
    (base / "bomb").write_bytes(zstandard.ZstdCompressor().compress(long.tobuf(tarfile.GNU_FORMAT)))
    with pytest.raises(ResultsError, match="too long"):
        taken(base, base / "bomb")


def test_files_that_are_no_bundles(base: Path) -> None:
    (base / "x").write_bytes(b"nothing of the kind")
    with pytest.raises(ResultsError, match="not a whole bundle"):
        taken(base, base / "x")
    (base / "half").write_bytes(bundled(base).read_bytes()[:3000])
    with pytest.raises(ResultsError, match="not a whole bundle"):
        taken(base, base / "half")
    with pytest.raises(ResultsError, match="cannot be read"):
        taken(base, base / "nowhere")
    with pytest.raises(ResultsError, match="has no seal"):
        taken(base, packed(base, member("a/b")))
    huge = member("huge")
    raw = io.BytesIO()
    huge.size = 2 << 40
    raw.write(huge.tobuf())
    (base / "bomb").write_bytes(zstandard.ZstdCompressor().compress(raw.getvalue()))
    with pytest.raises(ResultsError, match="larger than any sweep"):
        taken(base, base / "bomb")
