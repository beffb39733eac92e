"""What reads bytes of strangers: functions that may refuse them, in the words they have for that.

``Target.run`` raises when something else comes of it. Add a row when something new reads foreign
bytes.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from codingagentbench.agents.custom import load_custom
from codingagentbench.agents.plugins import load_plugin
from codingagentbench.endpoints.config import load_config
from codingagentbench.errors import CabError
from codingagentbench.gateway import Dialect, Upstream
from codingagentbench.gateway.background import is_background
from codingagentbench.gateway.replies import GRAMMARS, Reading
from codingagentbench.gateway.requests import identity_of, outgoing, read_request
from codingagentbench.gateway.routes import ENDPOINTS, resolve
from codingagentbench.gateway.tap import BodyTap, StreamTap, Strip
from codingagentbench.gateway.tools import last_tool
from codingagentbench.keyshapes import keys, taken_out
from codingagentbench.redact import Redactor
from codingagentbench.results import Store, accept, check_files, load_record
from codingagentbench.results.sealing import read_seal
from codingagentbench.site.messages import reply_turns, request_turns
from codingagentbench.site.terminal import last_screen, screen_text
from codingagentbench.sweeps.file import load_sweep
from codingagentbench.tasks import load_suite, load_task
from codingagentbench.tasks.importing.dockerfile import instructions, substituted
from codingagentbench.tasks.importing.exercism_tests import cases_of, without
from codingagentbench.tasks.importing.harbor import find_harbor_tasks
from codingagentbench.tasks.importing.values import LeftOut
from tests.gateway.wire import ANSWERS
from tests.site.make import rate_limited, record, timed_out

ROOT = Path(__file__).parents[2]
HARBOR = ROOT / "tests" / "tasks" / "importsets" / "harbor"
EXERCISM = ROOT / "tests" / "tasks" / "importsets" / "exercism"
TASK = ROOT / "tasks" / "polyglot" / "python-reverse-string"
PART = b"\n=====\n"  # between the parts of an input that has several

DIALECTS = tuple(Dialect)
UPSTREAM = Upstream(
    base_url="http://127.0.0.1:9/v1", dialects=(Dialect.CHAT,), drop_fields=("seed", "tools.x"),
    model="another",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Target:
    """One reader: its name, what it is fed, and inputs that are worth changing."""

    name: str
    run: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]


@functools.cache
def _home() -> Path:
    """A folder of this process for readers that read files; memory where there is some."""
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    return Path(tempfile.mkdtemp(prefix="cab-fuzz-", dir=base))


@contextmanager
def _file(name: str, data: bytes) -> Iterator[Path]:
    place = _home() / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    yield place


def _streams(data: bytes) -> None:
    """What comes out is what went in, and pieces make no difference."""
    whole, choice = data[1:], data[0] if data else 0
    dialect, step = DIALECTS[choice % len(DIALECTS)], 1 + choice // 16
    said = []
    for size in (step, len(whole) + 1):
        reading = Reading()
        tap = StreamTap(reading, GRAMMARS[dialect], strip=Strip.NOTHING)
        out = b"".join(tap.feed(whole[at : at + size]) for at in range(0, len(whole), size))
        assert out + tap.end() == whole
        said.append((reading.usage, reading.complete, reading.finish, reading.error))
    assert said[0] == said[1]
    tap = StreamTap(Reading(), GRAMMARS[dialect], strip=Strip.EVERY)
    assert len(tap.feed(whole) + tap.end()) <= len(whole) + 2


def _bodies(data: bytes) -> None:
    asked = read_request(data)
    assert identity_of(data) == identity_of(data)
    last_tool(asked.value)
    assert asked.model is None or len(asked.model) <= 200
    for endpoint in ENDPOINTS:
        is_background(endpoint, asked.value)
    for dialect in DIALECTS:
        sent = outgoing(read_request(data), dialect=dialect, upstream=UPSTREAM)
        assert not asked.value or json.loads(sent.body)["model"] == "another"
        reading = Reading()
        tap = BodyTap(reading, GRAMMARS[dialect])
        tap.feed(data)
        tap.end()
        for count in (reading.usage.input, reading.usage.output):
            assert count is None or count >= 0
    request_turns(data)
    reply_turns(data)


def _routes(data: bytes) -> None:
    target = resolve("POST", data.decode("latin-1"))
    assert target.dialect in DIALECTS
    if target.endpoint is not None:
        for model in (None, "m"):
            path = target.path_for(model)
            assert path.isascii()
            assert not {"..", ""} & set(path.split("/")[1:]), path


def _task(data: bytes) -> None:
    folder = _home() / "task"
    if not folder.exists():
        shutil.copytree(TASK, folder)
    toml, _, prompt = data.partition(PART)
    (folder / "task.toml").write_bytes(toml)
    (folder / "prompt.md").write_bytes(prompt or b"Do it.\n")
    with suppress(CabError):
        load_task(folder)


def _record(data: bytes) -> None:
    with _file("attempt/record.json", data) as path, suppress(CabError):
        load_record(path.parent)
        check_files(path.parent)


def _cast(data: bytes) -> None:
    with _file("terminal.cast", data) as path:
        last_screen(path)
    screen_text(data.decode("utf-8", "replace"))


def _harbor(data: bytes) -> None:
    parts = [*data.split(PART), b"", b"", b""]
    for name, part in zip(
        ("task.toml", "environment/Dockerfile", "tests/test.sh"), parts, strict=False
    ):
        with _file(f"harbor/{name}", part):
            pass
    with _file("harbor/instruction.md", b"Do it.\n"), _file("harbor/solution/solve.sh", b"true\n"):
        for found in find_harbor_tasks(_home() / "harbor"):
            with suppress(LeftOut):
                found.read()


def _dockerfile(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    with suppress(LeftOut):
        for _ in instructions(text):
            pass
    with suppress(LeftOut):
        substituted(text, {"A": "b", "PATH": "/bin"})


def _exercism(language: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        with suppress(LeftOut):
            without(language, data, cases_of(language, data, file="x")[:3])

    return run


def _settings(data: bytes) -> None:
    """Files that a user writes or takes from others."""
    with _file("a.toml", data) as path:
        for read in (
            load_sweep,
            load_suite,
            load_plugin,
            lambda p: load_custom(p, taken={}),
            lambda p: load_config(p, required=True),
        ):
            with suppress(CabError):
                read(path)


def _bundle(data: bytes) -> None:
    store = Store(_home() / "results").open()
    with _file("b.cab", data) as path, suppress(CabError):
        accept(path, store)


def _seal(data: bytes) -> None:
    with _file("seal.json", data) as path, suppress(CabError):
        read_seal(path)


def _secrets(data: bytes) -> None:
    whole = taken_out(data)
    stream, out = Redactor({}).stream(), b""
    step = 1 + len(data) // 7
    for at in range(0, len(data), step):
        out += stream.feed(data[at : at + step])
    out += stream.flush()
    assert taken_out(whole) == whole
    assert taken_out(out) == out
    for key in keys(data):  # where keys overlap the two may call them differently
        secret = data[key.start : key.end]
        if data.count(secret) == 1:  # else it may stand elsewhere, where it is none
            assert secret not in out
            assert secret not in whole


def _texts(*paths: Path) -> list[bytes]:
    return [path.read_bytes() for path in paths]


def _answers() -> list[bytes]:
    told = {"stream_options": {"include_usage": True}}
    return [
        bytes([number]) + b"".join(ANSWERS[dialect].frames(told))
        for number, dialect in enumerate(DIALECTS)
    ]


def _json_bodies() -> list[bytes]:
    request = {
        "model": "m",
        "stream": True,
        "messages": [{"role": "user", "content": "hello"}],
        "tools": [{"type": "function", "function": {"name": "edit", "parameters": {}}}],
        "usage": {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7},
    }
    bodies = [ANSWERS[dialect].body for dialect in DIALECTS]
    return [json.dumps(request).encode(), *bodies]


def _harbor_seeds() -> list[bytes]:
    names = ("task.toml", "environment/Dockerfile", "tests/test.sh")
    folders = [folder for folder in sorted(HARBOR.iterdir()) if folder.is_dir()]
    return [
        PART.join((f / name).read_bytes() for name in names if (f / name).is_file())
        for f in folders
    ]


def _records() -> list[bytes]:
    return [one().model_dump_json().encode() for one in (record, rate_limited, timed_out)]


LANGUAGES = {
    "python": "*_test.py", "go": "*_test.go", "rust": "tests/*.rs", "javascript": "*.spec.js",
    "java": "src/test/**/*.java", "c++": "*_test.cpp",
}  # fmt: skip

TARGETS = (
    Target(name="streams", run=_streams, seeds=_answers),
    Target(name="bodies", run=_bodies, seeds=_json_bodies),
    Target(
        name="routes",
        run=_routes,
        seeds=lambda: [
            b"/v1/chat/completions",
            b"/v1beta/models/m:generateContent?key=1",
            b"/v1/%2e%2e/x",
            b"//v1/messages?beta=true",
        ],
    ),
    Target(
        name="task",
        run=_task,
        seeds=lambda: [PART.join(_texts(TASK / "task.toml", TASK / "prompt.md"))],
    ),
    Target(name="record", run=_record, seeds=_records),
    Target(
        name="cast",
        run=_cast,
        seeds=lambda: [
            b'{"version": 2, "width": 80, "height": 24}\n[0.1, "o", "a\\u001b[31mb\\r\\n"]\n'
            b'[0.2, "o", "\\u001b[2J\\u001b[1;1Hc\\u001b]8;;http://x\\u0007d"]\n'
        ],
    ),
    Target(name="harbor", run=_harbor, seeds=_harbor_seeds),
    Target(
        name="dockerfile",
        run=_dockerfile,
        seeds=lambda: [
            b"FROM debian:12 AS a\nARG X=1\nRUN <<EOF\napt-get install git\nEOF\n"
            b'COPY --from=a ["x", "/y"]\nENV A=${X:-b} \\\n  C="d e"\nWORKDIR /$A\n'
        ],
    ),
    *(
        Target(
            name=f"exercism {language}",
            run=_exercism(language),
            seeds=functools.partial(
                lambda lang, glob: (
                    _texts(*sorted((EXERCISM / lang.replace("c++", "cpp")).rglob(glob))[:3])
                    or [b"test"]
                ),
                language,
                glob,
            ),
        )
        for language, glob in LANGUAGES.items()
    ),
    Target(
        name="settings",
        run=_settings,
        seeds=lambda: _texts(
            *sorted((ROOT / "examples").rglob("*.toml"))[:8],
            *sorted((ROOT / "suites").glob("*.toml"))[:2],
        ),
    ),
    Target(name="bundle", run=_bundle, seeds=lambda: [b"\x28\xb5\x2f\xfd\x00", b"PK\x03\x04"]),
    Target(
        name="seal",
        run=_seal,
        seeds=lambda: [b'{"schema_version": 1, "sweep": "s", "attempts": [], "root": ""}'],
    ),
    Target(
        name="secrets",
        run=_secrets,
        seeds=lambda: [b"a sk-ant-" + 30 * b"x" + b" Bearer " + 30 * b"y" + b" ://a:bcd@e ?key="],
    ),
)
