"""The real caches: what they save is compiled no more, and a poisoned one is nobody else's."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from bwrap_kit import Done, run
from treekit import scratch
from warmkit import cache_of, state

from codingagentbench.sandboxes import (
    Limits,
    Toolchain,
    base_env,
    open_sandbox,
    resolve_toolchain,
    warmed,
)

GO = """
mkdir -p /tmp/here; cd /tmp/here; printf 'module example.com/x\\n\\ngo 1.19\\n' > go.mod
cat > main.go <<X
package main

import ("encoding/json"; "fmt"; "net/http"; "sort"; "sync")

func main() {
	var lock sync.Mutex
	lock.Lock()
	words := []string{"b", "a"}
	sort.Strings(words)
	text, _ := json.Marshal(words)
	fmt.Println(string(text), http.StatusOK)
}
X
printf 'package main\\nimport "testing"\\nfunc TestX(t *testing.T) {}\\n' > main_test.go
"""
#: As verifiers and as agents build; each prints how many packages it compiled.
BUILDS = {
    "verifier": "CGO_ENABLED=0 go build -x -trimpath -buildvcs=false '-ldflags=-s -w' -o out .",
    "verifier's tests": "CGO_ENABLED=0 go test -c -x -vet=off -trimpath -buildvcs=false -o out .",
    "go build": "go build -x -o out .",
    "go test": "go test -x .",
}
COUNT = "{} 2>log || cat log; grep -cE '/compile -o [^ ]+ -trimpath' log"
#: Every compiled package replaced by another one, its index too.
POISON = """
cd "$GOCACHE"; ls | wc -l
for file in */*-d; do echo poison > "$file"; done
for file in */*-a; do echo poison > "$file.new"; mv "$file.new" "$file"; done
chmod -R a-w . ; cat */*-d | sort | uniq -c
"""


def warm(name: str) -> Toolchain:
    toolchain = resolve_toolchain(name)
    if not isinstance(toolchain, Toolchain):
        pytest.skip(toolchain.reason)

    async def go() -> Toolchain:
        with scratch() as base:
            return (await warmed((toolchain,), sandbox=open_sandbox(), scratch=base))[0]

    given = asyncio.run(go())
    assert given.mounts, "it could not be built"
    return given


def inside(toolchain: Toolchain, script: str) -> Done:
    return run(
        script, mounts=toolchain.mounts, env=base_env((toolchain,)), timeout_s=120,
        limits=Limits(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def go() -> Iterator[Toolchain]:
    """Go with its cache, which is afterwards as it was, whatever the tests did."""
    given = warm("go")
    before = state(cache_of(given))
    yield given
    assert before == state(cache_of(given))


@pytest.mark.slow
@pytest.mark.timeout(900)  # the first time on a machine it is built
@pytest.mark.parametrize("how", BUILDS)
def test_of_gos_own_library_nothing_is_compiled_again(go: Toolchain, how: str) -> None:
    """Only main itself, and for tests the main that go makes."""
    done = inside(go, GO + COUNT.format(BUILDS[how]))
    assert (0, "2" if "test" in how else "1") == (done.exit.code, done.lines[-1]), done.text


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_verifier_after_a_poisoner_builds_from_the_pristine_cache(go: Toolchain) -> None:
    before = state(cache_of(go))
    poisoner = inside(go, POISON + GO + "go run . 2>&1 | tail -1")
    assert "poison" in poisoner.text
    assert '["a","b"] 200' not in poisoner.text  # the poisoner has poisoned itself
    assert before == state(cache_of(go))
    after = inside(go, GO + COUNT.format(BUILDS["verifier"]) + "; ./out")
    assert ["1", '["a","b"] 200'] == after.lines


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_javac_starts_from_its_archive() -> None:
    """``-Xshare:on`` refuses to start when the archive does not fit."""
    java = warm("java")
    done = inside(
        java,
        """cd /tmp; echo 'class A { public static void main(String[] a) { } }' > A.java
        javac -J-Xshare:on "-J-XX:SharedArchiveFile=$CAB_JAVAC_ARCHIVE" \\
            -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -J-Xmx256m -d . A.java && ls A.class
        echo x >> "$CAB_JAVAC_ARCHIVE"; rm "$CAB_JAVAC_ARCHIVE"; ls "$CAB_JAVAC_ARCHIVE" """,
    )
    assert "A.class" == done.lines[0]
    assert "/opt/toolchains/java-cache/javac.jsa" == done.lines[-1]
    assert Path("javac.jsa") == next(cache_of(java).iterdir()).relative_to(cache_of(java))
