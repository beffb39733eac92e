"""Runs inside the sandbox: one verifier over many trees, each the pristine one but for one file.

    python3 -I mutants_runner.py JOB.json

JOB: ``{"command", "tree": FOLDER, "clean": [FOLDERS], "keep": [FOLDERS in those], "runs":
[{"path", "text"}], "cpu_s", "wall_s", "memory_mb", "memory": FOLDER, "compilers": {"at", "names",
"text"}}``; for the last two see ``mutants_compilers``.

The first run is always the pristine tree without limits: it warms the compilers' caches, and its
figures bound the other runs. Prints one JSON object a line for each run: ``{"run": NUMBER, "ended",
"code", "report", "again", "cpu_s", "wall_s"}``, the pristine one first, as number -1. ``ended`` is
"itself", or what the watchdog stopped it for: "cpu", "wall", "memory". ``again`` is the report of a
second run, made where the first one's could be of use.

Standard library only, Python 3.9 or later. What it runs is broken by design, not hostile: it may
spin, wait, allocate and fork, and everything that it started is dead before the next run begins.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import select
import shutil
import signal
import stat
import subprocess
import sys
import time
from typing import Any, NamedTuple

_REPORT_FD = 3
_LONGEST = 1 << 20  # bytes of a report
_FILE = 256 << 20  # bytes that one file may grow to
_PR_SET_CHILD_SUBREAPER = 36
_TICK_S = 0.1
_PAGE = os.sysconf("SC_PAGE_SIZE")
_HZ = os.sysconf("SC_CLK_TCK")
_FACTOR = 6.0  # how much longer than the pristine tree's a run may take
_PATIENT = 180.0  # seconds for the pristine tree

Files = dict[str, tuple[bytes, int]]


class Bounds(NamedTuple):
    """What one run may take: seconds of processor and of wall, bytes of all its processes."""

    cpu_s: float
    wall_s: float
    memory: int


class Run(NamedTuple):
    """How one run of the verifier ended."""

    ended: str
    code: int | None
    report: str
    cpu_s: float
    wall_s: float


def main(job_file: str) -> None:
    """Do the whole job."""
    with open(job_file, encoding="utf-8") as handle:
        job = json.load(handle)
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    pristine = _read(job["tree"])
    _stand_in(job["compilers"])
    memory = int(job["memory_mb"]) << 20
    _restore(job, pristine)
    first = _run(job["command"], Bounds(_PATIENT, _PATIENT, memory))
    _say(-1, first, None)
    if first.ended != "itself":
        return
    warm = first
    if first.cpu_s > job["cpu_s"] / _FACTOR:  # it filled a cache: see what it takes with that
        _restore(job, pristine)
        warm = _run(job["command"], Bounds(_PATIENT, _PATIENT, memory))
    bounds = Bounds(
        max(job["cpu_s"], _FACTOR * warm.cpu_s), max(job["wall_s"], _FACTOR * warm.wall_s), memory
    )
    for number, change in enumerate(job["runs"]):
        content = change["text"].encode("utf-8", "surrogateescape")
        tree = dict(pristine)
        tree[change["path"]] = (content, pristine[change["path"]][1])
        _restore(job, tree)
        _forget(job["memory"])
        once = _run(job["command"], bounds)
        again = None
        if _useful(once):
            _restore(job, tree)
            again = _run(job["command"], bounds).report
        _say(number, once, again)


def _stand_in(compilers: dict[str, Any]) -> None:
    """Put the program ``text`` under each of ``names`` into the folder ``at``."""
    os.makedirs(compilers["at"])
    for name in compilers["names"]:
        if shutil.which(name) is not None:
            path = os.path.join(compilers["at"], name)
            with open(path, "w", encoding="utf-8") as handle:
                handle.write("#!" + sys.executable + " -IS\n" + compilers["text"])
            os.chmod(path, 0o755)  # noqa: S103


def _forget(memory: str) -> None:
    shutil.rmtree(memory, ignore_errors=True)
    os.makedirs(memory)


def _useful(run: Run) -> bool:
    """Whether a hidden and a visible test failed and some test passed: worth a second look."""
    seen = set()
    for line in run.report.splitlines():
        try:
            said = json.loads(line)
            seen.add((said.get("suite"), said.get("outcome")))
        except (AttributeError, ValueError):
            continue
    passed = {("hidden", "pass"), ("visible", "pass")} & seen
    return (
        run.ended == "itself" and bool(passed) and {("hidden", "fail"), ("visible", "fail")} <= seen
    )


def _run(command: list[str], bounds: Bounds) -> Run:
    report = os.memfd_create("report")
    began, spent = time.monotonic(), _children_cpu()

    def child() -> None:
        os.dup2(report, _REPORT_FD)
        resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE, _FILE))
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
            score.write("1000")

    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=child,
        pass_fds=(_REPORT_FD,),
        start_new_session=True,
    )
    try:
        ended = _watch(process.pid, began, bounds)
    finally:
        _kill_descendants()
    code = process.wait()
    _reap()
    os.lseek(report, 0, os.SEEK_SET)
    text = os.read(report, _LONGEST).decode("utf-8", "replace")
    os.close(report)
    return Run(ended, code, text, _children_cpu() - spent, time.monotonic() - began)


def _watch(pid: int, began: float, bounds: Bounds) -> str:
    """Wait for the end of ``pid``, or until it and what it started take too much."""
    handle = os.pidfd_open(pid)
    try:
        while not select.select([handle], [], [], _TICK_S)[0]:
            cpu_s, memory = _usage(_descendants())
            if memory > bounds.memory:
                return "memory"
            if cpu_s > bounds.cpu_s:
                return "cpu"
            if time.monotonic() - began > bounds.wall_s:
                return "wall"
    finally:
        os.close(handle)
    return "itself"


def _descendants() -> dict[int, list[bytes]]:
    """Process id -> the fields of its stat (from the state on), of all that this one started."""
    rows: dict[int, list[bytes]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open("/proc/" + name + "/stat", "rb") as handle:
                    rows[int(name)] = handle.read().rsplit(b")", 1)[1].split()
            except OSError:
                continue
    found: dict[int, list[bytes]] = {}
    fresh = [os.getpid()]
    while fresh:
        parents = set(fresh)
        fresh = [pid for pid, row in rows.items() if int(row[1]) in parents and pid not in found]
        found.update((pid, rows[pid]) for pid in fresh)
    return found


def _usage(rows: dict[int, list[bytes]]) -> tuple[float, int]:
    """Seconds of processor (also of children that are gone) and resident bytes."""
    ticks = sum(int(value) for row in rows.values() for value in row[11:15])
    return ticks / _HZ, sum(int(row[21]) for row in rows.values()) * _PAGE


def _kill_descendants() -> None:
    for _ in range(50):
        living = [pid for pid, row in _descendants().items() if row[0] != b"Z"]
        if not living:
            return
        for pid in living:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.002)


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _read(folder: str) -> Files:
    found = {}
    for base, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(base, name)
            with open(path, "rb") as handle:
                mode = stat.S_IMODE(os.fstat(handle.fileno()).st_mode)
                found[os.path.relpath(path, folder)] = (handle.read(), mode)
    return found


def _restore(job: dict[str, Any], files: Files) -> None:
    """The tree as it should be, and nothing of the run before in the folders for writing."""
    for folder in (job["tree"], *job["clean"]):
        _empty(folder, job["keep"])
    for path, (content, mode) in files.items():
        place = os.path.join(job["tree"], path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as handle:
            handle.write(content)
        os.chmod(place, mode)


def _empty(folder: str, keep: list[str]) -> None:
    with os.scandir(folder) as entries:
        for entry in list(entries):
            if entry.path in keep:
                continue
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, onerror=_opened)
            else:
                os.unlink(entry.path)


def _opened(remove: Any, path: str, _: Any) -> None:
    """Go caches are written without the right to change them."""
    os.chmod(os.path.dirname(path), 0o700)
    if os.path.isdir(path):
        os.chmod(path, 0o700)
        shutil.rmtree(path, ignore_errors=True)
    else:
        remove(path)


def _say(number: int, run: Run, again: str | None) -> None:
    said = {"run": number, **run._asdict(), "again": again}
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
