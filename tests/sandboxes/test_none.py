"""Without a sandbox: the same protocol, the host's own paths, and still no superuser."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

import pytest
from bwrap_kit import Done, echo_server, run, run_in
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.errors import SandboxError, UnknownName
from codingagentbench.sandboxes import (
    HOME,
    WORKSPACE,
    Mount,
    Owner,
    Workspace,
    base_env,
    open_sandbox,
)
from codingagentbench.sandboxes.none import Names


def test_it_says_what_it_is() -> None:
    done = run("true", backend="none").exit
    assert (done.backend, done.network) == ("none", "host")
    finding = open_sandbox("none").check()[0]
    assert not finding.ok


def test_it_does_not_run_as_the_superuser() -> None:
    done = run("id -u; grep NoNewPrivs /proc/self/status", backend="none")
    assert done.lines == [str(done.owner.uid), "NoNewPrivs:\t1"]
    assert done.owner.uid != 0


def test_paths_inside_become_the_real_ones(tmp_path: Path) -> None:
    async def go() -> Done:
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o711)
            async with open_sandbox("none").attempt(Path(folder)) as slot:
                tree = Path(folder, "tree")
                tree.mkdir()
                os.chown(tree, slot.owner.uid, slot.owner.gid)
                tool = Path(folder, "tool")
                tool.mkdir(mode=0o755)
                (tool / "data").write_text("data of the tool\n")
                done = await run_in(
                    slot,
                    f"pwd; echo x > {WORKSPACE}/made; cat /opt/tool/data {HOME}/.rc; echo $FILE;"
                    " echo y > /tmp/y; ls -d /workspace 2>/dev/null",
                    workspace=Workspace(root=tree, lower=tree, owner=slot.owner, tree=tree),
                    mounts=(Mount(source=tool, target="/opt/tool"),),
                    files={f"{HOME}/.rc": b"root = /workspace/src\n"},
                    env=base_env() | {"FILE": f"--file={WORKSPACE}/a.txt"},
                )
                assert (tree / "made").read_text() == "x\n"
                text = done.text.replace(str(tree), "TREE")
                assert text.splitlines()[:4] == [
                    "TREE", "data of the tool", "root = TREE/src", "--file=TREE/a.txt",
                ]  # fmt: skip
                return done

    asyncio.run(go())


def test_the_listener_is_found_at_its_real_port() -> None:
    script = "exec 5<>/dev/tcp/$HOST/$PORT; echo hi >&5; cat <&5"
    done = run(
        f"A=$URL; A=${{A#http://}}; HOST=${{A%:*}} PORT=${{A#*:}}; PORT=${{PORT%/v1}}; {script}",
        backend="none",
        port=8000,
        on_listen=echo_server(),
        env=base_env() | {"URL": "http://127.0.0.1:8000/v1"},
    )
    assert done.text == "heard: hi\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only a harness run by root gives up its rights")
def test_a_folder_that_the_user_cannot_reach_is_said_plainly() -> None:
    with tempfile.TemporaryDirectory() as private:
        scratch = Path(private, "scratch")
        scratch.mkdir()
        with pytest.raises(SandboxError, match="cannot be reached by the unprivileged user"):
            run("true", backend="none", scratch=scratch)


def test_an_overlay_is_refused(tmp_path: Path) -> None:
    workspace = Workspace(
        root=tmp_path, lower=tmp_path, owner=Owner(uid=1, gid=1), upper=tmp_path, work=tmp_path
    )
    with pytest.raises(SandboxError, match="has to be a copy"):
        run("true", backend="none", workspace=workspace)


def test_an_unknown_backend_names_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean 'bubblewrap'"):
        open_sandbox("bubblewarp")


NAMES = Names({WORKSPACE: "/scratch/tmp/w", HOME: "/scratch/home", "/tmp": "/scratch/tmp"}, 80, 9)


@pytest.mark.parametrize(
    ("inside", "real"),
    [
        ("/workspace", "/scratch/tmp/w"),
        ("cd /workspace/src; ls", "cd /scratch/tmp/w/src; ls"),
        ("look in /workspace.", "look in /scratch/tmp/w."),
        ("--root=/workspace:/tmp", "--root=/scratch/tmp/w:/scratch/tmp"),
        ("/workspaces /workspace-2", "/workspaces /workspace-2"),
        ("a/workspace /workspace.d", "a/workspace /workspace.d"),
        ("file:///workspace/a", "file:///scratch/tmp/w/a"),
        ('"/home/agent/.x"', '"/scratch/home/.x"'),
        ("http://127.0.0.1:80/v1 localhost:80", "http://127.0.0.1:9/v1 localhost:9"),
        ("127.0.0.1:8000 1.2.3.4:80", "127.0.0.1:8000 1.2.3.4:80"),
    ],
)  # fmt: skip
def test_names_are_replaced_as_wholes_and_once(inside: str, real: str) -> None:
    assert real == NAMES.text(inside)


@given(st.binary())
def test_text_without_names_is_left_alone(data: bytes) -> None:
    if not any(name in data for name in (b"/workspace", b"/home", b"/tmp", b":80")):
        assert data == NAMES.bytes(data)
