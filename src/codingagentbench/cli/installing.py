"""Installs with one live line an agent; plain lines where there is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from codingagentbench.agents import Agent, Installed, Phase, install_many, installed
from codingagentbench.agents import Progress as Step
from codingagentbench.cli.output import console


def installed_with_progress(
    agents: Sequence[Agent], *, quiet: bool = False
) -> tuple[Installed, ...]:
    """Install ``agents`` at the same time, showing each one's progress on standard error."""
    missing = [agent for agent in agents if installed(agent) is None]
    if quiet or not missing:
        return install_many(tuple(agents))
    if not sys.stderr.isatty():
        return install_many(tuple(agents), on_progress=_Lines().show)
    with _Bars(missing) as bars:
        return install_many(tuple(agents), on_progress=bars.show)


class _Lines:
    """One plain line for each phase."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, Phase]] = set()

    def show(self, step: Step) -> None:
        if (step.agent, step.phase) not in self._seen:
            self._seen.add((step.agent, step.phase))
            detail = f" {step.detail}" if step.phase is Phase.FAILED else ""
            print(f"{step.agent} {step.version}: {step.phase}{detail}", file=sys.stderr, flush=True)


class _Bars:
    """A bar for each agent: phase, packages, the one at hand."""

    def __init__(self, agents: Sequence[Agent]) -> None:
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description:10}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[said]}"),
            TimeElapsedColumn(),
            console=console(to_stderr=True),
        )
        self._rows = {
            agent.name: self._progress.add_task(agent.name, total=None, said="waiting")
            for agent in agents
        }

    def show(self, step: Step) -> None:
        row = self._rows.get(step.agent)
        if row is None:
            return
        packages = f" {step.done} packages" if step.done else ""
        said = f"{step.phase}{packages} {step.detail[:40]}"
        total = step.total or (1 if step.phase is Phase.DONE else None)
        done = total if step.phase is Phase.DONE else step.done
        self._progress.update(row, total=total, completed=done, said=said)

    def __enter__(self) -> _Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
