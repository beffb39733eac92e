"""No key, no host path and no user name in anything that a run leaves."""

from __future__ import annotations

import asyncio
import getpass
import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import zstandard

from codingagentbench.cells import Bench, cell_request
from codingagentbench.endpoints import BuiltinServer
from codingagentbench.results import Store, Stored, run_into
from codingagentbench.site import build_page
from codingagentbench.tasks import find_task
from tests.cells.conftest import PYTHON, REFUSAL, Cell, every_file
from tests.cells.hostile import scripted

pytestmark = [pytest.mark.agents, pytest.mark.timeout(1200)]

SESSION_KEY = re.compile(rb"cab-[A-Za-z0-9_-]{40,}")
BUILTIN_KEY = re.compile(rb"sk-[0-9a-f]{48}")

TAG = re.compile(rb"(<|&lt;|\\u003c)/root\b")

#: Shows its key in every way it can: whole, in pieces, as JSON, in files, in names, in a link.
LEAKY = """
echo "plain $MODEL_KEY"; cat "$HOME/config"; env
for piece in $(printf '%s' "$MODEL_KEY" | fold -w 7); do printf '%s' "$piece"; sleep 0.01; done
echo
printf '{"key": "%s"}' "$MODEL_KEY" > leak.json
echo "$MODEL_KEY" > "name-$MODEL_KEY"
ln -s "/nowhere/$MODEL_KEY" link
echo "I refuse: $MODEL_KEY" > REFUSAL.md
echo "# $MODEL_KEY" >> src/reverse.py
python3 - <<'EOF2'
import json, os, urllib.request
said = {"role": "user", "content": os.environ["MODEL_KEY"]}
body = json.dumps({"model": "m", "messages": [said]})
request = urllib.request.Request(
    os.environ["MODEL_URL"] + "/chat/completions", body.encode(),
    {"Authorization": "Bearer " + os.environ["MODEL_KEY"], "Content-Type": "application/json"})
print(urllib.request.urlopen(request).read().decode())
EOF2
"""


def content(path: Path) -> bytes:
    """What a reader of the file would see; bodies are unpacked."""
    data = path.read_bytes()
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().stream_reader(data).read()
    return data


def found_in(folder: Path, secrets: list[bytes]) -> list[tuple[str, bytes]]:
    return [
        (str(path.relative_to(folder)), secret)
        for path in every_file(folder)
        for secret in secrets
        if shown(secret, content(path)) or secret in os.fsencode(path.relative_to(folder))
    ]


def shown(secret: bytes, data: bytes) -> bool:
    """Whether it stands there; that a tag is called ``root`` says nothing of a machine."""
    return secret in TAG.sub(b"", data)


def matching_in(folder: Path) -> list[tuple[str, bytes]]:
    return [
        (str(path.relative_to(folder)), match)
        for path in every_file(folder)
        for pattern in (SESSION_KEY, BUILTIN_KEY)
        for match in pattern.findall(content(path) + os.fsencode(path.name))
    ]


def host() -> list[bytes]:
    """What says whose machine this is."""
    told = [str(Path.home()), str(Path(__file__).resolve().parents[2])]
    user = getpass.getuser()
    return [t.encode() for t in told] + ([f"/home/{user}".encode()] if user != "root" else [])


def test_no_artifact_of_any_agent_has_a_key_or_a_host_path(cells: Mapping[Cell, Stored]) -> None:
    for stored in cells.values():
        build_page(stored.folder)
        assert [] == matching_in(stored.folder)
        assert [] == found_in(stored.folder, host())


async def test_an_agent_that_shows_its_key_everywhere_leaves_it_nowhere(
    agents_here: None, tmp_path: Path
) -> None:
    request = scripted(LEAKY, tmp_path / "agent", model="idle", task=PYTHON, timeout_s=60)
    async with Bench() as bench:
        stored = await run_into(Store(tmp_path / "results").open(), request, bench=bench)
    build_page(stored.folder)
    assert 1 == stored.record.ledger.totals.calls, stored.record.output_tail
    assert [] == matching_in(stored.folder)
    cast = (stored.folder / "terminal.cast").read_text()
    assert "plain [session key]" in cast
    assert "[session key]" in (stored.folder / "changes.patch").read_text()
    assert "name-[session key]" in stored.record.changes.added  # type: ignore[union-attr]


async def test_the_key_of_a_provider_stays_in_the_gateway(
    agents_here: None, tmp_path: Path
) -> None:
    """A provider of one's own: its key and address come from the environment, and stay there."""
    async with BuiltinServer() as provider:
        conversation = provider.open(persona="oracle", task=find_task(REFUSAL))
        request = cell_request(
            agent="pi",
            model="some/model",
            task=REFUSAL,
            environ={
                "CAB_ENDPOINT": conversation.base_url(),
                "CAB_KEY": conversation.key,
                "CAB_CONFIG": str(_empty(tmp_path)),
            },
        )
        async with Bench() as bench:
            stored = await run_into(Store(tmp_path / "results").open(), request, bench=bench)
    assert "passed" == stored.record.scores.outcome
    build_page(stored.folder)
    assert [] == found_in(tmp_path / "results", [conversation.key.encode()])
    assert [] == matching_in(tmp_path / "results")


def _empty(folder: Path) -> Path:
    path = folder / "config.toml"
    path.write_text("")
    return path


async def test_the_key_is_in_no_command_line(agents_here: None, tmp_path: Path) -> None:
    """Whoever may list the machine's processes must not read a key off them."""
    script = "sleep 3; true"
    request = scripted(script, tmp_path / "agent", model="idle", task=PYTHON, timeout_s=60)
    async with Bench() as bench:
        running = asyncio.create_task(
            run_into(Store(tmp_path / "results").open(), request, bench=bench)
        )
        lines: set[bytes] = set()
        while not running.done():
            lines |= {p.read_bytes() for p in Path("/proc").glob("[0-9]*/cmdline") if _alive(p)}
            await asyncio.sleep(0.2)
        await running
    assert any(b"run.sh" in line for line in lines)
    assert [] == [line for line in lines if SESSION_KEY.search(line) or BUILTIN_KEY.search(line)]


def _alive(path: Path) -> bool:
    try:
        path.read_bytes()
    except OSError:
        return False
    return True
