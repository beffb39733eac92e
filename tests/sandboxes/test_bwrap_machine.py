"""What is said of the machine, and of one that lacks something."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

import pytest
from bwrap_kit import run, run_async, run_in

from codingagentbench.errors import SandboxUnavailable
from codingagentbench.sandboxes import Mount, open_sandbox
from codingagentbench.sandboxes.bubblewrap_root import hidden
from codingagentbench.sandboxes.cgroups import find_cgroups
from codingagentbench.sandboxes.owners import lease


def test_without_the_program_the_one_command_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "apt-get").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxUnavailable) as caught:
        open_sandbox("bubblewrap")
    sudo = "" if os.geteuid() == 0 else "sudo "
    assert f"bubblewrap is not installed; run: {sudo}apt-get install -y bubblewrap" == str(
        caught.value
    )
    assert caught.value.exit_code == 2


def test_the_findings_of_this_machine_are_true() -> None:
    found = {finding.what: finding for finding in open_sandbox().check()}
    assert found["bubblewrap"].found[0].isdigit()
    assert found["a sandbox"].found == "starts"
    assert found["limits"].ok == (find_cgroups() is not None)
    assert {f.what for f in found.values() if not f.ok} <= {"limits"}


def test_findings_can_be_asked_for_while_a_loop_runs() -> None:
    async def ask() -> int:
        return len(open_sandbox().check())

    assert asyncio.run(ask()) == 4


def test_what_is_hidden_is_covered_wherever_it_would_be_seen(tmp_path: Path) -> None:
    tasks = tmp_path / "site" / "tasks"
    (tasks / "inner").mkdir(parents=True)
    shown = [(str(tmp_path), "/data"), ("/usr", "/usr")]
    covered = hidden([tasks, Path("/usr/share"), Path("/etc")], shown)
    assert covered == [
        "--tmpfs", "/data/site/tasks", "--remount-ro", "/data/site/tasks",
        "--tmpfs", "/usr/share", "--remount-ro", "/usr/share",
    ]  # fmt: skip


def test_a_task_folder_below_a_mount_is_not_seen(tmp_path: Path) -> None:
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "verify.py").write_text("the answer")
    os.chmod(tmp_path, 0o755)

    async def look() -> str:
        with tempfile.TemporaryDirectory() as scratch:
            sandbox = open_sandbox(hide=[tmp_path / "tasks"])
            async with sandbox.attempt(Path(scratch)) as slot:
                mount = Mount(source=tmp_path, target="/data")
                return (await run_in(slot, "ls -AR /data", mounts=(mount,))).text

    assert "verify.py" not in asyncio.run(look())


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user has one user id")
def test_owners_are_given_back_and_never_shared() -> None:
    leases = [lease() for _ in range(50)]
    assert len({one.owner.uid for one in leases}) == 50
    assert min(one.owner.uid for one in leases) >= 1000
    for one in leases:
        one.close()


def test_many_run_at_once_and_leave_no_descriptor() -> None:
    async def many() -> tuple[list[str], int, int]:
        await run_async("true")
        before = len(os.listdir("/proc/self/fd"))
        done = await asyncio.gather(*[run_async(f"echo {n}", terminal=(80, 24)) for n in range(24)])
        return [d.text.strip() for d in done], before, len(os.listdir("/proc/self/fd"))

    texts, before, after = asyncio.run(many())
    assert texts == [str(n) for n in range(24)]
    assert after <= before  # fewer: something older was let go meanwhile


def test_nothing_of_the_launcher_is_seen_inside() -> None:
    assert run("ls -A /tmp /mnt /oldroot 2>/dev/null").text.split() == ["/tmp:"]
