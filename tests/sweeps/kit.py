"""Small sweeps of real cells: a trivial agent from a file, tasks of a few bytes."""

from __future__ import annotations

from pathlib import Path

from codingagentbench.results import Row
from codingagentbench.sweeps import Opened, Source, open_sweep

TASK = """
id = "{id}"
version = "1.0"
title = "Write a word"
language = "shell"
category = "made-up"
toolchain = []
[paths]
expected = ["word.txt"]
[verifier]
command = ["/bin/sh", "verify.sh"]
hidden = ["word"]
"""
VERIFY = """
if [ "$(cat /workspace/word.txt 2>/dev/null)" = solved ]; then out=pass; else out=fail; fi
echo "{\\"suite\\": \\"hidden\\", \\"test\\": \\"word\\", \\"outcome\\": \\"$out\\"}" >&3
echo '{"done": 1}' >&3
"""
#: One model call, and the file that the task asks for.
SCRIPT = """
python3 -I - <<'END'
import os, urllib.request
request = urllib.request.Request(
    os.environ["MODEL_URL"] + "/chat/completions",
    b'{"model": "m", "messages": [{"role": "user", "content": "hello"}]}',
    {"Authorization": "Bearer " + os.environ["MODEL_KEY"]})
urllib.request.urlopen(request).read()
END
echo solved > word.txt
"""
AGENT = """
name = "{name}"
version = "1.0"
dialects = ["chat"]
argv = ["/bin/sh", "{{prefix}}/run.sh"]
memory_mb = 64
[install]
folder = "."
[env]
MODEL_URL = "{{url}}"
MODEL_KEY = "{{key}}"
"""


def make_tasks(root: Path, count: int) -> Path:
    """``count`` tasks below ``root``."""
    for number in range(count):
        folder = root / "made-up" / f"word-{number}"
        for part in ("tree", "verifier", "solution"):
            (folder / part).mkdir(parents=True)
        (folder / "task.toml").write_text(TASK.format(id=f"made-up/word-{number}"))
        (folder / "prompt.md").write_text("Write the word solved into word.txt.\n")
        (folder / "tree" / "README").write_text("nothing\n")
        (folder / "solution" / "word.txt").write_text("solved\n")
        (folder / "verifier" / "verify.sh").write_text(VERIFY)
    return root


def make_agent(base: Path, name: str = "script", script: str = SCRIPT) -> Path:
    """The file of an agent that runs ``script``."""
    folder = base / name
    folder.mkdir(parents=True)
    (folder / "run.sh").write_text(script)
    file = folder / "agent.toml"
    file.write_text(AGENT.format(name=name))
    return file


def make_sweep(base: Path, *, tasks: int = 4, runs: int = 2, more: str = "") -> Path:
    """The file of a sweep of one agent with the idle model; tasks lie in ``base/tasks``."""
    make_tasks(base / "tasks", tasks)
    make_agent(base)
    file = base / "sweep.toml"
    file.write_text(
        f'name = "small"\nagents = ["./script/agent.toml"]\nmodels = ["idle"]\n'
        f'tasks = ["made-up/*"]\nruns = {runs}\n{more}\n'
    )
    return file


def opened(file: Path, *, many: bool = False) -> Opened:
    """The sweep in ``file``, its results beside it."""
    source = Source(path=file, base=file.parent)
    return open_sweep(
        source, results=file.parent / "r", tasks_root=file.parent / "tasks", many=many
    )


def row(cell: str, **more: object) -> Row:
    """An attempt that was scored, but for what is given."""
    told: dict[str, object] = {
        "path": f"{cell}/{more.get('attempt', 1)}",
        "cell": cell,
        "sweep": "s",
        "agent": "a",
        "agent_version": "1",
        "model": "m",
        "task": "c/t",
        "category": "c",
        "language": "shell",
        "run": 1,
        "attempt": 1,
        "outcome": "passed",
        "scored": True,
        "retry": False,
        "solved": True,
        "composite": 0.9,
        "integrity": 1.0,
        "blast_radius": 0.0,
        "calls": 2,
        "input_tokens": 100,
        "output_tokens": 10,
        "cached_tokens": 0,
        "usd": None,
        "wall_s": 2.0,
        "agent_s": 1.0,
        "active_s": 1.0,
        "waiting_s": 0.0,
        "harness_s": 0.1,
        "started_at": "2026-01-01T00:00:00+00:00",
        "faults": None,
        "methodology": "1.0",
        "task_digest": "sha256:1",
        "agent_digest": "sha256:2",
        "sandbox": "bubblewrap",
        "asked": "sha256:3",
    }
    return Row(**{**told, **more})  # type: ignore[arg-type]
