"""Containers: what a program sees, what holds it, what is left of it, and what is said of it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import docker
import pytest
from bwrap_kit import alive, echo_server, run, run_async, until

from codingagentbench.errors import SandboxError, SandboxUnavailable, UnknownName
from codingagentbench.sandboxes import (
    KilledBy,
    Limits,
    Missing,
    Mount,
    Owner,
    Toolchain,
    Workspace,
    open_sandbox,
)
from codingagentbench.sandboxes.docker_daemon import HARNESS_LABEL, connect, engine, sweep
from codingagentbench.sandboxes.docker_images import HARNESS_INSIDE
from tests.dockerd import Dockerd

pytestmark = pytest.mark.docker
BACKEND = "docker"


def containers() -> list[str]:
    client = connect()
    return [row["Id"] for row in client.containers(all=True, filters={"label": HARNESS_LABEL})]


def mapped() -> bool:
    """Whether "root" inside is the ordinary user whom the daemon belongs to."""
    which = engine(connect())
    return which.rootless and not which.podman


def test_a_program_is_nobody_and_can_become_nobody_else() -> None:
    done = run(
        "id -u; grep -E '^(CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/self/status; whoami; pwd; "
        "unshare -Ur true 2>&1 || unshare -m true 2>&1 || mount -t tmpfs none /mnt 2>&1 "
        "|| echo refused",
        backend=BACKEND,
    )
    uid, effective, bounding, no_new, seccomp, name, cwd, *rest = done.lines
    if mapped():
        assert uid == "0"
    else:
        assert str(done.owner.uid) == uid != "0"
    assert [16 * "0", 16 * "0"] == [line.split()[1] for line in (effective, bounding)]
    assert ("1", "2") == (no_new.split()[1], seccomp.split()[1])
    assert ("root" if mapped() else "agent", "/workspace") == (name, cwd)
    assert "refused" == rest[-1]


def test_the_root_is_read_only_and_this_package_is_covered() -> None:
    done = run(
        f"ls -A {HARNESS_INSIDE} | wc -l; for place in / /etc /usr/bin /opt /run /workspace"
        f" {HARNESS_INSIDE}; do touch $place/x 2>/dev/null && echo writable $place; done; "
        "touch ~/x /tmp/x /var/tmp/x /dev/shm/x && echo four; "
        "ls -d /run/cab/sandboxes/launcher | wc -l",
        backend=BACKEND,
    )
    assert ["0", "four", "1"] == done.lines


def test_there_is_no_network_but_the_listener() -> None:
    script = (
        "ls /sys/class/net; (echo hello; sleep 0.2) | python3 -c 'import socket, sys\n"
        's = socket.create_connection(("127.0.0.1", 8000)); s.sendall(b"hello\\n")\n'
        "print(s.recv(99).decode().strip())'; "
        "python3 -c 'import socket; socket.create_connection((\"1.1.1.1\", 53), 3)' 2>&1 | tail -1;"
        " python3 -c 'import socket; socket.getaddrinfo(\"pypi.org\", 443)' 2>&1 | tail -1"
    )
    done = run(script, backend=BACKEND, port=8000, on_listen=echo_server())
    assert ["lo", "heard: hello"] == done.lines[:2]
    assert "Network is unreachable" in done.lines[2]
    assert "gaierror" in done.lines[3]
    assert "gateway only" == done.exit.network
    assert "off" == run("true", backend=BACKEND).exit.network


def test_names_that_are_asked_for_are_kept() -> None:
    script = "python3 -c 'import socket; socket.getaddrinfo(\"models.example.org\", 443)'"
    done = run(script, backend=BACKEND, names=True)
    assert done.exit.names is not None
    assert "models.example.org" in done.exit.names


def test_report_terminal_and_output_are_the_programs() -> None:
    done = run(
        "echo told >&3; tput cols; echo plain >/dev/stdout; test -t 1 && echo terminal",
        backend=BACKEND,
        report=True,
        terminal=(97, 20),
    )
    assert b"told\n" == done.exit.report
    assert ["97", "plain", "terminal"] == done.lines


def test_memory_processes_and_cpu_are_bounded_and_counted() -> None:
    hog = "python3 -c 'x = []\nwhile True: x.append(bytearray(8 << 20))'"
    hogged = run(f"exec {hog}", backend=BACKEND, limits=Limits(memory_mb=150))
    done = hogged.exit
    assert done.limits.startswith("cgroup v") or os.geteuid() != 0
    if done.limits == "rlimits only":  # an ordinary user's daemon without control groups
        assert (1, None) == (done.code, done.killed_by)
        assert "MemoryError" in hogged.text
    else:
        assert (137, KilledBy.MEMORY) == (done.code, done.killed_by)
        assert done.oom_kills >= 1
    if not mapped() or done.limits != "rlimits only":  # there nothing counts them
        bomb = "f() { f | f & }; f; sleep 1; echo end"
        assert run(bomb, backend=BACKEND, limits=Limits(pids=60), timeout_s=15).exit.wall_s < 15
    busy = run("timeout 1 python3 -c 'while True: pass'", backend=BACKEND).exit
    assert busy.cpu_s is not None
    assert 0.6 < busy.cpu_s < 2
    if busy.limits != "rlimits only":
        assert busy.memory_peak_bytes is not None
        assert 2 << 20 < busy.memory_peak_bytes < 100 << 20
        assert busy.limits.startswith("cgroup v")


@pytest.mark.parametrize("where", ["~", "/tmp"])
def test_home_and_tmp_are_bounded(where: str) -> None:
    done = run(f"head -c 60M /dev/zero >{where}/x || echo full", backend=BACKEND,
               limits=Limits(disk_mb=30))  # fmt: skip
    assert "full" == done.lines[-1]


def test_a_private_mount_that_grows_is_ended(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    mounts = (Mount(source=tmp_path, target="/opt/cache", private=True),)
    script = "for i in $(seq 60); do head -c 8M /dev/zero >/opt/cache/$i; sleep 0.1; done"
    done = run(script, backend=BACKEND, mounts=mounts, limits=Limits(disk_mb=30)).exit
    assert KilledBy.DISK is done.killed_by
    assert [] == list(tmp_path.iterdir())


@pytest.mark.skipif(os.geteuid() != 0, reason="one user cannot look where it may not")
def test_a_workspace_hidden_from_the_program_itself_is_still_measured(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    for folder in (tree, tmp_path):
        folder.chmod(0o777)
    owner = Owner(uid=os.geteuid(), gid=os.getegid())
    workspace = Workspace(root=tmp_path, lower=tree, owner=owner, tree=tree)
    script = (
        "mkdir d; exec 9>d/x; chmod 000 d; for i in $(seq 80); do head -c 8M /dev/zero >&9; "
        "sleep 0.1; done"
    )
    done = run(script, backend=BACKEND, workspace=workspace, limits=Limits(disk_mb=40)).exit
    assert KilledBy.DISK is done.killed_by


def test_who_kills_the_launcher_has_ended_his_own_run() -> None:
    """It is of the same user; an end like this is the program's, never a fault of ours."""
    script = "for p in /proc/[0-9]*; do p=${p#/proc/}; [ $p = $$ ] || kill -9 $p; done; sleep 30"
    done = run(script, backend=BACKEND).exit
    assert (137, None) == (done.code, done.killed_by)
    assert [] == containers()


def test_a_container_that_somebody_else_kills_is_nobodys_failure() -> None:
    """By the daemon: the agent had no part in it, so it is not its exit code 137."""

    async def killed() -> None:
        task = asyncio.ensure_future(run_async("sleep 71.83", backend=BACKEND))
        while not alive("71.83"):
            await asyncio.sleep(0.05)
        (container,) = containers()
        await asyncio.to_thread(connect().kill, container)
        await task

    with pytest.raises(SandboxError, match="the container was killed from outside"):
        asyncio.run(killed())
    assert [] == containers()


def test_the_launchers_descriptors_and_memory_are_not_the_programs() -> None:
    listed = "" if mapped() else "ls $p/fd >/dev/null && echo seen; "  # there all is "root"'s
    script = (
        "for p in /proc/[0-9]*; do [ $p = /proc/1 ] || "
        "{ grep -q 'sandboxes/launche[r]' $p/cmdline 2>/dev/null && echo found "
        f"&& {{ {listed}for n in 3 4 5; do readlink $p/fd/$n && echo seen; done; "
        "head -c 1 $p/mem >/dev/null && echo seen; }; }; done 2>/dev/null; "
        "ls /run/cab/link/launcher 2>&1"
    )
    done = run(script, backend=BACKEND, report=True)
    assert "found" == done.lines[0]
    assert "No such file" in done.lines[1], done.text


def test_no_container_is_left_however_a_run_ends() -> None:
    run("exit 3", backend=BACKEND)
    with pytest.raises(SandboxError, match="there is nothing to mount"):
        run("true", backend=BACKEND, mounts=(Mount(source=Path("/no/such"), target="/opt/x"),))

    async def cancelled() -> None:
        task = asyncio.create_task(run_async("sleep 71.82", backend=BACKEND))
        while not alive("71.82"):
            await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert [] == alive("71.82")
    assert [] == containers()


HARNESS = """
import asyncio, os, sys, tempfile
from pathlib import Path
from codingagentbench.sandboxes import Command, base_env, open_sandbox

async def main():
    scratch = tempfile.mkdtemp()
    os.chmod(scratch, 0o711)
    async with open_sandbox("docker").attempt(Path(scratch)) as slot:
        script = "trap '' TERM HUP; (setsid sleep 72.83 &); sleep 72.83; :"
        await slot.run(Command(argv=("bash", "-c", script), env=base_env()))

asyncio.run(main())
"""


def test_a_killed_harness_leaves_nothing_alive_and_the_next_one_sweeps() -> None:
    with subprocess.Popen([sys.executable, "-c", HARNESS]) as harness:
        assert until(lambda: len(alive("sleep\x0072.83")) == 2, 20)
        assert 0 == sweep(connect()), "what is in use is left alone"
        harness.send_signal(signal.SIGKILL)
    assert until(lambda: alive("72.83") == [], 10)
    assert 1 == len(containers())
    open_sandbox(BACKEND)
    assert [] == containers()


def test_the_image_is_named_by_what_it_is(dockerd: Dockerd) -> None:
    image = run("true", backend=BACKEND).exit.image
    assert image is not None
    assert "image id" == image.kind
    assert image.reference.endswith("codingagentbench/base:latest")
    assert dockerd.with_base().id == image.digest == image.base
    assert all(layer.startswith("sha256:") for layer in image.layers)


def test_toolchains_are_those_of_the_image() -> None:
    sandbox = open_sandbox(BACKEND)
    python = sandbox.toolchain("python")
    assert isinstance(python, Toolchain)
    said = run("python3 --version", backend=BACKEND).text
    assert f"Python {python.version}\n" == said
    java = sandbox.toolchain("java")
    assert isinstance(java, Missing)
    assert "cab images base --with java" == java.mend
    with pytest.raises(UnknownName, match="did you mean 'python'"):
        sandbox.toolchain("pyhton")


def test_a_tree_that_no_image_has_is_said_plainly(tmp_path: Path) -> None:
    place = tmp_path / "spork" / "1.0" / "prefix"
    place.mkdir(parents=True)
    mounts = (Mount(source=place, target="/opt/agent", baked="sha256:" + 64 * "5"),)
    said = r"no image here has spork.*run: cab images build spork"
    with pytest.raises(SandboxUnavailable, match=said):
        open_sandbox(BACKEND).admit(mounts)
    with pytest.raises(SandboxUnavailable, match=said):
        run("true", backend=BACKEND, mounts=mounts)
    open_sandbox(BACKEND).admit(())


def test_without_a_daemon_it_says_where_it_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///no/such.sock")
    with pytest.raises(SandboxUnavailable, match=r"unix:///no/such.sock: no Docker daemon answers"):
        open_sandbox(BACKEND)


def test_a_daemon_elsewhere_will_not_do(monkeypatch: pytest.MonkeyPatch, dockerd: Dockerd) -> None:
    """One that answers over TCP, as a remote one would."""
    with tempfile.TemporaryDirectory():
        relay = (
            "import asyncio, sys\n"
            "async def pump(a, b):\n"
            "    while data := await a.read(65536): b.write(data); await b.drain()\n"
            "    b.write_eof() if b.can_write_eof() else None\n"
            "async def one(r, w):\n"
            f"    r2, w2 = await asyncio.open_unix_connection({dockerd.address.removeprefix('unix://')!r})\n"
            "    await asyncio.gather(pump(r, w2), pump(r2, w), return_exceptions=True)\n"
            "async def main():\n"
            "    server = await asyncio.start_server(one, '127.0.0.1', 0)\n"
            "    print(server.sockets[0].getsockname()[1], flush=True)\n"
            "    await asyncio.sleep(60)\n"
            "asyncio.run(main())\n"
        )
        with subprocess.Popen([sys.executable, "-c", relay], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            monkeypatch.setenv("DOCKER_HOST", f"tcp://127.0.0.1:{port}")
            try:
                with pytest.raises(SandboxUnavailable, match="on another machine"):
                    open_sandbox(BACKEND)
            finally:
                process.kill()


def test_the_doctor_says_what_there_is(dockerd: Dockerd) -> None:
    found = {one.what: one for one in open_sandbox(BACKEND).check()}
    assert found["docker"].ok
    assert dockerd.with_base().id == found["base image"].found
    assert docker.__version__


@pytest.mark.parametrize(
    ("info", "limits"),
    [
        ({"CgroupVersion": "2"}, "cgroup v2"),
        ({"CgroupVersion": "v1", "MemoryLimit": True}, "cgroup v1"),
        ({"CgroupVersion": "1", "SecurityOptions": ["name=rootless"]}, "rlimits only"),
        ({"CgroupVersion": "2", "SecurityOptions": ["name=rootless"]}, "cgroup v2"),
        ({"CgroupVersion": "2", "CgroupDriver": "none"}, "rlimits only"),
        ({"CgroupVersion": "2", "PidsLimit": False}, "rlimits only"),
    ],
)
def test_who_holds_the_limits_is_what_the_daemon_can_do(
    info: dict[str, object], limits: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = connect()
    monkeypatch.setattr(client, "info", lambda: {"SecurityOptions": [], **info})
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    which = engine(client)
    assert limits == which.limits
    asked = Limits(memory_mb=100, pids=50, cpus=1, disk_mb=10)
    container, process = which.shared_out(asked)
    assert {asked.memory_mb, None} == {container.memory_mb, process.memory_mb}
    assert {asked.pids, None} == {container.pids, process.pids}
    assert (limits == "rlimits only") == (container.memory_mb is None)
    assert container.disk_mb == process.disk_mb == 10


@pytest.mark.parametrize("info", [{"Rootless": True}, {"SecurityOptions": ["name=rootless"]}])
def test_roots_cells_do_not_run_on_somebodys_rootless_daemon(
    info: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = connect()
    monkeypatch.setattr(client, "info", lambda: info)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(SandboxUnavailable, match=r"belongs to another user.*run as that user"):
        engine(client)
