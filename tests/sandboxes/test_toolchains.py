"""Toolchains of the machine compile and run a program inside, offline."""

from __future__ import annotations

import pytest
from bwrap_kit import run

from codingagentbench.errors import UnknownName
from codingagentbench.sandboxes import (
    HOME,
    Limits,
    Missing,
    Toolchain,
    base_env,
    known_toolchains,
    resolve_toolchain,
)

PROGRAMS = {
    "python": "python3 -c 'print(\"hello\")'",
    "rust": "cargo new --vcs none hi -q && cd hi && cargo run -q | sed s/Hello.*/hello/",
    "go": "mkdir hi && cd hi &&"
    " printf 'package main\\nfunc main() { println(\"hello\") }' > main.go &&"
    " go mod init hi 2>/dev/null && go run . 2>&1",
    "java": "printf 'class A { public static void main(String[] a)"
    ' { System.out.println("hello"); } }\' > A.java && javac A.java && java A',
    "node": "node -e 'console.log(\"hello\")' && npm --version > /dev/null",
    "c++": "printf '#include <iostream>\\nint main() { std::cout << \"hello\\\\n\"; }' > a.cc"
    " && { g++ a.cc -o a || clang++ a.cc -o a; } && ./a",
}


def test_every_toolchain_has_a_program_here() -> None:
    assert sorted(PROGRAMS) == sorted(known_toolchains())


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_toolchain_works_inside(name: str) -> None:
    toolchain = resolve_toolchain(name)
    if isinstance(toolchain, Missing):
        pytest.skip(toolchain.reason)
    done = run(
        f"cd {HOME} && {PROGRAMS[name]}",
        env=base_env([toolchain]),
        mounts=toolchain.mounts,
        timeout_s=60,
        limits=Limits(memory_mb=3000),
    )
    assert done.lines[-1:] == ["hello"], done.text
    assert toolchain.version[0].isdigit()


def test_a_toolchain_is_looked_for_once() -> None:
    assert resolve_toolchain("python") is resolve_toolchain("python")


def test_no_mount_shows_a_system_folder_again() -> None:
    for name in known_toolchains():
        toolchain = resolve_toolchain(name)
        if isinstance(toolchain, Toolchain):
            assert [m for m in toolchain.mounts if str(m.source).startswith("/usr")] == []


def test_an_unknown_toolchain_names_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean 'rust'"):
        resolve_toolchain("rusty")


def test_the_environment_names_folders_of_the_attempt() -> None:
    rust = Toolchain(name="x", version="1", path=("/opt/x/bin",), env={"X": "1"})
    env = base_env([rust])
    assert env["PATH"].split(":")[0] == "/opt/x/bin"
    assert env["HOME"] == HOME
    assert env["X"] == "1"
    assert {value for value in env.values() if value.startswith("/root")} == set()
