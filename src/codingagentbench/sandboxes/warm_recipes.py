"""What is compiled ahead for each toolchain, and how a sandbox is told where it lies.

Measured (benchmarks/verify.py): Go compiles its own library anew for every empty cache; ``javac``
spends a third of its time on loading itself. Rust and C++ are not here: their libraries come
compiled, and precompiled headers would help only who includes exactly those.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from codingagentbench.sandboxes.placing import TMP
from codingagentbench.sandboxes.toolchains import Toolchain
from codingagentbench.sandboxes.values import WORKSPACE, Mount

#: Inside, while a cache is built: where its source files are, and where the result goes.
SOURCES: Final = f"{TMP}/warm"
OUT: Final = f"{WORKSPACE}/out"
_CACHES: Final = "/opt/toolchains"


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """``script`` (sh) makes the contents of ``OUT`` of ``files``; ``env`` says where they are.

    ``private``: programs write there, each sandbox to a layer of its own; else it is read-only.
    """

    toolchain: str
    files: Mapping[str, str]
    script: str
    target: str
    env: Mapping[str, str] = field(default_factory=dict)
    private: bool

    def key(self, toolchain: Toolchain) -> str:
        """The name of the result in the store: another recipe or toolchain, another name."""
        what = {
            "recipe": dataclasses.asdict(self),
            "version": toolchain.version,
            "path": toolchain.path,
            "env": dict(toolchain.env),
            "machine": platform.machine(),
        }
        digest = hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()
        return f"{self.toolchain}-{toolchain.version}-{digest[:12]}"

    def given(self, toolchain: Toolchain, cache: Path) -> Toolchain:
        """``toolchain`` with the folder ``cache`` of the host to go with it."""
        mount = Mount(source=cache, target=self.target, private=self.private)
        return dataclasses.replace(
            toolchain,
            mounts=(*toolchain.mounts, mount),
            env={**toolchain.env, **self.env},
        )

    def is_given(self, toolchain: Toolchain) -> bool:
        """Whether ``toolchain`` came out of :meth:`given`."""
        return any(mount.target == self.target for mount in toolchain.mounts)


_LIGHT: Final = """
bufio bytes cmp context container/heap container/list encoding/json errors fmt io iter maps math
math/rand os path/filepath reflect regexp runtime slices sort strconv strings sync sync/atomic
testing time unicode unicode/utf8
""".split()  # noqa: SIM905  (a paragraph of words, not sixty lines)

_MORE: Final = """
archive/zip compress/gzip container/ring crypto/hmac crypto/md5 crypto/rand crypto/sha1
crypto/sha256 crypto/sha512 embed encoding/base64 encoding/binary encoding/csv encoding/hex
encoding/xml flag hash/crc32 hash/fnv html html/template io/fs io/ioutil log log/slog math/big
math/bits math/cmplx math/rand/v2 net net/http net/http/httptest net/url os/exec os/signal path
runtime/debug runtime/pprof syscall testing/fstest testing/iotest testing/quick text/scanner
text/tabwriter text/template unicode/utf16
""".split()  # noqa: SIM905


_GO_TEST: Final = 'package warm\n\nimport "testing"\n\nfunc TestNothing(t *testing.T) {}\n'

_GO: Final = Recipe(
    toolchain="go",
    files={
        "go.mod": "module warm\n\ngo 1.19\n",
        "light/names": "".join(f"{name}\n" for name in _LIGHT),
        "light/light_test.go": _GO_TEST,
        "more/names": "".join(f"{name}\n" for name in _MORE),
        "more/more_test.go": _GO_TEST,
    },
    # As verifiers build, as agents do, and with the race detector, which doubles everything and
    # so gets the light ones alone. Packages that this Go is too old for are left out.
    script=f"""
    set -e
    export GOCACHE="{OUT}" GOENV=off GOFLAGS= GOWORK=off
    go list std > std
    for part in light more; do
        {{ echo "package warm"; grep -Fxf std $part/names | sed 's/.*/import _ "&"/'
        }} > $part/imports.go
    done
    CGO_ENABLED=0 go test -c -trimpath -vet=off -o /dev/null ./light
    CGO_ENABLED=0 go test -c -trimpath -vet=off -o /dev/null ./more
    go test ./...
    go vet ./...
    go test -race ./light || true
    rm -f "{OUT}/trim.txt" "{OUT}/testexpire.txt"
    """,
    target=f"{_CACHES}/go-cache",
    env={"GOCACHE": f"{_CACHES}/go-cache"},
    private=True,
)

_SAMPLE: Final = """
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

public class Sample {
    interface Shape { default double area() { return 0; } }
    enum Size { SMALL, LARGE }
    static class Box<T extends Comparable<T>> implements Shape, AutoCloseable {
        private final List<T> items = new ArrayList<>();
        void put(T item) {
            if (item == null) throw new IllegalArgumentException("none");
            items.add(item);
        }
        Optional<T> largest() { return items.stream().max(Comparator.naturalOrder()); }
        @Override public void close() { items.clear(); }
    }
    public static void main(String[] args) throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        for (String word : new String[] {"a", "b"}) counts.merge(word, 1, Integer::sum);
        try (Box<String> box = new Box<>()) {
            box.put("x");
            System.out.println(box.largest().map(String::toUpperCase).orElse("") + counts);
        } catch (IllegalStateException wrong) {
            throw new java.io.IOException("wrong: " + wrong.getMessage(), wrong);
        }
        Supplier<String> text = () -> String.format("%d %s", 3, Size.LARGE);
        switch (Size.valueOf("SMALL")) {
            case SMALL: System.out.println(text.get()); break;
            default:
        }
        int[] numbers = IntStream.range(0, 5).filter(n -> n % 2 == 0).toArray();
        System.out.println(numbers.length > 2 ? new StringBuilder("y").append(numbers[0]) : "z");
    }
}
"""
#: javac as verifiers start it: quick to begin, one thread.
_JAVAC: Final = "-J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -proc:none -implicit:none -nowarn"

_JAVA: Final = Recipe(
    toolchain="java",
    files={"Sample.java": _SAMPLE},
    script=f"""
    set -e
    javac -J-XX:ArchiveClassesAtExit="{OUT}/javac.jsa" {_JAVAC} -d first Sample.java
    javac -J-Xshare:on -J-XX:SharedArchiveFile="{OUT}/javac.jsa" {_JAVAC} -d second Sample.java
    """,
    target=f"{_CACHES}/java-cache",
    env={"CAB_JAVAC_ARCHIVE": f"{_CACHES}/java-cache/javac.jsa"},
    private=False,
)

RECIPES: Final[Mapping[str, Recipe]] = {recipe.toolchain: recipe for recipe in (_GO, _JAVA)}
