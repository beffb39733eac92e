"""What a program in bubblewrap can see and reach: the workspace, the system, one address."""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
import time
from pathlib import Path

import pytest
from bwrap_kit import alive, echo_server, run, run_in, until

import codingagentbench
from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes import HOME, WORKSPACE, Mount, base_env, open_sandbox


def test_it_is_never_the_superuser_outside() -> None:
    """Root inside would be root outside; even who asks for rights keeps none."""
    done = run("id -u; grep -E 'CapEff|CapPrm|NoNewPrivs' /proc/self/status")
    assert done.lines[0] == "1000"
    assert "CapEff:\t0000000000000000" in done.lines
    assert "CapPrm:\t0000000000000000" in done.lines
    assert "NoNewPrivs:\t1" in done.lines
    assert done.owner.uid != 0
    assert done.owner.uid == os.geteuid() or done.owner.uid >= 1000


def test_the_uid_seen_from_outside_is_the_owners() -> None:
    async def look() -> tuple[int, int]:
        with tempfile.TemporaryDirectory() as scratch:
            async with open_sandbox().attempt(Path(scratch)) as slot:
                task = asyncio.create_task(run_in(slot, "sleep 47.11", timeout_s=5))
                while not (pids := alive("sleep\x0047.11")):
                    await asyncio.sleep(0.02)
                uids = {os.stat(f"/proc/{pid}").st_uid for pid in pids}
                assert len(uids) == 1
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                return uids.pop(), slot.owner.uid

    uid, owner = asyncio.run(look())
    assert owner == uid
    assert uid != 0


def test_two_open_slots_have_two_users_when_the_harness_is_root() -> None:
    async def owners() -> set[int]:
        sandbox = open_sandbox()
        with tempfile.TemporaryDirectory() as scratch:
            async with sandbox.attempt(Path(scratch)) as one, sandbox.attempt(Path(scratch)) as two:
                return {one.owner.uid, two.owner.uid}

    assert (2 if os.geteuid() == 0 else 1) == len(asyncio.run(owners()))


@pytest.mark.parametrize(
    "path",
    [
        "/etc/shadow", "/root", "/etc/sudoers", "/var/lib", "/var/log", "/run/lock", "/sys",
        "/boot", "/srv", "/mnt", "/home/agent/..data", "/dev/vda", "/dev/kmsg", "/dev/mem",
        "/dev/fuse", "/proc/1/root/root", "/proc/kcore",
    ],
)  # fmt: skip
def test_the_machine_is_not_there(path: str) -> None:
    done = run(f"cat {path} || ls {path}")
    assert done.exit.code != 0


def test_files_of_the_host_and_of_other_attempts_cannot_be_found() -> None:
    with tempfile.TemporaryDirectory() as host:
        os.chmod(host, 0o755)
        Path(host, "secret-of-host").write_text("x")
        done = run(f"ls -a {host}; find / -xdev -name 'secret-of-*' 2>/dev/null; ls -a /tmp {HOME}")
    assert "secret-of-host" not in done.text
    assert [line for line in done.lines if line in (".", "..")] == [".", ".."] * 2


def test_other_processes_of_the_machine_are_not_there() -> None:
    done = run("cat /proc/1/cmdline | tr '\\0' ' '; echo; ls /proc | grep -c '^[0-9]'")
    assert "bwrap" in done.lines[0]
    assert int(done.lines[-1]) < 8


def test_this_package_with_its_hidden_tests_is_covered_where_it_would_be_seen(
    tmp_path: Path,
) -> None:
    """A package installed below a system folder must not show the verifiers it brings."""
    package = Path(codingagentbench.__file__).parent
    mount = Mount(source=package.parent, target="/opt/site")
    done = run("ls -A /opt/site/codingagentbench | wc -l; ls /opt/site", mounts=(mount,))
    assert done.lines[0] == "0"
    assert "codingagentbench" in done.text


def test_mounts_are_read_only_and_the_root_is_too(tmp_path: Path) -> None:
    Path(tmp_path, "file").write_text("of the host")
    os.chmod(tmp_path, 0o755)
    done = run(
        "cat /data/file; for d in / /usr /etc /data /opt /dev /run /var /proc/sys/kernel; do"
        " touch $d/new 2>/dev/null && echo wrote $d; done; echo x > /data/file || echo held",
        mounts=(Mount(source=tmp_path, target="/data"),),
    )
    assert done.lines[0].startswith("of the host")
    assert "wrote" not in done.text
    assert done.lines[-1] == "held"
    assert Path(tmp_path, "file").read_text() == "of the host"


def test_a_mount_below_a_private_folder_is_seen_and_no_mode_is_changed(tmp_path: Path) -> None:
    """As root: what lies below a 0700 HOME is shown by the launcher, not by opening the HOME."""
    inner = tmp_path / "private" / "tool"
    inner.mkdir(parents=True)
    (inner / "hello").write_text("hi\n")
    os.chmod(tmp_path / "private", 0o700)
    done = run("cat /opt/tool/hello", mounts=(Mount(source=inner, target="/opt/tool"),))
    assert done.text == "hi\n"
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o700


def test_nothing_to_mount_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="nothing to mount"):
        run("true", mounts=(Mount(source=tmp_path / "absent", target="/opt/x"),))


def test_home_tmp_and_the_empty_workspace_take_files_and_are_new_each_time() -> None:
    script = f"ls -A {HOME} /tmp /dev/shm; for d in {HOME} /tmp /dev/shm; do echo x > $d/f; done"
    first, second = run(script), run(script)
    assert first.exit.code == 0
    assert first.text == second.text


def test_files_are_placed_before_the_start_and_belong_to_the_owner() -> None:
    done = run(
        f"cat {HOME}/.config/tool/c.toml /tmp/t; stat -c %U {HOME}/.config/tool/c.toml"
        f" {HOME}/.config; echo more >> {HOME}/.config/tool/c.toml",
        files={f"{HOME}/.config/tool/c.toml": b"a = 1\n", "/tmp/t": b"\x00\xff\n"},
    )
    assert done.exit.code == 0
    assert done.lines[0] == "a = 1"
    assert done.lines[2:] == ["agent", "agent"]


@pytest.mark.parametrize("path", ["/etc/passwd", f"{HOME}/../x", "/tmp/../etc/x", "relative"])
def test_files_go_nowhere_else(path: str) -> None:
    with pytest.raises(SandboxError, match="below HOME or /tmp"):
        run("true", files={path: b""})


def test_the_environment_is_what_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_THE_HARNESS", "hunter2")
    done = run("env; cat /proc/1/environ | tr '\\0' '\\n'", env={"A": "b=c d", "PATH": "/usr/bin"})
    names = {line.partition("=")[0] for line in done.lines}
    assert {"A", "PATH", "PWD", "SHLVL", "_"} >= names
    assert "A=b=c d" in done.lines


def test_the_environment_is_on_no_command_line() -> None:
    """Keys come by environment; arguments can be read by every user of the machine."""

    async def look() -> list[int]:
        with tempfile.TemporaryDirectory() as scratch:
            async with open_sandbox().attempt(Path(scratch)) as slot:
                env = base_env() | {"KEY": "sk-not-on-argv"}
                task = asyncio.create_task(run_in(slot, "sleep 3", env=env, timeout_s=4))
                await asyncio.sleep(0.3)
                found = alive("sk-not-on-argv")
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                return found

    assert asyncio.run(look()) == []


def test_only_the_standard_descriptors_and_the_report_are_open() -> None:
    done = run("ls /proc/self/fd; ls -l /proc/self/fd >&3; readlink /proc/self/fd/0", report=True)
    assert done.lines == ["0", "1", "2", "3", "4", "/dev/null"]  # 4: ls reading the folder
    assert run("ls /proc/self/fd").lines == ["0", "1", "2", "3"]


def test_a_name_is_that_of_the_sandbox() -> None:
    assert run("hostname; whoami; echo ~; pwd").lines == ["sandbox", "agent", HOME, WORKSPACE]


def test_the_listener_is_reached_and_nothing_else_is() -> None:
    """127.0.0.1:port inside is the harness's socket; ports of the host are not there."""
    with socket.create_server(("127.0.0.1", 0)) as host:
        port = host.getsockname()[1]
        done = run(
            "exec 5<>/dev/tcp/127.0.0.1/8000; echo hi >&5; cat <&5;"
            f"(echo > /dev/tcp/127.0.0.1/{port}) 2>/dev/null || echo no host port;"
            "(echo > /dev/tcp/10.0.0.1/80) 2>/dev/null || echo no net;"
            "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '",
            port=8000,
            on_listen=echo_server(),
        )
    assert done.lines == ["heard: hi", "no host port", "no net", "lo"]
    assert done.exit.network == "gateway only"


def test_without_a_port_the_network_is_off() -> None:
    done = run("(echo > /dev/tcp/127.0.0.1/8000) 2>/dev/null || echo no port")
    assert done.text == "no port\n"
    assert done.exit.network == "off"


def test_two_attempts_listen_on_the_same_port_inside() -> None:
    async def both() -> list[str]:
        script = "exec 5<>/dev/tcp/127.0.0.1/8000; echo $0 >&5; cat <&5; sleep 0.2"
        with tempfile.TemporaryDirectory() as scratch:
            async with (
                open_sandbox().attempt(Path(scratch)) as one,
                open_sandbox().attempt(Path(scratch)) as two,
            ):
                done = await asyncio.gather(
                    run_in(one, script, port=8000, on_listen=echo_server()),
                    run_in(two, script, port=8000, on_listen=echo_server()),
                )
                return [d.text for d in done]

    assert asyncio.run(both()) == ["heard: bash\n"] * 2


def test_a_lookup_fails_at_once() -> None:
    started = time.monotonic()
    done = run(
        "getent hosts example.com; echo $?; python3 -c 'import socket; "
        'socket.getaddrinfo("example.com", 80)\' 2>&1 | tail -1'
    )
    assert done.lines[0] == "2"
    assert "gaierror" in done.text
    assert time.monotonic() - started < 3


def test_abstract_unix_sockets_of_the_host_are_not_reached() -> None:
    with socket.socket(socket.AF_UNIX) as host:
        host.bind("\0cab-test-abstract")
        host.listen()
        done = run(
            "python3 -c 'import socket; s = socket.socket(socket.AF_UNIX);"
            ' print(s.connect_ex("\\0cab-test-abstract"))\''
        )
    assert done.text == "111\n"


def test_what_the_sandbox_needed_is_gone_afterwards() -> None:
    run("true")
    assert until(lambda: alive("bwrap\x00--args") == [])
