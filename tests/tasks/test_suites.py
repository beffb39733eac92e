"""Suites: pinned, checked, sealed, opened, and what cannot be done with a seal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.errors import TaskError, UnknownName
from codingagentbench.tasks import (
    SealedSuite,
    Suite,
    SuiteTask,
    corpus_root,
    drift_of,
    find_suite,
    load_suite,
    make_suite,
    proves,
    seal,
    select_tasks,
    suite_files,
    suite_text,
    with_salt,
)

ONE = "polyglot/python-reverse-string"


def pinned(name: str, mark: str = "0", version: str = "1.0") -> SuiteTask:
    return SuiteTask(id=name, version=version, digest="sha256:" + mark * 64)


def suite(*tasks: SuiteTask, **fields: str) -> Suite:
    given = {"name": "held-out", "version": "1.0", "title": 'Kept "back"\\ until later'}
    return Suite.model_validate({**given, **fields, "tasks": tasks or (pinned("a/b"),)})


@pytest.mark.parametrize("path", list(suite_files()), ids=lambda path: path.stem)
def test_the_built_in_suites_pin_the_tasks_that_are_here(path: Path) -> None:
    found = load_suite(path)
    assert path.stem == found.name
    assert isinstance(found, Suite)
    assert () == drift_of(found)


def test_a_changed_task_and_a_missing_one_drift(tmp_path: Path) -> None:
    shutil.copytree(corpus_root() / ONE, tmp_path / ONE)
    made = make_suite("mine", "1.0", select_tasks(["*/*"], root=tmp_path))
    assert () == drift_of(made, root=tmp_path)
    readme = tmp_path / ONE / "tree" / "README.md"
    readme.write_text("another")
    (drift,) = drift_of(made, root=tmp_path)
    assert (ONE, "has changed: the same version, but other files") == (drift.id, drift.what)
    shutil.rmtree(tmp_path / ONE)
    assert ["is not here"] == [one.what for one in drift_of(made, root=tmp_path)]


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    for number, made in enumerate((suite(), with_salt(suite()), seal(with_salt(suite())))):
        path = tmp_path / f"{number}.toml"
        path.write_text(suite_text(made))
        assert made == load_suite(path)


texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20)


@given(texts, texts)
def test_any_title_survives_the_file(
    tmp_path_factory: pytest.TempPathFactory, a: str, b: str
) -> None:
    path = tmp_path_factory.mktemp("s") / "s.toml"
    made = suite(title=a, version=b or "1")
    path.write_text(suite_text(made), encoding="utf-8", newline="")
    assert made == load_suite(path)


def test_an_opened_suite_proves_its_seal() -> None:
    opened = with_salt(suite(pinned("a/b"), pinned("a/c", "1")))
    assert opened.salt is not None
    assert None is proves(opened, seal(opened))
    assert opened == with_salt(opened)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tasks": (pinned("a/b"), pinned("a/c", "2"))}, "'a/c' at this version and digest"),
        ({"tasks": (pinned("a/b"), pinned("a/x", "1"))}, "'a/x' at this version and digest"),
        ({"tasks": (pinned("a/b"),)}, "count is 1, but 2 was sealed"),
        ({"version": "1.1"}, "version is '1.1', but '1.0' was sealed"),
        ({"salt": "0" * 64}, "is none of those that were sealed"),
        ({"salt": None}, "no salt, so it proves nothing"),
    ],
)
def test_another_suite_does_not_prove_it(change: dict[str, object], said: str) -> None:
    opened = with_salt(suite(pinned("a/b"), pinned("a/c", "1")))
    told = proves(opened.model_copy(update=change), seal(opened))
    assert told is not None
    assert said in told


def test_an_edited_commitment_is_seen() -> None:
    opened = with_salt(suite())
    edited = seal(opened).model_copy(update={"commitment": "sha256:" + "0" * 64})
    assert "the sealed file was edited" in str(proves(opened, edited))


def test_a_sealed_file_gives_nothing_away() -> None:
    """Neither ids nor digests are in it, and the same suite seals differently each time."""
    opened = with_salt(suite(pinned("secret/task", "7")))
    text = suite_text(seal(opened))
    assert "secret" not in text
    assert "7" * 64 not in text
    assert str(opened.salt) not in text
    again = with_salt(suite(pinned("secret/task", "7")))
    assert seal(again).entries != seal(opened).entries


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "not valid TOML"),
        ('name = "x"\nversion = "1"', "key 'tasks' is missing"),
        ('name = "X"\nversion = "1"\ntasks = []', "key 'name' is wrong"),
        ("what = 1\n" + suite_text(suite()), "key 'what' is unknown"),
        (suite_text(suite(pinned("a/b"), pinned("a/b"))), "task 'a/b' is there twice"),
        (suite_text(suite()).replace("sha256:0", "sha1:0"), "key 'tasks.0.digest' is wrong"),
        (
            suite_text(seal(with_salt(suite()))).replace("count = 1", "count = 2"),
            "key 'count' is 2, but there are 1 entries",
        ),
    ],
)
def test_a_broken_suite_file_is_one_clear_sentence(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "s.toml"
    path.write_text(text)
    with pytest.raises(TaskError) as caught:
        load_suite(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_unknown_suites(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean 'quick'"):
        find_suite("quik")
    with pytest.raises(TaskError, match="no such suite file"):
        find_suite(str(tmp_path / "none.toml"))


def test_the_template_is_a_sealed_suite() -> None:
    from codingagentbench.tasks.suites import suites_root

    assert isinstance(load_suite(suites_root() / "heldout-TEMPLATE.toml"), SealedSuite)


@pytest.mark.parametrize("path", list(suite_files()), ids=lambda path: path.stem)
def test_published_suites_are_what_the_corpus_is(path: Path) -> None:
    """A task that changes gets a new version and a new suite; an old suite is never bent."""
    known = load_suite(path)
    if isinstance(known, Suite) and path.stem != "heldout-TEMPLATE":
        assert () == drift_of(known)
