"""The agent's turn: a session of the gateway, a launch, a run under a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from codingagentbench import sandboxes
from codingagentbench.agents import Added, Launch, LaunchRequest, ModelEndpoint, with_plugins
from codingagentbench.cells.bench import Bench
from codingagentbench.cells.epilogue import heard, wrapped
from codingagentbench.cells.found import Found
from codingagentbench.cells.prices import price_of
from codingagentbench.cells.record import Truth
from codingagentbench.cells.request import CellRequest, mounts_of
from codingagentbench.endpoints import Conversation, Options, Wrapped
from codingagentbench.gateway import Ledger, Progress, Session, Upstream
from codingagentbench.redact import Redactor, host_paths
from codingagentbench.sandboxes import (
    HOME,
    CastWriter,
    Command,
    KilledBy,
    Slot,
    Toolchain,
    Workspace,
    base_env,
    warmed,
)
from codingagentbench.trace import Recorder, SpanKind

#: Where the gateway listens inside; nothing else is on that network.
PORT = 8000
_TMP = "/tmp"  # noqa: S108 (a fresh one inside every sandbox)
_SIZE = (120, 32)  # columns, rows of the terminal
_TAIL = 8 * 1024  # bytes of terminal output kept for the record


class Turn:
    """One agent's turn on one workspace. What it finds out goes into ``found``."""

    def __init__(
        self,
        *,
        request: CellRequest,
        bench: Bench,
        folder: Path,
        found: Found,
        recorder: Recorder,
        on_progress: Callable[[Progress], None],
    ) -> None:
        self.request, self.bench, self.folder = request, bench, folder
        self.found, self.recorder, self._on_progress = found, recorder, on_progress
        self.redactor = redactor_for(request, {})
        self.container: str | None = None  # the id of the span of the agent's process
        self._stop = asyncio.Event()
        self._tail = bytearray()

    async def run(self, slot: Slot, workspace: Workspace, toolchains: Sequence[Toolchain]) -> None:
        """Whatever happens, the ledger is kept and the session is closed."""
        with self.bench.scratch() as scratch:  # nothing is built while the agent's clock runs
            toolchains = await warmed(toolchains, sandbox=self.bench.sandbox, scratch=Path(scratch))
        conversation, upstream = await self._upstream()
        wrapped = await self._wrapped(upstream)
        session = await self.bench.gateway.open(
            upstream=wrapped.upstream if wrapped else upstream,
            budget=self.request.budget,
            redactor=self.redactor,
            bodies=self.folder / "bodies",
            price=price_of(self.request.target),
            on_progress=self._on_progress,
        )
        known = {session.key: "session key"}
        if upstream.key is not None:
            known[upstream.key.get_secret_value()] = "upstream key"
        self.redactor = redactor_for(self.request, known)
        watch = asyncio.ensure_future(self._stop_when_spent(session))
        try:
            await self._launch(slot, workspace, toolchains, session)
        finally:
            watch.cancel()
            ledger = await session.close(drain_s=self.request.drain_s)
            self.found.ledger = _marked(ledger, wrapped) if wrapped else ledger
            if wrapped is not None:
                (await self.bench.faults()).close(wrapped)
            if self.found.reel is not None:
                (await self.bench.replays()).close(self.found.reel)
            if conversation is not None:
                self.found.truth = _truth(conversation)
                (await self.bench.builtin()).close(conversation)

    async def _upstream(self) -> tuple[Conversation | None, Upstream]:
        if self.request.tape is not None:
            self.found.reel = (await self.bench.replays()).open(self.request.tape)
            return None, self.found.reel.upstream()
        upstream = self.request.target.upstream
        if upstream is not None:
            return None, upstream
        server = await self.bench.builtin()
        task = self.request.task
        options = replace(self.request.options or Options(), workspace=task.workdir)
        conversation = server.open(persona=self.request.model, task=task, options=options)
        return conversation, conversation.upstream()

    async def _wrapped(self, upstream: Upstream) -> Wrapped | None:
        """The endpoint with the faults that were asked for, if any were."""
        plan, request = self.request.faults, self.request
        if plan is None:
            return None
        place = f"{request.task.id}#{request.run}"  # every agent meets the same there
        return (await self.bench.faults()).wrap(upstream, plan, place=place)

    async def _stop_when_spent(self, session: Session) -> None:
        """An agent whose budget is spent gets a moment to end by itself, then is ended."""
        await session.budget_spent.wait()
        await asyncio.sleep(_SPENT_GRACE_S)
        self._stop.set()

    async def _launch(
        self,
        slot: Slot,
        workspace: Workspace,
        toolchains: Sequence[Toolchain],
        session: Session,
    ) -> None:
        launch, added = with_plugins(
            launch_of(self.request, session),
            self.request.plugins,
            agent=self.request.agent,
            home=HOME,
        )
        self.found.launch, self.found.added = launch, added
        _plugins(self.recorder, self.request.agent.name, added)
        limits = self.request.limits
        cast = CastWriter(
            self.folder / "terminal.cast",
            redactor=self.redactor,
            columns=_SIZE[0],
            rows=_SIZE[1],
            limit_bytes=limits.output_mb << 20,
        )
        span_of = self.recorder.span(
            SpanKind.CONTAINER,
            f"{self.request.agent.name}:launch",
            argv=launch.argv,
            timeout_s=self.request.timeout_s,
        )
        with cast, self.found.timed("agent"), span_of as span:
            done = await slot.run(
                self._command(launch, toolchains),
                workspace=workspace,
                on_listen=session.serve,
                sink=lambda at, data: self._printed(cast, at, data),
                stop=self._stop,
            )
            cast.close(output_bytes=done.output_bytes)
            self._heard(done.report)
            span.set(
                exit_code=done.code,
                duration_s=done.wall_s,
                timed_out=done.killed_by is KilledBy.TIMEOUT,
                backend=done.backend,
                limits=done.limits,
                network=done.network,
            )
            self.container = span.span_id
        grew = await asyncio.to_thread(sandboxes.grown, workspace)
        self.found.exit = done.model_copy(update={"workspace_grew_bytes": grew})
        self.found.output_tail = bytes(self._tail[-_TAIL:])

    def _command(self, launch: Launch, toolchains: Sequence[Toolchain]) -> Command:
        own = mounts_of(self.request.installed)
        claims = self.request.agent.claims
        files = claims.files if claims else ()
        wrap = bool(files) or self.request.look
        return Command(
            argv=wrapped(launch.argv, files) if wrap else launch.argv,
            report=wrap,
            names=self.request.look,
            env={**base_env(toolchains), **self.request.task.env, **launch.env},
            cwd=self.request.task.workdir,
            workdir=self.request.task.workdir,
            mounts=(*own, *(mount for t in toolchains for mount in t.mounts)),
            files={path: text.encode() for path, text in launch.files.items()},
            port=PORT,
            terminal=_SIZE,
            timeout_s=self.request.timeout_s,
            limits=self.request.limits,
        )

    def _heard(self, report: bytes) -> None:
        """What the agent left, and what it says itself that it used."""
        told = heard(report)
        if told is not None and self.request.look:
            self.found.afterwards = told.afterwards
        claims = self.request.agent.claims
        if claims is None or (claims.files and told is None):
            return
        said = told.claims if claims.files and told else bytes(self._tail)
        self.found.claimed = claims.read(said.decode("utf-8", "replace"))

    def _printed(self, cast: CastWriter, at: float, data: bytes) -> None:
        cast.write(at, data)
        self._tail += data
        if len(self._tail) > 8 * _TAIL:
            del self._tail[:-_TAIL]


#: Seconds between the first refused call and the end.
_SPENT_GRACE_S = 3.0


def launch_of(request: CellRequest, session: Session) -> Launch:
    """How the agent is started; the only key it is told is the session's."""
    assert request.dialect is not None
    inside = {source: target for target, source in request.installed.mounts.items()}
    return request.agent.launch(
        LaunchRequest(
            prompt=request.task.prompt,
            endpoint=ModelEndpoint(
                url=session.url(request.dialect, f"127.0.0.1:{PORT}"),
                key=session.key,
                dialect=request.dialect,
                model=request.model,
            ),
            prefix=inside[request.installed.prefix],
            python=request.installed.python,
            node=request.installed.node,
            workspace=request.task.workdir,
            home=HOME,
            tmp=_TMP,
        )
    )


def redactor_for(request: CellRequest, known: dict[str, str]) -> Redactor:
    """Takes out the endpoint's secrets, ``known`` ones, and paths that say whose host this is."""
    return Redactor({**request.target.secrets(), **known}, host_paths())


def _marked(ledger: Ledger, wrapped: Wrapped) -> Ledger:
    """The ledger with what we let go wrong named in its calls."""
    kinds = {one.call: one.kind for one in wrapped.injected}
    calls = tuple(
        call.model_copy(update={"injected": kinds[call.index]}) if call.index in kinds else call
        for call in ledger.calls
    )
    return ledger.model_copy(update={"calls": calls})


def _truth(conversation: Conversation) -> Truth:
    truth = conversation.truth()
    totals = truth.totals
    return Truth(
        calls=len(truth.calls),
        input=totals.input or 0,
        output=totals.output or 0,
        cached=totals.cached or 0,
        reasoning=totals.reasoning or 0,
    )


def _plugins(recorder: Recorder, agent: str, added: Sequence[Added]) -> None:
    """What was added to the agent as shipped, if anything was, and what it has no place for."""
    applied = tuple(f"{one.name}:{kind}" for one in added for kind in one.applied)
    skipped = tuple(
        f"{one.name}:{kind}: {why}" for one in added for kind, why in one.skipped.items()
    )
    attributes: dict[str, str | int | tuple[str, ...]] = {
        "tui": agent,
        "count": len(added),
        "applied": applied,
        "skipped": skipped,
        "env_keys": (),
        "extra_args": (),
        "applied_count": len(applied),
        "skipped_count": len(skipped),
    }
    with recorder.span(SpanKind.TOOL_CALL, "applied_plugins", **attributes):
        pass
