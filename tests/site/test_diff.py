"""The diff of a page: nothing lost, the files that should not have changed first."""

from __future__ import annotations

from codingagentbench.sandboxes import FileChange
from codingagentbench.site.diff import SHOWN, by_file, changed_files

from . import make

TRICKY = """--- a/notes.sql
+++ b/notes.sql
@@ -1,3 +1,2 @@
 keep
--- a/not-a-header
-old
+++ b/not-a-header
--- "a/odd \\303\\251\\n\\"name"
+++ "b/odd \\303\\251\\n\\"name"
@@ -1 +1 @@
-x
\\ No newline at end of file
+y
\\ No newline at end of file
"""


def test_only_a_hunks_counts_end_it() -> None:
    """A removed line that looks like a header is a removed line."""
    files = by_file(TRICKY)
    assert ["notes.sql", 'odd é\n"name'] == list(files)
    assert ["hunk", "same", "del", "del", "add"] == [line.kind for line in files["notes.sql"]]
    assert "--- a/not-a-header" == files["notes.sql"][2].text
    assert ["hunk", "del", "same", "add", "same"] == [line.kind for line in files['odd é\n"name']]


def test_a_patch_that_is_cut_short_keeps_what_it_has() -> None:
    files = by_file("--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n-one")
    assert ["hunk", "del"] == [line.kind for line in files["x"]]


def test_order_is_protected_unexpected_expected_litter() -> None:
    left = make.changes(
        files=(
            *make.changes().files,
            FileChange(path="tests/retry.rs", kind="modified", lines_added=1, lines_removed=1),
        )
    )
    of = make.record(changes=left)
    found = changed_files(left, patch=make.PATCH, axes=of.scores.axes)
    assert [
        ("tests/retry.rs", "tampered"),
        ("notes.md", "unexpected"),
        ("src/lib.rs", "expected"),
        (".aider.tags", "litter"),
    ] == [(f.change.path, f.mark) for f in found]
    assert "binary: no diff" == found[3].note
    assert "no diff was kept" == found[0].note


def test_a_large_diff_is_cut_and_says_so() -> None:
    lines = 5000
    patch = f"--- a/src/lib.rs\n+++ b/src/lib.rs\n@@ -0,0 +1,{lines} @@\n" + "+line\n" * lines
    of = make.record()
    assert of.changes is not None
    found = changed_files(of.changes, patch=patch, axes=of.scores.axes)
    (large,) = [f for f in found if f.change.path == "src/lib.rs"]
    assert lines + 1 == len(large.lines) + large.cut
    assert sum(len(line.text) for line in large.lines) <= SHOWN
    assert large.cut > 0
