"""Pages written beside records, and what they say of each other."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from codingagentbench.errors import ResultsError
from codingagentbench.results import check_files
from codingagentbench.site import build_index, build_page, build_site
from codingagentbench.site.neighbours import glance

from . import laid, make
from .reading import Page

OTHER = "mutations/python-comparator-swap"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three agents, two models, two tasks, two sweeps, two runs, two attempts."""
    root = tmp_path / "results"
    laid.stored(root, make.record(), patch=make.PATCH, cast=laid.cast("hello\r\n"))
    laid.stored(root, make.record(run=2), patch=make.PATCH)
    laid.stored(root, make.rate_limited(agent="codex"))
    laid.stored(root, make.record(agent="codex", run=1, sweep="nightly"))
    laid.stored(root, make.record(model="org/sub/other"))
    laid.stored(root, make.record(task=make.task(id=OTHER)))
    laid.stored(root, make.record(agent="pi", model="unrelated"))
    limited = laid.stored(root, make.rate_limited(agent="pi", model="again"))
    shutil.copytree(limited.folder, limited.folder.with_name("attempt2"))
    return root


def folder(root: Path, cell: str, attempt: int = 1) -> Path:
    return root / cell / f"attempt{attempt}"


AIDER = "local/aider/oracle/mutations/rust-error-negated/run1"


def test_a_page_is_written_beside_its_record(root: Path) -> None:
    here = folder(root, AIDER)
    page = build_page(here)
    assert here / "index.html" == page
    read = Page(page.read_text())
    assert "hello" in read.block("terminal")
    assert "is_ok" in read.block("diff")
    assert sorted(os.listdir(here)) == sorted(
        ["SHA256SUMS", "changes.patch", "index.html", "record.json", "terminal.cast"]
    )


def test_making_a_page_leaves_the_evidence_whole(root: Path) -> None:
    build_page(folder(root, AIDER))
    assert () == check_files(folder(root, AIDER))


def test_neighbours_differ_in_one_thing(root: Path) -> None:
    read = Page(build_page(folder(root, AIDER)).read_text())
    agents, models, tasks = (read.block(name) for name in ("agents", "models", "tasks"))
    assert "codex" in agents
    assert "codex sweep nightly" in agents
    assert "rate limited not scored 3,003 11.00 s" in agents
    assert "org/sub/other ✓ passed 0.905" in models
    assert OTHER in tasks
    for block in (agents, models, tasks):
        assert "unrelated" not in block
        assert "aider" not in block.replace("same agent", "")
    assert "1 1 ✓ passed this page" in read.block("runs")
    assert "2 1 ✓ passed" in read.block("runs")


def test_a_cell_alone_says_so(root: Path) -> None:
    read = Page(
        build_page(folder(root, "local/pi/unrelated/mutations/rust-error-negated/run1")).read_text()
    )
    for name in ("agents", "tasks"):
        assert "None in this results folder." in read.block(name)


def test_every_attempt_is_linked(root: Path) -> None:
    build_site(root)
    here = folder(root, "local/pi/again/mutations/rust-error-negated/run1", 2)
    read = Page((here / "index.html").read_text())
    assert "2 attempts of this run are kept." in read.block("h1")


def test_links_between_pages_arrive(root: Path) -> None:
    build_site(root)
    pages = list(root.rglob("index.html"))
    assert 1 + 9 == len(pages)
    for page in pages:
        for address in Page(page.read_text()).attributes("a", "href"):
            if address.startswith("."):
                assert (page.parent / unquote(address)).is_file(), address


def test_a_folder_out_of_its_place_still_has_a_page(root: Path, tmp_path: Path) -> None:
    alone = tmp_path / "copied"
    shutil.copytree(folder(root, AIDER), alone)
    read = Page(build_page(alone).read_text())
    assert "None in this results folder." in read.block("agents")


def test_the_index_has_every_cell(root: Path) -> None:
    page = build_index(root)
    assert root / "index.html" == page
    text = Page(page.read_text()).text
    assert "7 cells, 9 attempts." in text
    assert "Sweep local" in text
    assert "Sweep nightly" in text
    assert "aider × oracle" in text
    assert "not scored 3,003 tokens" in text
    assert "not run" in text


def test_the_index_of_an_empty_folder(tmp_path: Path) -> None:
    assert "No finished cells" in build_index(tmp_path).read_text()


def test_a_record_that_is_not_whole_spoils_no_other_page(root: Path) -> None:
    broken = folder(root, "local/codex/oracle/mutations/rust-error-negated/run1") / "record.json"
    broken.write_text(broken.read_text()[:500])
    assert glance(broken.parent, root=root) is None
    assert "1 record could not be read" in build_site(root).read_text()
    assert "codex" in Page(build_page(folder(root, AIDER)).read_text()).block("agents")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"spec": 3}', "null", "[" * 100_000])
def test_a_glance_at_nonsense_is_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "record.json").write_text(text)
    assert glance(tmp_path, root=tmp_path) is None


def test_bad_input_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="cannot be read"):
        build_page(tmp_path)
    with pytest.raises(ResultsError, match="no such folder"):
        build_index(tmp_path / "missing")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(root: Path) -> None:
    here = folder(root, AIDER)
    here.chmod(0o555)
    with pytest.raises(ResultsError, match="cannot be written"):
        build_page(here)


def test_a_place_that_is_taken_by_a_folder(root: Path) -> None:
    """No half-written file is left."""
    here = folder(root, AIDER)
    (here / "index.html").mkdir()
    with pytest.raises(ResultsError, match="cannot be written"):
        build_page(here)
    assert [] == [n for n in os.listdir(here) if n.startswith(".")]


def test_a_patch_that_is_not_utf8(root: Path) -> None:
    here = folder(root, AIDER)
    patch = make.PATCH.encode().replace(b"wrong way", b"wr\xff\xfeng way")
    (here / "changes.patch").write_bytes(patch)
    assert "wr\ufffd\ufffdng way" in Page(build_page(here).read_text()).block("diff")


def test_names_that_are_no_file_names(tmp_path: Path) -> None:
    """Odd names lead to safe folders, and links to them arrive."""
    laid.stored(tmp_path, make.record(agent='a"b<i>', model="../../up/ü?#%"))
    laid.stored(tmp_path, make.record(agent='a"b<i>', model="plain"))
    build_site(tmp_path)
    pages = [p for p in tmp_path.rglob("index.html") if p.parent != tmp_path]
    assert 2 == len(pages)
    for page in pages:
        addresses = [
            a for a in Page(page.read_text()).attributes("a", "href") if re.match(r"\.\.?/", a)
        ]
        for address in addresses:
            assert (page.parent / unquote(address)).is_file(), address
