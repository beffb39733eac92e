"""One agent, checked: a version, then small cells, several at a time, each with its own trouble."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from codingagentbench.agents import Agent, Installed
from codingagentbench.cells import Bench, CellRequest, Record, cell_request, mounts_of, run_cell
from codingagentbench.conformance.probes import CALM, PROBES, Probe
from codingagentbench.conformance.rows import Conformance, Row, judged
from codingagentbench.sandboxes import Command, base_env

#: Seconds over the agent's own start-up that an endpoint stays silent before SIGTERM.
_SILENCE_S = 4.0

#: Seconds for an answer under way at the agent's end: ours take no longer.
_DRAIN_S = 2.0

#: Told what is being tried now, and how many of how many are done.
OnStep = Callable[[str, int, int], None]


async def check(
    agent: Agent,
    installed: Installed,
    *,
    bench: Bench,
    model: str = "oracle",
    jobs: int = 2,
    probes: Sequence[Probe] = PROBES,
    keep: Path | None = None,
    on_step: OnStep = lambda *_: None,
    **endpoint: Any,
) -> Conformance:
    """Everything there is to see of ``agent`` in about a minute.

    ``probes`` go wrong each in its own way. ``endpoint`` as :func:`cells.cell_request` takes it,
    for a model of the caller's own. ``keep``: a folder for the evidence of every cell. Raises
    what ``cell_request`` raises.
    """
    began, gate = time.monotonic(), asyncio.Semaphore(jobs)
    with tempfile.TemporaryDirectory(prefix="cab-check-") as scratch:
        os.chmod(scratch, 0o711)  # what runs as another user passes through it  # noqa: S103
        asked = {"model": model, **endpoint}
        run = _Run(agent, bench, probes, keep or Path(scratch), gate, on_step, asked)
        first = run.request(CALM)
        bench.admit(first)
        rows = [await _version(agent, installed, bench, Path(scratch))]
        rows += await run.all()
    return Conformance(
        agent=agent.name,
        version=installed.version,
        digest=installed.digest,
        dialect=str(first.dialect),
        model=model,
        sandbox=first.sandbox,
        provisional=first.target.upstream is not None,
        rows=tuple(rows),
        seconds=time.monotonic() - began,
    )


class _Run:
    """The cells of one check."""

    def __init__(
        self,
        agent: Agent,
        bench: Bench,
        probes: Sequence[Probe],
        folder: Path,
        gate: asyncio.Semaphore,
        on_step: OnStep,
        asked: Mapping[str, Any],
    ) -> None:
        self._agent, self._bench = agent, bench
        self._probes, self._folder = probes, folder
        self._gate, self._on_step, self._asked = gate, on_step, asked
        self._done, self._total = 0, len(probes) + 1

    def request(self, probe: Probe, *, timeout_s: float | None = None) -> CellRequest:
        """The cell of ``probe``."""
        found = cell_request(
            agent=self._agent,
            task=probe.task,
            sweep="check",
            timeout_s=timeout_s or probe.timeout_s,
            faults=probe.plan(),
            look=True,
            **self._asked,
        )
        return replace(found, drain_s=_DRAIN_S)

    async def all(self) -> list[Row]:
        """Rows of every probe, in their order; the calm one goes first, it sets the pace."""
        calm = await self._one(CALM, None)
        if not calm.ledger.calls:
            return list(CALM.read(self._agent, calm, calm))
        start_s = min(call.offset_ms for call in calm.ledger.calls) / 1000
        runs = [self._one(probe, start_s) for probe in self._probes]
        records = await asyncio.gather(*runs)
        rows = list(CALM.read(self._agent, calm, calm))
        for probe, record in zip(self._probes, records, strict=True):
            rows += probe.read(self._agent, record, calm)
        return rows

    async def _one(self, probe: Probe, start_s: float | None) -> Record:
        # An agent that is slow to start gets that much longer, others share the processors with it.
        late = 0.0 if start_s is None else 2 * start_s
        silent = any(fault.kind == "hang" for fault in probe.faults)
        timeout_s = _SILENCE_S + late if silent else probe.timeout_s + late
        folder = self._folder / probe.name.replace(" ", "-").replace(",", "").replace(":", "")
        async with self._gate:
            self._on_step(probe.name, self._done, self._total)
            folder.mkdir(parents=True)
            request = self.request(probe, timeout_s=timeout_s)
            record = await run_cell(request, folder=folder, bench=self._bench)
            (folder / "record.json").write_text(record.model_dump_json(indent=1), "utf-8")
            self._done += 1
            self._on_step(probe.name, self._done, self._total)
        return record


async def _version(agent: Agent, installed: Installed, bench: Bench, scratch: Path) -> Row:
    """What the installed agent says of its version, in a sandbox without any network."""
    inside = {source: target for target, source in installed.mounts.items()}
    places = {
        "prefix": inside[installed.prefix],
        "python": installed.python or "",
        "node": installed.node or "",
    }
    said = bytearray()
    async with bench.sandbox.attempt(scratch) as slot:
        done = await slot.run(
            Command(
                argv=tuple(word.format_map(places) for word in agent.version_argv),
                env=base_env(),
                mounts=mounts_of(installed),
                cwd="/",
                terminal=None,
                timeout_s=60,
            ),
            sink=lambda _at, piece: said.extend(piece[: 1 << 16]),
        )
    release = installed.version.partition("+")[0]  # a custom agent's has a digest behind it
    lines: Sequence[str] = said.decode("utf-8", "replace").split("\n")
    line = next((one.strip() for one in lines if release in one), "")
    if line:
        return judged("installs and says its version", True, line[:80], basic=True)
    words = " ".join(" ".join(lines).split())[:80]
    said_so = f"not {release}: exit code {done.code}, {words or 'nothing said'}"
    return judged("installs and says its version", False, said_so, basic=True)
