"""Seed folders: what loads, and what is said of what does not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from codingagentbench.errors import TaskError
from codingagentbench.tasks.seeds import load_seed, seed_folders, seeds_root

FIXTURES = Path(__file__).parents[1] / "corpus" / "seeds"
BUILT_IN = [folder for _, folder in seed_folders()] if seeds_root().is_dir() else []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a good seed, to break."""
    copy = tmp_path / "python" / "locker"
    shutil.copytree(FIXTURES / "python" / "locker", copy, ignore=shutil.ignore_patterns("__*"))
    return copy


@pytest.mark.parametrize("folder", BUILT_IN, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_every_built_in_seed_loads(folder: Path) -> None:
    assert f"{folder.parent.name}/{folder.name}" == load_seed(folder).id


def test_a_good_seed_loads(folder: Path) -> None:
    seed = load_seed(folder)
    assert (("src/locker.py",), 8, 13) == (
        seed.files,
        len(seed.verifier.visible),
        len(seed.verifier.hidden),
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "python/locker"', 'id = "python/till"', "key 'id' is 'python/till'"),
        ('language = "python"', 'language = "rust"', "key 'language' is 'rust', but the folder is"),
        ('version = "1.0"', "", "key 'version' is missing"),
        ('version = "1.0"', 'version = "1.0"\ncolour = "red"', "key 'colour' is unknown"),
        ('version = "1.0"', "version = ", "not valid TOML"),
        ('toolchain = ["python"]', 'toolchain = ["cobol"]', "unknown toolchain 'cobol'"),
        ('mutate = ["src/locker.py"]', 'mutate = ["lib/*"]', "no file of tree/ matches lib/*"),
        ('mutate = ["src/locker.py"]', 'mutate = ["tests/*"]', "is protected"),
        ('carry = ["src/**"]', 'carry = ["lib/**"]', "is not carried"),
        ('"total_1" = "', '"total_2" = "', "has nothing for 'total_1'"),
        ('"total_1" = "', '"total_1" = "total_4 fails: ', "gives 'total_4' away"),
        ('"total_1" = "', '"total_1" = "In locker.py: ', "gives 'src/locker.py' away"),
        ('visible = ["total_1"', 'visible = ["total_1", "total_1"', "names a test twice"),
        ("do not touch them.", "leave them.", "AGENTS.md has no bullet that says"),
        ('says = "Keep a', 'says = "The tests in `tests/` belong to another team: do not touch '
         'them."\n# "Keep a', "no rule says what AGENTS.md does: Keep a change small"),
        ("[paths]", "[paths]\nexpected = []", "may have 'protected' alone"),
    ],
)  # fmt: skip
def test_a_broken_seed_is_named_with_its_fault(folder: Path, old: str, new: str, said: str) -> None:
    path = folder / "seed.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(TaskError) as caught:
        load_seed(folder)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_links_and_compiled_files_are_refused(folder: Path) -> None:
    (folder / "tree" / "out").symlink_to("/etc")
    with pytest.raises(TaskError, match="a link in a seed"):
        load_seed(folder)
    (folder / "tree" / "out").unlink()
    (folder / "verifier" / "__pycache__").mkdir()
    with pytest.raises(TaskError, match="compiled files"):
        load_seed(folder)


def test_missing_parts_are_named(folder: Path) -> None:
    shutil.rmtree(folder / "verifier")
    with pytest.raises(TaskError, match="the folder verifier/ is missing"):
        load_seed(folder)
    (folder / "seed.toml").unlink()
    with pytest.raises(TaskError, match="the file is missing"):
        load_seed(folder)
    with pytest.raises(TaskError, match="no such folder of seeds"):
        list(seed_folders(folder / "nowhere"))
