"""A cell again from its record alone: identical, or the first place where it is not."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
import zstandard

from codingagentbench.agents import get, load_plugin
from codingagentbench.cells import Bench, Likeness, Record, cell_request, reproduce
from codingagentbench.errors import EndpointError, NotInstalled, UsageError
from codingagentbench.results import Store, Stored, run_into
from codingagentbench.tasks import corpus_root

pytestmark = [pytest.mark.agents, pytest.mark.timeout(300)]
TASK = "polyglot/python-reverse-string"
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(params=["aider", "codex", "opencode", "pi"])
async def stored(request: pytest.FixtureRequest, agents_here: None, tmp_path: Path) -> Stored:
    asked = cell_request(agent=request.param, model="oracle", task=TASK)
    async with Bench() as bench:
        return await run_into(Store(tmp_path / "r").open(), asked, bench=bench)


async def test_a_cell_is_reproduced_from_its_record(stored: Stored) -> None:
    async with Bench() as bench:
        done = await reproduce(stored.record, stored.folder, bench=bench)
    assert (Likeness.IDENTICAL, None) == (done.likeness, done.difference)
    assert done.record is not None
    assert stored.record.ledger.totals.output == done.record.ledger.totals.output


@pytest.fixture
async def one(agents_here: None, tmp_path: Path) -> Stored:
    asked = cell_request(agent="pi", model="oracle", task=TASK)
    async with Bench() as bench:
        return await run_into(Store(tmp_path / "r").open(), asked, bench=bench)


async def test_another_byte_in_the_task_is_drift(one: Stored, tmp_path: Path) -> None:
    shutil.copytree(corpus_root() / TASK, tmp_path / "own" / TASK)
    readme = tmp_path / "own" / TASK / "tree" / "README.md"
    readme.write_text(readme.read_text() + "\n")
    async with Bench() as bench:
        done = await reproduce(one.record, one.folder, bench=bench, tasks_root=tmp_path / "own")
    assert Likeness.DRIFTED == done.likeness
    assert "is another one" in str(done.difference)
    assert None is done.record


async def test_another_reply_is_drift(one: Stored) -> None:
    """A reply that was edited together with its digest leads the agent elsewhere."""
    changed = edited(one, before=b"::-1", after=b"::+1")
    async with Bench() as bench:
        done = await reproduce(changed, one.folder, bench=bench)
    assert Likeness.DRIFTED == done.likeness
    assert done.difference is not None
    assert done.difference.startswith("the outcome was passed, now it is failed")


def edited(stored: Stored, *, before: bytes, after: bytes) -> Record:
    """The record with these bytes replaced in every reply that has them."""
    folder, calls = stored.folder / "bodies", []
    for call in stored.record.ledger.calls:
        path = folder / f"{call.response_body}.zst"
        body = zstandard.ZstdDecompressor().decompress(path.read_bytes())
        pieces = body.replace(before, after)
        digest = hashlib.sha256(pieces).hexdigest()
        (folder / f"{digest}.zst").write_bytes(zstandard.ZstdCompressor().compress(pieces))
        calls.append(call.model_copy(update={"response_body": digest}))
    assert any(
        old.response_body != new.response_body
        for old, new in zip(stored.record.ledger.calls, calls, strict=True)
    ), "no reply has these bytes"
    ledger = stored.record.ledger.model_copy(update={"calls": tuple(calls)})
    return stored.record.model_copy(update={"ledger": ledger})


async def test_a_reply_that_is_gone_or_changed_is_said(one: Stored) -> None:
    call = one.record.ledger.calls[-1]
    body = one.folder / "bodies" / f"{call.response_body}.zst"
    body.write_bytes(zstandard.ZstdCompressor().compress(b"{}"))
    async with Bench() as bench:
        for _ in range(2):
            with pytest.raises(EndpointError, match=f"the reply of call {call.index} is missing"):
                await reproduce(one.record, one.folder, bench=bench)
            body.unlink(missing_ok=True)


async def test_another_version_of_the_agent_is_asked_for(one: Stored) -> None:
    spec = one.record.spec.model_copy(update={"agent_version": "0.1.2"})
    async with Bench() as bench:
        with pytest.raises(NotInstalled, match=r"cab agents install pi@0\.1\.2"):
            await reproduce(one.record.model_copy(update={"spec": spec}), one.folder, bench=bench)


async def test_another_install_is_drift(one: Stored) -> None:
    identity = one.record.identity.model_copy(update={"agent_digest": "sha256:" + "0" * 64})
    other = one.record.model_copy(update={"identity": identity})
    async with Bench() as bench:
        done = await reproduce(other, one.folder, bench=bench)
    assert Likeness.DRIFTED == done.likeness
    assert "is not, byte for byte, that of the record" in str(done.difference)


async def test_an_agent_of_ones_own_with_a_plugin(tmp_path: Path) -> None:
    """Both are given again, and are held against what the record says."""
    shutil.copytree(EXAMPLES / "tiny", tmp_path / "tiny")
    shutil.copytree(EXAMPLES / "house-rules", tmp_path / "house")
    file, rules = tmp_path / "tiny" / "agent.toml", tmp_path / "house" / "plugin.toml"
    asked = cell_request(agent=str(file), model="oracle", task=TASK, plugins=[rules])
    async with Bench() as bench:
        one = await run_into(Store(tmp_path / "r").open(), asked, bench=bench)
        with pytest.raises(UsageError, match="give that file: --agent FILE"):
            await reproduce(one.record, one.folder, bench=bench)
        own = get(str(file))
        with pytest.raises(UsageError, match="ran with these plugins: house-rules; 0 were given"):
            await reproduce(one.record, one.folder, bench=bench, agent=own)
        given = [load_plugin(rules)]
        done = await reproduce(one.record, one.folder, bench=bench, agent=own, plugins=given)
        assert (Likeness.IDENTICAL, None) == (done.likeness, done.difference)

        rules.write_text(rules.read_text().replace("rules.md", "other.md"))
        (tmp_path / "house" / "other.md").write_text("Be loud.\n")
        given = [load_plugin(rules)]
        done = await reproduce(one.record, one.folder, bench=bench, agent=own, plugins=given)
        assert "the plugin house-rules is another one" in str(done.difference)
        script = tmp_path / "tiny" / "tiny.py"
        script.write_text(script.read_text() + "\n")
        done = await reproduce(one.record, one.folder, bench=bench, agent=get(str(file)))
        assert "the agent given is tiny 1.0+" in str(done.difference)
    assert Likeness.DRIFTED == done.likeness
