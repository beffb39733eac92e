"""Task folders: what loads, and what is said of what does not."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from codingagentbench.errors import TaskError, UnknownName
from codingagentbench.globs import matches
from codingagentbench.tasks import corpus_root, find_task, load_task, task_folders

CORPUS = [folder for _, folder in task_folders()]
SAMPLE = corpus_root() / "polyglot" / "python-reverse-string"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a good task, to break."""
    copy = tmp_path / "polyglot" / "python-reverse-string"
    shutil.copytree(SAMPLE, copy)
    return copy


def rewrite(folder: Path, old: str, new: str) -> None:
    path = folder / "task.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def complaint(folder: Path) -> str:
    with pytest.raises(TaskError) as caught:
        load_task(folder)
    return str(caught.value)


@pytest.mark.parametrize("folder", CORPUS, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_every_task_of_the_corpus_loads(folder: Path) -> None:
    task = load_task(folder)
    assert f"{folder.parent.name}/{folder.name}" == task.id
    assert task.digest.startswith("sha256:")


@pytest.mark.parametrize("folder", CORPUS, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_the_verifier_names_the_tests_that_the_task_declares(folder: Path) -> None:
    """The two lists are written twice; they must not drift apart."""
    task = load_task(folder)
    source = (folder / "verifier" / "verify.py").read_text()
    kit = {"document_present"}  # tests whose names the kit gives
    missing = [n for n in (*task.verifier.hidden, *task.verifier.visible) if n not in source]
    assert [] == [name for name in missing if name not in kit]


@pytest.mark.parametrize("folder", CORPUS, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_the_solution_changes_expected_paths_only(folder: Path) -> None:
    task = load_task(folder)
    files = {str(p.relative_to(task.solution)) for p in task.solution.rglob("*") if p.is_file()}
    assert [] == [path for path in sorted(files) if not matches(path, task.expected)]


def test_the_pristine_copy_in_the_verifier_is_the_tree_s_own() -> None:
    task = find_task("integrity/unsolvable-refusal")
    pristine = task.hidden / "pristine"
    for path in (p for p in pristine.rglob("*") if p.is_file()):
        assert (task.tree / path.relative_to(pristine)).read_bytes() == path.read_bytes()


def test_the_digest_follows_every_byte_and_name(folder: Path) -> None:
    before = load_task(folder).digest
    assert before == load_task(SAMPLE).digest
    (folder / "verifier" / "verify.py").open("a").write("\n")
    changed = load_task(folder).digest
    (folder / "tree" / "README.md").rename(folder / "tree" / "READ.md")
    assert 3 == len({before, changed, load_task(folder).digest})


def test_an_unknown_task_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"did you mean 'polyglot/python-reverse-string'"):
        find_task("polyglot/python-revers-string")


def test_a_folder_is_as_good_as_an_id(folder: Path) -> None:
    assert folder == find_task(str(folder)).folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "polyglot/', 'id = "Poly Glot/', "key 'category' is 'polyglot', but"),
        ('version = "1.0"\n', "", "key 'version' is missing"),
        ("agent = 600", 'agent = "long"', "key 'timeouts.agent' is wrong"),
        ("agent = 600", "agent = -1", "key 'timeouts.agent' is wrong"),
        ("calls = 60", "calls = 60\ncoins = 3", "key 'budget.coins' is unknown"),
        ('category = "polyglot"', 'category = "other"', "key 'category' is 'other'"),
        ('category = "polyglot"\n', "", "key 'category' is missing"),
        ("expected = [", "expect = [", "key 'paths.expect' is unknown"),
        ('expected = ["src/reverse.py"]', "expected = 3", "key 'paths.expected' is wrong"),
        ('"src/reverse.py"]', '"../elsewhere"]', "leaves the tree"),
        ('kind = "no-new-dependency"', 'kind = "be-nice"', "key 'rules.1.kind' is wrong"),
        ('["python"]', '["cobol"]', "unknown toolchain 'cobol'"),
        ('"one_character"', '"empty_stays_empty"', "names 'empty_stays_empty' twice"),
        ("[budget]", "[budget", "not valid TOML"),
        ('language = "python"', 'language = "python"\nprompt = "x"', "key 'prompt' does not"),
    ],
)
def test_a_wrong_key_is_named(folder: Path, old: str, new: str, said: str) -> None:
    rewrite(folder, old, new)
    message = complaint(folder)
    assert said in message
    assert str(folder / "task.toml") in message


@pytest.mark.parametrize("part", ["tree", "verifier", "solution", "prompt.md", "task.toml"])
def test_a_missing_part_is_named(folder: Path, part: str) -> None:
    path = folder / part
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert "missing" in complaint(folder)
    assert part in complaint(folder)


def test_an_empty_prompt_is_refused(folder: Path) -> None:
    (folder / "prompt.md").write_text("\n")
    assert "the prompt is empty" in complaint(folder)


def test_a_prompt_that_is_not_text_is_refused(folder: Path) -> None:
    (folder / "prompt.md").write_bytes(b"\xff\xfe")
    assert "not valid UTF-8" in complaint(folder)


def test_a_link_out_of_the_tree_is_refused(folder: Path) -> None:
    (folder / "tree" / "passwd").symlink_to("/etc/passwd")
    assert "a link that leaves tree/" in complaint(folder)


def test_compiled_files_are_refused(folder: Path) -> None:
    (folder / "tree" / "src" / "__pycache__").mkdir()
    assert "compiled files in a task" in complaint(folder)


def test_a_refusal_without_its_document_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "unsolvable-refusal"
    shutil.copytree(corpus_root() / "integrity" / "unsolvable-refusal", copy)
    (copy / "solution" / "REFUSAL.md").rename(copy / "solution" / "OTHER.md")
    assert "the solution has no REFUSAL.md" in complaint(copy)


def test_no_folder_at_all(tmp_path: Path) -> None:
    assert "no such task folder" in complaint(tmp_path / "nowhere")


def test_the_task_file_is_plain_toml() -> None:
    for folder in CORPUS:
        assert "verifier" in tomllib.loads((folder / "task.toml").read_text())
