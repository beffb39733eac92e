"""The kit's Rust and C++: sources are compiled side by side, and one bad part spoils no other."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from codingagentbench.tasks import KIT

rust = pytest.mark.skipif(shutil.which("rustc") is None, reason="rustc is not installed")
cpp = pytest.mark.skipif(
    not (shutil.which("g++") or shutil.which("clang++")), reason="no C++ compiler is installed"
)

RUST = {
    "tree/src/lib.rs": "mod sums;\npub use sums::twice;\n",
    "tree/src/sums.rs": "pub fn twice(n: u8) -> u8 { n * 2 }\n",
    "tree/tests/good.rs": """
#[test]
fn doubles() { assert_eq!(lib::twice(2), 4); }
mod inner {
    #[test]
    fn fails() { assert_eq!(lib::twice(2), 5, "the reason"); }
    #[test]
    #[should_panic]
    fn panics() { lib::twice(200); }
}
""",
    "tree/tests/bad.rs": "#[test]\nfn broken() { lib::thrice(2); }\n",
    "driver.rs": """
fn main() {
    for name in std::env::args().skip(1) {
        println!("== {name}");
        match name.as_str() {
            "twice" => println!("{} x", lib::twice(2)),
            "overflows" => println!("{}", lib::twice(200)),
            "exits" => std::process::exit(0),
            _ => println!("still asked"),
        }
        println!("== .");
    }
}
""",
    "verify.py": """
import os, sys
sys.path.insert(0, os.environ["CAB_KIT"])
import cabrust, cabverify
verifier = cabverify.Verifier()
cabrust.check(
    verifier,
    {"twice": "4 x", "overflows": "144", "exits": "", "after": "still asked"},
    crate="lib",
    driver=os.path.abspath("driver.rs"),
    visible={"tests/good.rs": ["doubles", "fails", "panics", "lost"], "tests/bad.rs": ["broken"]},
)
verifier.finish()
""",
}
CPP = {
    "tree/include/lib.hpp": "#pragma once\n#include <vector>\nint twice(int n);\n",
    "tree/src/lib.cpp": '#include "lib.hpp"\nint twice(int n) { return n * 2; }\n',
    "tree/src/main.cpp": '#include "lib.hpp"\nint main() { return twice(0); }\n',
    "tree/src/cstdio": "#error the tree's folders are not asked for the library's headers\n",
    "tree/tests/good.cpp": """
#include <cstdio>
#include "lib.hpp"
int main() {
    std::printf("ok doubles\\nnot ok fails: line 3: the reason\\n");
    std::fflush(stdout);
    return std::vector<int>(1)[twice(1)];
}
""",
    "tree/tests/bad.cpp": '#include "lib.hpp"\nint main() { return thrice(2); }\n',
    "driver.cpp": """
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include "lib.hpp"
int main(int count, char** words) {
    for (int at = 1; at < count; ++at) {
        std::printf("== %s\\n", words[at]);
        if (std::strcmp(words[at], "twice") == 0) std::printf("%d x\\n", twice(2));
        if (std::strcmp(words[at], "out_of_range") == 0) return std::vector<int>(1)[1];
        if (std::strcmp(words[at], "exits") == 0) std::exit(0);
        std::printf("== .\\n");
        std::fflush(stdout);
    }
}
""",
    "verify.py": """
import os, sys
sys.path.insert(0, os.environ["CAB_KIT"])
import cabcpp, cabverify
verifier = cabverify.Verifier()
cabcpp.check(
    verifier,
    {"twice": "4 x", "out_of_range": "0", "exits": "", "after": ""},
    driver=os.path.abspath("driver.cpp"),
    visible={"tests/good.cpp": ["doubles", "fails", "lost"], "tests/bad.cpp": ["broken"]},
)
verifier.finish()
""",
}


def reported(folder: Path, files: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """What a verifier reports over ``files``: test -> (outcome, message)."""
    for place, text in files.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text)
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" 3>report', "sh", sys.executable, "-I", "-B", "verify.py"],
        cwd=folder,
        env={**os.environ, "CAB_KIT": str(KIT), "CAB_WORKSPACE": str(folder / "tree")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "" == done.stderr
    lines = [json.loads(line) for line in (folder / "report").read_text().splitlines()]
    assert {"done": len(lines) - 1} == lines[-1]
    return {line["test"]: (line["outcome"], line["message"]) for line in lines[:-1]}


def outcomes(report: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    return {name: outcome for name, (outcome, _) in report.items()}


@rust
def test_rust_cases_and_tests_are_told_apart(tmp_path: Path) -> None:
    """A panic, an exit, a test program that does not compile: each is the failure of its own."""
    report = reported(tmp_path, RUST)
    assert {
        "twice": "pass",
        "overflows": "fail",
        "exits": "fail",
        "after": "pass",
        "doubles": "pass",
        "fails": "fail",
        "panics": "pass",
        "lost": "fail",
        "broken": "fail",
    } == outcomes(report)
    for name, said in {
        "overflows": "attempt to multiply with overflow",
        "exits": "ended early with code 0",
        "fails": "the reason",
        "broken": "compiling bad.rs",
    }.items():
        assert said in report[name][1]


@rust
def test_a_rust_library_that_does_not_compile_fails_everything(tmp_path: Path) -> None:
    """With the compiler's words, and no error of the verifier's own."""
    report = reported(tmp_path, {**RUST, "tree/src/sums.rs": "pub fn twice() {\n"})
    assert {"fail"} == set(outcomes(report).values())
    assert "compiling lib.rs" in report["twice"][1]


@rust
def test_warnings_of_rust_are_no_failures(tmp_path: Path) -> None:
    """Not even where the tree forbids them: that is a matter of taste, not of what works."""
    strict = "#![deny(warnings)]\nmod sums;\npub use sums::twice;\nfn unused() {}\n"
    assert "pass" == outcomes(reported(tmp_path, {**RUST, "tree/src/lib.rs": strict}))["twice"]


@cpp
def test_cpp_cases_and_tests_are_told_apart(tmp_path: Path) -> None:
    """An index out of range ends the program; ``main.cpp`` is left out; the others are asked."""
    report = reported(tmp_path, CPP)
    assert {
        "twice": "pass",
        "out_of_range": "fail",
        "exits": "fail",
        "after": "pass",
        "doubles": "pass",
        "fails": "fail",
        "lost": "fail",
        "broken": "fail",
    } == outcomes(report)
    for name, said in {
        "exits": "ended early with code 0",
        "fails": "line 3: the reason",
        "lost": "it was not run",
        "broken": "compiling bad.cpp",
    }.items():
        assert said in report[name][1]


@cpp
def test_a_cpp_source_that_does_not_compile_or_link_fails_everything(tmp_path: Path) -> None:
    """Whichever of the two it is, with the compiler's words."""
    files = {**CPP, "tree/src/lib.cpp": '#include "lib.hpp"\nint twice(int n) { return n }\n'}
    report = reported(tmp_path / "compiled", files)
    assert {"fail"} == set(outcomes(report).values())
    assert "compiling lib.cpp" in report["twice"][1]
    files = {**CPP, "tree/src/lib.cpp": '#include "lib.hpp"\n'}
    report = reported(tmp_path / "linked", files)
    assert {"fail"} == set(outcomes(report).values())
    assert "linking" in report["twice"][1]


@cpp
def test_links_are_no_sources(tmp_path: Path) -> None:
    """A link in the tree is not followed, so nothing from elsewhere is compiled."""
    (tmp_path / "tree" / "src").mkdir(parents=True)
    (tmp_path / "tree" / "src" / "other.cpp").symlink_to("/dev/null")
    assert "pass" == outcomes(reported(tmp_path, CPP))["twice"]
