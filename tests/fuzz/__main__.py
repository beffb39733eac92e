"""A search for bytes that break a reader, led by coverage: ``python -m tests.fuzz``.

    python -m tests.fuzz                       every target, 30 seconds each
    python -m tests.fuzz record --seconds 600

Needs atheris (https://github.com/google/atheris). What is found is written to ``found/TARGET/``,
where the tests take it from; exit code 1 when there is anything.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
LONGEST = 16_384  # bytes of an input


def search(name: str, *, seconds: int, corpus: Path) -> Path | None:
    """Look for an input that breaks target ``name``; the file with it, or ``None``.

    In a process of its own: the search ends by ending its process.
    """
    found = HERE / "found" / name.replace(" ", "-")
    found.mkdir(parents=True, exist_ok=True)
    before = set(found.iterdir())
    command = [
        sys.executable, "-m", "tests.fuzz", "--inside", name, f"-max_total_time={seconds}",
        f"-max_len={LONGEST}", f"-artifact_prefix={found}/", "-timeout=20", "-rss_limit_mb=4096",
        "-verbosity=0", str(corpus),
    ]  # fmt: skip
    done = subprocess.run(command, cwd=HERE.parents[1], check=False, capture_output=True)
    new = sorted(set(found.iterdir()) - before)
    if not any(found.iterdir()):
        found.rmdir()
    if done.returncode != 0:
        sys.stderr.write(done.stderr.decode("utf-8", "replace")[-4000:])
    if done.returncode != 0 and not new:
        raise RuntimeError(f"the search for {name} itself failed: exit code {done.returncode}")
    return new[0] if new else None


def inside(name: str, options: list[str]) -> None:
    """The search itself; never returns."""
    import atheris

    with atheris.instrument_imports(include=["codingagentbench"]):
        from tests.fuzz.targets import TARGETS
    target = next(one for one in TARGETS if one.name == name)
    folder = Path(options[-1])
    for number, seed in enumerate(target.seeds()):
        (folder / f"seed-{number}").write_bytes(seed)
    atheris.Setup([sys.argv[0], *options], target.run)
    atheris.Fuzz()


def main() -> int:
    from tests.fuzz.targets import TARGETS

    names = [target.name for target in TARGETS]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(names))
    parser.add_argument("--seconds", type=int, default=30)
    given = parser.parse_args()
    unknown = [name for name in given.targets if name not in names]
    if unknown:
        parser.error(f"no target '{unknown[0]}'; there are: {', '.join(names)}")
    broken = 0
    for name in given.targets or names:
        with tempfile.TemporaryDirectory(prefix="cab-fuzz-") as corpus:
            found = search(name, seconds=given.seconds, corpus=Path(corpus))
        broken += found is not None
        print(f"{name:<22} {'nothing' if found is None else found}", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        inside(sys.argv[2], sys.argv[3:])
    sys.exit(main())
