"""Whatever is done to a tree, every way of looking finds exactly what differs from inside."""

from __future__ import annotations

import os
from typing import Any

import pytest
import treeops
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from treekit import (
    Operation,
    as_ordinary_user,
    expected,
    played,
    pristine,
    reported,
    scratch,
    unshared_overlay,
    user_overlays_work,
)

from codingagentbench.sandboxes import Owner
from codingagentbench.sandboxes.changes import changes
from codingagentbench.sandboxes.workspaces import discard, prepare

ROOT = os.geteuid() == 0
USER_OVERLAYS = user_overlays_work()

PATHS = [
    b"a", b"b", b"run", b"d", b"d/x", b"d/y", b"d/e", b"d/e/z", b"empty", b"odd\xff name\n",
    b"link", b"folder-link", b"dangling", b"empty-folder", b"new", b"new/x", b"new/e", b"d/new",
    b"d/e/new", b".git", b".git/config", b"new/.git", b"folder-link/x", b"empty-folder/in",
]  # fmt: skip
paths = st.sampled_from(PATHS)
operations = st.one_of(
    st.tuples(st.sampled_from(["write", "append"]), paths, st.sampled_from([b"one\n", b"\0\xff"])),
    st.tuples(
        st.sampled_from([
            "same", "sneak", "mapped", "over", "remove", "mkdir", "fifo", "sock", "touch",
            "whiteout", "forge",
        ]),
        paths,
    ),
    st.tuples(st.sampled_from(["rename", "rename", "hard", "swap"]), paths, paths),
    st.tuples(st.just("symlink"), st.sampled_from([b"a", b"d", b"..", b"/etc/passwd"]), paths),
    st.tuples(st.sampled_from(["renew", "round"]), st.sampled_from([b"d", b"d/e", b"new"])),
    st.tuples(st.just("mode"), paths, st.sampled_from([b"600", b"755", b"0", b"4755", b"644"])),
)  # fmt: skip
plays = st.lists(operations, min_size=1, max_size=14)
careful = settings(
    deadline=None, max_examples=40, suppress_health_check=list(HealthCheck), derandomize=True
)


@pytest.mark.parametrize("method", ["copy", "overlay"])
def test_any_play_in_the_sandbox_is_seen_as_it_is(method: str) -> None:
    """Copy and overlay, against a dump made inside, by the backend's own mount."""

    @careful
    @given(plays)
    def holds(play: list[Operation]) -> None:
        found, after, before = played(play, method=method, look=changes)
        assert expected(before, after) == reported(found)
        assert (
            found.extra_git_dir
            == any(b".git" in bytes.fromhex(path).split(b"/")[:-1] for path in after)
            or found.extra_git_dir
        )  # an empty one leaves no path in the dump

    holds()


def overlaid(play: list[Operation], options: str, kind: Any) -> tuple[Any, Any]:
    with scratch() as folder:
        tree = pristine(folder / "pristine")
        owner = Owner(uid=os.geteuid(), gid=os.getegid())
        workspace = prepare(
            tree, at=folder / "ws", owner=owner, method="overlay", overlay_support=kind
        )
        before = treeops.dump(bytes(tree))
        after = unshared_overlay(workspace, play, options)
        found = changes(workspace)
        again = changes(workspace)
        discard(workspace)
        assert found == again
        return expected(before, after), reported(found)


@pytest.mark.skipif(not USER_OVERLAYS, reason="an ordinary user cannot mount an overlay here")
def test_any_play_in_an_ordinary_users_overlay_is_seen_as_it_is() -> None:
    """Whiteouts and opaque folders are user.overlay.* there."""

    @careful
    @given(plays)
    def holds(play: list[Operation]) -> None:
        wanted, found = as_ordinary_user(lambda: overlaid(play, "userxattr", "user"))
        assert wanted == found

    holds()


@pytest.mark.skipif(not ROOT, reason="needs the superuser")
@pytest.mark.parametrize(
    "options", ["redirect_dir=on,metacopy=on", "redirect_dir=on,index=on", "redirect_dir=off"]
)
def test_any_play_under_other_mount_options_is_seen_as_it_is(options: str) -> None:
    """Files of which only the metadata was copied up, and folders that were moved."""

    @careful
    @given(plays)
    def holds(play: list[Operation]) -> None:
        wanted, found = overlaid(play, options, "root")
        assert wanted == found

    holds()


def test_any_play_of_an_ordinary_user_in_a_copy_is_seen_as_it_is() -> None:
    """Also where the harness may not read what the agent left, and must help itself."""

    def once(play: list[Operation]) -> tuple[Any, Any]:
        with scratch() as folder:
            tree = pristine(folder / "pristine")
            owner = Owner(uid=os.geteuid(), gid=os.getegid())
            workspace = prepare(tree, at=folder / "ws", owner=owner)
            before = treeops.dump(bytes(tree))
            here = os.getcwd()
            os.chdir(workspace.tree or "")
            try:
                treeops.play([[n, *(os.fsencode(a).hex() for a in rest)] for n, *rest in play])
            finally:
                os.chdir(here)
            found = changes(workspace)
            again = changes(workspace)
            after = treeops.dump(bytes(workspace.tree or ""))
            discard(workspace)
            assert found == again
            return expected(before, after), reported(found)

    @careful
    @given(plays)
    def holds(play: list[Operation]) -> None:
        wanted, found = as_ordinary_user(lambda: once(play))
        assert wanted == found

    holds()
