"""What is written is what was meant, and lies nowhere else."""

from __future__ import annotations

import string
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.tasks.importing import Broken, Content, toml, write_files
from codingagentbench.tasks.importing.reading import Folder, relative, stays_inside

_texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
_keys = st.text(string.ascii_letters + string.digits + "-_./ é\"'", min_size=1, max_size=10)
_plain = st.one_of(
    _texts, st.booleans(), st.integers(-(2**60), 2**60), st.floats(allow_nan=False), st.just([])
)
_values = st.recursive(
    _plain,
    lambda inner: st.one_of(
        st.lists(_texts, max_size=30),
        st.dictionaries(_keys, inner, max_size=4),
        st.lists(st.dictionaries(_keys, inner, min_size=1, max_size=3), min_size=1, max_size=3),
    ),
    max_leaves=12,
)


@given(st.dictionaries(_keys, _values, max_size=6))
def test_any_config_is_read_as_it_was_written(config: dict[str, object]) -> None:
    assert config == tomllib.loads(toml(config))


@given(_texts)
def test_a_path_is_plain_or_none(text: str) -> None:
    found = relative(text)
    if found is not None:
        assert ".." not in found.split("/")
        assert not found.startswith("/")


@pytest.mark.parametrize(
    ("place", "target", "stays"),
    [
        ("a", "b", True),
        ("a/b", "../c", True),
        ("a/b/c", "../../d/e", True),
        ("a", "..", False),
        ("a", "../b", False),
        ("a/b", "../../c", False),
        ("a", "/etc", False),
        ("a", "", False),
        ("a/b/c", "x/../../../y", False),
    ],
)
def test_where_links_lead(place: str, target: str, stays: bool) -> None:
    assert stays == stays_inside(place, target)


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"../x": Content()}, "no path inside"),
        ({"/x": Content()}, "no path inside"),
        ({"a/./b": Content()}, "no path inside"),
        ({"a\\b": Content()}, "no path inside"),
        ({"a": Content(), "a/b": Content()}, "a file and a folder at once"),
        ({"a": Content(link="../../etc")}, "a link that leaves"),
        ({"x" * 300: Content()}, "cannot be written"),
    ],
)
def test_files_that_cannot_be_written(tmp_path: Path, files: dict[str, Content], why: str) -> None:
    with pytest.raises(Broken, match=why):
        write_files(files, tmp_path / "tree")
    assert [] == [path for path in tmp_path.iterdir() if path.name != "tree"]


def test_a_folder_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Modes and links that stay included; compiled files are not."""
    files = {
        "a/b.txt": Content(data=b"\x00\xff"),
        "run": Content(data=b"#!", executable=True),
        "link": Content(link="a/b.txt"),
        ".hidden": Content(),
    }
    write_files(files, tmp_path / "tree")
    (tmp_path / "tree" / "__pycache__").mkdir()
    (tmp_path / "tree" / "__pycache__" / "x.pyc").touch()
    assert files == Folder(tmp_path / "tree").files()
    assert {} == Folder(tmp_path / "tree").files("nowhere")
