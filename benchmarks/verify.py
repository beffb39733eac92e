"""What verifying costs beside the verifier itself, and what a warm build cache saves.

    python benchmarks/verify.py [--runs 40] [--compile-runs 5] [--only overhead|compile]

First table: the same verifier over the same tree, as a bare subprocess and through
``sandboxes.verify`` (assemble, sandbox, run, judge, remove), in milliseconds. Overhead is what
``verify`` takes beyond the verifier process's own time inside.
Second table: one compilation in a fresh sandbox with and without what is warm, in seconds of wall
clock and of CPU (the more telling one on a busy machine).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from codingagentbench.sandboxes import (
    Command,
    Exit,
    Sandbox,
    Toolchain,
    base_env,
    changes,
    discard,
    open_sandbox,
    prepare,
    resolve_toolchain,
    verify,
    warm_findings,
    warmed,
)
from codingagentbench.tasks import KIT, Task, Timeouts, Verifier, find_task

REAL = "polyglot/python-reverse-string"
SMALL, LARGE = 20, 20_000  # files
SCRIPT = """
for name in one two; do
    printf '{"suite": "hidden", "test": "%s", "outcome": "pass"}\\n' $name >&3
done
echo '{"done": 2}' >&3
"""
EDIT = "echo more >> {0}; echo new > {0}.new"


@contextmanager
def passable() -> Iterator[Path]:
    """A new folder that a sandbox's user may pass through."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o711)
        yield Path(name)


def tiny_task(folder: Path, files: int) -> Task:
    """A task of so many small files, with a verifier that does next to nothing."""
    for part in ("tree", "verifier", "solution"):
        (folder / part).mkdir(parents=True)
    for number in range(files):
        place = folder / "tree" / f"part{number // 100}" / f"file{number}.txt"
        place.parent.mkdir(exist_ok=True)
        place.write_text("some text\n" * 50)
    (folder / "verifier" / "verify.sh").write_text(SCRIPT)
    return Task(
        id=f"bench/files-{files}", version="1.0", title="t", language="text", prompt="p",
        digest="sha256:0", folder=folder, timeouts=Timeouts(agent=10, verifier=60),
        verifier=Verifier(command=("sh", "verify.sh"), hidden=("one", "two"), carry=("**",)),
        expected=("**",),
    )  # fmt: skip


def bare(task: Task, runs: int) -> list[float]:
    """Seconds of the verifier as a plain subprocess over the task's own tree."""
    env = {**base_env(), "CAB_KIT": str(KIT), "CAB_WORKSPACE": str(task.tree), "HOME": "/tmp"}
    times = []
    for _ in range(runs):
        with open(os.devnull, "wb") as null:
            started = time.perf_counter()
            subprocess.run(
                ["sh", "-c", f'exec "$@" 3>&{null.fileno()}', "sh", *task.verifier.command],
                cwd=task.hidden, env=env, stdout=subprocess.DEVNULL, check=False,
                pass_fds=(null.fileno(),),
            )  # fmt: skip
            times.append(time.perf_counter() - started)
    return times


@dataclass(frozen=True)
class Verified:
    total: float
    inside: float


async def verified(
    sandbox: Sandbox, task: Task, toolchains: tuple[Toolchain, ...], edit: str, runs: int
) -> list[Verified]:
    """Edit a workspace as an agent would, then verify it, each time anew; seconds."""
    rows = []
    for _ in range(runs + 1):
        with passable() as base:
            async with sandbox.attempt(base) as slot:
                workspace = prepare(
                    task.tree, at=base / "w", owner=slot.owner,
                    overlay_support=await slot.overlay_for(task.tree),
                )  # fmt: skip
                command = Command(argv=("sh", "-c", edit), env=base_env(), terminal=None)
                await slot.run(command, workspace=workspace)
                found = changes(workspace)
            started = time.perf_counter()
            done = await verify(
                sandbox=sandbox, task=task, scratch=base, kit=KIT, workspace=workspace,
                changes=found, toolchains=toolchains,
            )  # fmt: skip
            rows.append(Verified(time.perf_counter() - started, done.seconds))
            assert done.sound, done
            discard(workspace)
    return rows[1:]  # the first one finds out what the machine has


async def overhead(sandbox: Sandbox, runs: int) -> None:
    """Print the first table."""
    with passable() as base:
        small, large = (tiny_task(base / str(n), n) for n in (SMALL, LARGE))
        go = await warm_of("go", sandbox)
        cases: list[tuple[str, Task, tuple[Toolchain, ...], str]] = [
            (f"nothing to do, {SMALL} files", small, (), "part0/file3.txt"),
            (f"nothing to do, {LARGE} files", large, (), "part0/file3.txt"),
            (REAL, find_task(REAL), (), "src/reverse.py"),
        ]
        if go is not None:
            cases.insert(2, ("the same, with Go's cache", small, (go,), "part0/file3.txt"))
        print(f"{'medians of ' + str(runs) + ', ms':38}{'bare':>8}{'verify':>8}{'inside':>8}"
              f"{'overhead':>10}{'p90':>7}{'ratio':>8}")  # fmt: skip
        for name, task, toolchains, file in cases:
            plain = statistics.median(bare(task, runs)) * 1000
            rows = await verified(sandbox, task, toolchains, EDIT.format(file), runs)
            extra = [(row.total - row.inside) * 1000 for row in rows]
            total = statistics.median(row.total for row in rows) * 1000
            inside = statistics.median(row.inside for row in rows) * 1000
            print(f"{name:38}{plain:8.1f}{total:8.1f}{inside:8.1f}{statistics.median(extra):10.1f}"
                  f"{statistics.quantiles(extra, n=10)[-1]:7.1f}{total / plain:7.1f}x")  # fmt: skip


@dataclass(frozen=True)
class Compile:
    """A program, ``setup`` (not measured) and the command that is."""

    name: str
    toolchain: str
    setup: str
    command: str
    warm: bool = False
    runs: int | None = None


GO_FILES = r"""
cat > go.mod <<X
module example.com/depot

go 1.19
X
cat > main.go <<X
package main

import ("fmt"; "net/http"; "net/http/httptest"; "sort"; "strings"; "sync"; "time")

func main() {
	var lock sync.Mutex
	lock.Lock()
	http.NotFound(httptest.NewRecorder(), nil)
	fmt.Println(sort.IsSorted(nil), strings.ToUpper("x"), time.Second)
}
X
printf 'package main\nimport "testing"\nfunc TestX(t *testing.T) {}\n' > main_test.go
"""
GO_KIT = "CGO_ENABLED=0 go build -trimpath -buildvcs=false '-ldflags=-s -w' -o out ."
JAVA_FILES = r"""
cat > Depot.java <<X
import java.util.*;
import java.util.stream.*;

public class Depot {
    record Part(String name, int count) {}
    public static void main(String[] words) {
        List<Part> parts = new ArrayList<>(List.of(new Part("bolt", 3)));
        Map<String, Integer> all = new TreeMap<>();
        for (Part part : parts) all.merge(part.name(), part.count(), Integer::sum);
        System.out.println(String.format("%s %s", all,
            parts.stream().map(Part::name).collect(Collectors.joining(","))));
    }
}
X
"""
JAVAC = "javac -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -proc:none -nowarn -d out Depot.java"
RUST_FILES = r"""
cat > main.rs <<X
use std::collections::HashMap;
fn main() {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (at, word) in std::env::args().enumerate() { *seen.entry(word).or_insert(0) += at; }
    println!("{:?}", seen);
}
X
"""
RUSTC = "rustc --edition 2021 -C debuginfo=0 -o out main.rs"
CPP_FILES = r"""
cat > main.cpp <<X
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>
int main(int count, char **words) {
    std::map<std::string, int> seen;
    std::vector<std::string> all(words, words + count);
    std::sort(all.begin(), all.end());
    for (auto &word : all) seen[word]++;
    std::ostringstream out;
    for (auto &[word, times] : seen) out << word << times;
    std::cout << out.str();
}
X
"""
GXX = "g++ -std=c++17 -O0 -o out main.cpp"
PCH = """
mkdir pch; echo '#include <bits/stdc++.h>' > pch/all.h
g++ -std=c++17 -O0 -x c++-header pch/all.h
"""

COMPILES = (
    Compile("Go, as a verifier builds, cold", "go", GO_FILES, GO_KIT, runs=1),
    Compile("Go, as a verifier builds, warm", "go", GO_FILES, GO_KIT, warm=True),
    Compile("Go, go test, cold", "go", GO_FILES, "go test .", runs=1),
    Compile("Go, go test, warm", "go", GO_FILES, "go test .", warm=True),
    Compile("Java, javac, cold", "java", JAVA_FILES, JAVAC),
    Compile(
        "Java, javac, warm", "java", JAVA_FILES,
        JAVAC.replace("javac", 'javac "-J-XX:SharedArchiveFile=$CAB_JAVAC_ARCHIVE"', 1), warm=True,
    ),
    Compile("Rust, rustc", "rust", RUST_FILES, RUSTC),
    Compile("Rust, linked by ld.bfd", "rust", RUST_FILES, f"{RUSTC} -C link-arg=-fuse-ld=bfd"),
    Compile("Rust, std linked dynamically", "rust", RUST_FILES, f"{RUSTC} -C prefer-dynamic"),
    Compile("C++, g++", "c++", CPP_FILES, GXX),
    Compile("C++, all of std precompiled", "c++", CPP_FILES + PCH, f"{GXX} -include pch/all.h"),
)  # fmt: skip


async def compiles(sandbox: Sandbox, runs: int) -> None:
    """Print the second table."""
    print(f"{'medians, s':38}{'wall':>8}{'CPU':>8}")
    for row in COMPILES:
        toolchain = resolve_toolchain(row.toolchain)
        if row.warm:
            toolchain = await warm_of(row.toolchain, sandbox) or toolchain
        if not isinstance(toolchain, Toolchain):
            print(f"{row.name:38}{toolchain.reason}")
            continue
        done = [await compiled(sandbox, row, toolchain) for _ in range(row.runs or runs)]
        wall, cpu = (statistics.median(column) for column in zip(*done, strict=True))
        print(f"{row.name:38}{wall:8.2f}{cpu:8.2f}")


async def compiled(sandbox: Sandbox, row: Compile, toolchain: Toolchain) -> tuple[float, float]:
    """Seconds of wall clock and CPU of one compilation in a fresh sandbox."""
    clock = "python3 -c 'import time; print(time.monotonic(), end=\" \")'"
    script = (
        f"mkdir /tmp/here; cd /tmp/here; {{ {row.setup}\n}} >/dev/null; {clock}; times\n"
        f"{row.command} >/dev/null || exit 1\n{clock}; times"
    )
    printed: list[bytes] = []
    with passable() as base:
        async with sandbox.attempt(base) as slot:
            command = Command(
                argv=("bash", "-c", script), env=base_env((toolchain,)), cwd="/tmp",
                mounts=toolchain.mounts, terminal=None,
            )  # fmt: skip
            done: Exit = await slot.run(command, sink=lambda _at, data: printed.append(data))
    if done.code != 0:
        sys.exit(f"{row.name}: {b''.join(printed).decode('utf-8', 'replace')[-500:]}")
    return between(b"".join(printed).decode().split())


def between(words: list[str]) -> tuple[float, float]:
    """Twice: a clock, then bash's ``times``: own user and system, children's user and system."""

    def cpu(part: list[str]) -> float:
        return sum(60 * float(m) + float(s[:-1]) for m, s in (t.split("m") for t in part[3:5]))

    first, last = words[:5], words[5:]
    return float(last[0]) - float(first[0]), cpu(last) - cpu(first)


async def warm_of(name: str, sandbox: Sandbox) -> Toolchain | None:
    """The toolchain with its cache; None where there is no such toolchain."""
    toolchain = resolve_toolchain(name)
    if not isinstance(toolchain, Toolchain):
        return None
    with passable() as base:
        return (await warmed((toolchain,), sandbox=sandbox, scratch=base))[0]


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--compile-runs", type=int, default=5)
    parser.add_argument("--only", choices=("overhead", "compile"))
    asked = parser.parse_args()
    sandbox = open_sandbox()
    parts: Iterable[tuple[str, Callable[[Sandbox, int], Awaitable[None]], int]] = (
        ("overhead", overhead, asked.runs),
        ("compile", compiles, asked.compile_runs),
    )
    for name, part, runs in parts:
        if asked.only in (None, name):
            await part(sandbox, runs)
            print()
    for finding in warm_findings():
        print(f"{finding.what}: {finding.found}")


if __name__ == "__main__":
    asyncio.run(main())
