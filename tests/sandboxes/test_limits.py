"""Memory, disk and output are bounded, and the exit says by what a run was ended."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from bwrap_kit import BACKEND, DOCKER, run, until

from codingagentbench.sandboxes import KilledBy, Limits, Owner, Workspace
from codingagentbench.sandboxes.cgroups import Usage, accounts_of, candidates, find_cgroups, usage
from codingagentbench.sandboxes.launcher import groups

HOG = "python3 -c 'x = []\nwhile True: x.append(bytearray(8 << 20))'"
GROUPS = find_cgroups()


def _workspace(folder: Path) -> Workspace:
    """An empty tree that every user may write, as a copy."""
    tree = folder / "tree"
    tree.mkdir()
    os.chmod(folder, 0o755)
    os.chmod(tree, 0o777)
    owner = Owner(uid=os.geteuid(), gid=os.getegid())
    return Workspace(root=folder, lower=tree, owner=owner, tree=tree)


def test_a_memory_hog_is_killed_and_named() -> None:
    """With a control group by the kernel; without one its own allocations fail."""
    done = run(f"exec {HOG}", limits=Limits(memory_mb=150))
    if GROUPS is None:
        assert (done.exit.code, done.exit.killed_by) == (1, None)
        assert "MemoryError" in done.text
        assert done.exit.limits == "rlimits only"
    else:
        assert (done.exit.code, done.exit.killed_by) == (137, KilledBy.MEMORY)
        assert done.exit.oom_kills >= 1
        assert done.exit.memory_peak_bytes is not None
        assert 100 << 20 < done.exit.memory_peak_bytes <= 151 << 20


@pytest.mark.skipif(GROUPS is None, reason="needs a control group")
def test_a_program_may_outlive_the_child_that_ate_the_memory() -> None:
    done = run(f"{HOG}; echo still here", limits=Limits(memory_mb=150))
    assert (done.exit.code, done.exit.killed_by) == (0, None)
    assert done.exit.oom_kills >= 1
    assert "still here" in done.text


def test_home_and_tmp_are_bounded() -> None:
    script = (
        "head -c 200M /dev/zero > /tmp/big; ls -l /tmp/big; head -c 9M /dev/zero > ~/x || echo full"
    )
    done = run(script, limits=Limits(disk_mb=30, memory_mb=None))
    assert done.exit.killed_by is None
    assert done.lines[-1] == "full"


def test_empty_files_are_bounded_too() -> None:
    script = 'python3 -c \'n = 0\nwhile True: open(f"/tmp/{n}", "w").close(); n += 1\''
    done = run(script, limits=Limits(disk_mb=8, memory_mb=None))
    assert "No space left" in done.text


@pytest.mark.parametrize("backend", [BACKEND, "none", DOCKER])
def test_a_workspace_that_grows_too_large_is_ended(backend: str) -> None:
    script = "for i in $(seq 100); do head -c 8M /dev/zero > /workspace/$i; sleep 0.1; done"
    with tempfile.TemporaryDirectory() as folder:
        workspace = _workspace(Path(folder))
        done = run(script, workspace=workspace, limits=Limits(disk_mb=40), backend=backend)
    assert done.exit.killed_by is KilledBy.DISK
    assert done.exit.wall_s < 5


def test_what_was_in_the_workspace_does_not_count() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = _workspace(Path(folder))
        Path(folder, "tree", "large").write_bytes(b"x" * (20 << 20))
        done = run(
            "echo more > /workspace/small; sleep 1.2",
            workspace=workspace,
            limits=Limits(disk_mb=10),
        )
    assert (done.exit.code, done.exit.killed_by) == (0, None)


def test_output_beyond_the_limit_is_counted_and_dropped() -> None:
    done = run("head -c 5M /dev/zero", limits=Limits(output_mb=1))
    assert done.exit.output_bytes == 5 << 20
    assert len(done.text) == 1 << 20
    assert done.exit.code == 0


def test_a_report_is_read_to_its_end_and_cut_when_it_is_absurd() -> None:
    assert run("head -c 300000 /dev/zero >&3", report=True).exit.report == bytes(300_000)
    assert len(run("head -c 12M /dev/zero >&3", report=True).exit.report) == 8 << 20
    assert run("echo x >&3 2>/dev/null; true").exit.report == b""


@pytest.mark.skipif(GROUPS is None, reason="needs a control group")
def test_cpus_are_shared_out() -> None:
    burn = "import time\nend = time.monotonic() + 0.6\nwhile time.monotonic() < end: pass"
    done = run(f"python3 -c '{burn}'", limits=Limits(cpus=0.25)).exit
    assert done.cpu_s is not None
    assert done.cpu_s < 0.45


@pytest.mark.skipif(GROUPS is None, reason="needs a control group")
def test_no_group_is_left() -> None:
    assert GROUPS is not None
    run("true")
    assert until(lambda: _own_groups() == [])


def _own_groups() -> list[str]:
    assert GROUPS is not None
    return [
        name
        for parent in GROUPS.parents.values()
        for name in os.listdir(parent)
        if name.startswith(f"{groups.PREFIX}{os.getpid()}-")
    ]


@pytest.mark.skipif(GROUPS is None, reason="needs a control group")
def test_groups_left_behind_are_swept_and_those_in_use_are_not() -> None:
    assert GROUPS is not None
    parent = str(next(iter(GROUPS.parents.values())))
    used = groups.Groups(
        [
            {
                "folder": f"{parent}/{groups.PREFIX}test-used-{os.getpid()}",
                "settings": [], "wishes": [], "read": [], "forks": None,
            }
        ]
    )  # fmt: skip
    stale = f"{parent}/{groups.PREFIX}test-stale-{os.getpid()}"
    os.mkdir(stale)
    with subprocess.Popen(["sleep", "30"]) as left:
        Path(stale, "cgroup.procs").write_text(str(left.pid))
        groups.sweep([parent])
        assert left.wait(5) == -9
    assert not os.path.exists(stale)
    assert os.path.exists(f"{parent}/{groups.PREFIX}test-used-{os.getpid()}")
    used.close()
    assert not os.path.exists(f"{parent}/{groups.PREFIX}test-used-{os.getpid()}")


SWEEPER = """
import sys, time
from codingagentbench.sandboxes.launcher import groups
end = time.monotonic() + 2
while time.monotonic() < end:
    groups.sweep(sys.argv[1:])
"""


@pytest.mark.skipif(GROUPS is None, reason="needs a control group")
def test_a_sweep_takes_nothing_that_is_being_made() -> None:
    """Another harness starts, and sweeps, at the moment in which this one makes its groups."""
    assert GROUPS is not None
    parents = sorted({str(parent) for parent in GROUPS.parents.values()})
    with subprocess.Popen([sys.executable, "-c", SWEEPER, *parents]) as sweeper:
        made = 0
        while sweeper.poll() is None:
            groups.Groups(GROUPS.groups(Limits(memory_mb=64, pids=16))).close()
            made += 1
    assert made > 20


def test_a_delegated_version_2_group_is_found_at_its_highest_writable_place(tmp_path: Path) -> None:
    """As root every folder can be written, so the mount itself; the files are those of v2."""
    own = tmp_path / "user.slice" / "app.scope"
    own.mkdir(parents=True)
    for folder in (tmp_path, own.parent, own):
        (folder / "cgroup.controllers").write_text("cpu memory pids io\n")
        (folder / "cgroup.subtree_control").write_text("cpu memory pids\n")
        (folder / "cgroup.procs").write_text("")
    found = candidates("0::/user.slice/app.scope\n", tmp_path)
    assert [tmp_path, own.parent, own] == [c.parents["memory"] for c in found]
    assert {2} == {c.version for c in found}
    rows = dict(found[0].groups(Limits(memory_mb=1, pids=5, cpus=1.5))[0]["settings"])
    assert rows == {"memory.max": "1048576", "pids.max": "8"}


def test_without_controllers_there_is_nothing_to_use(tmp_path: Path) -> None:
    assert candidates("0::/\n", tmp_path) == []


V1 = {
    "cpuacct.usage": "1500000000\n",
    "memory.max_usage_in_bytes": "4096\n",
    "memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n",
}
V2 = {
    "cpu.stat": "usage_usec 1500000\nuser_usec 1\n",
    "memory.peak": "4096\n",
    "memory.events": "low 0\nhigh 0\nmax 9\noom 2\noom_kill 2\n",
}
USED = Usage(cpu_s=1.5, memory_peak_bytes=4096, oom_kills=2)


@pytest.mark.parametrize("files", [V1, V2])
def test_usage_is_read_from_both_versions(files: dict[str, str]) -> None:
    assert usage(files) == USED
    assert usage({}) == Usage()


MEMORY = ("memory.max_usage_in_bytes", "memory.oom_control")


@pytest.mark.parametrize(
    ("own", "places"),
    [
        ("0::/system.slice/d.scope\n", {"system.slice/d.scope": tuple(V2)}),
        ("3:net_cls:/d\n0::/d\n", {"unified/d": tuple(V2)}),
        (
            "9:memory:/d/1\n4:cpu,cpuacct:/d/1\n1:name=systemd:/d/1\n0::/d/1\n",
            {"memory/d/1": MEMORY, "cpu,cpuacct/d/1": ("cpuacct.usage",), "unified/d/1": ()},
        ),
        (
            "4:cpu,cpuacct:/d\n9:memory:/d\n",
            {"memory/d": MEMORY, "cpuacct/d": ("cpuacct.usage",)},
        ),
    ],
)
def test_what_a_group_of_others_used_is_read_wherever_it_is_mounted(
    own: str, places: dict[str, tuple[str, ...]], tmp_path: Path
) -> None:
    for place, names in places.items():
        (tmp_path / place).mkdir(parents=True)
        for name in names:
            (tmp_path / place / name).write_text({**V1, **V2}[name])
    accounts = accounts_of(own, tmp_path)
    assert accounts.read() == USED
    for file in accounts.files.values():
        file.unlink()
    assert accounts.read() is None, "the group is gone"
