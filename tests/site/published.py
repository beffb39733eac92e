"""The five published pages entered as records: their figures, times and identities.

Scorer values are those of ``tests/scoring/data``; what a published page does not say is left out
here too. Keys, host paths, command lines and the text of terminals are not taken over. The pages
say how long a span took but not when it began; here all begin at once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from codingagentbench.cells import CellSpec, Identity, Record, TaskIdentity, Timing
from codingagentbench.gateway import Budget, Ledger, Totals
from codingagentbench.sandboxes import Changes, Exit, FileChange, KilledBy, Limits
from codingagentbench.scoring import METHODOLOGIES, Scores
from codingagentbench.trace import Span

DATA = Path(__file__).parents[1] / "scoring" / "data"
SPANS = Path(__file__).with_name("data") / "published-spans.json"
MISTRAL = "mistralai/mistral-small-4-119b-2603"
OPENCODE = "codingagentbench/opencode:v1.15.10"
OPENCODE_DIGEST = "sha256:e56bdb69fb83ea2f8c81c06257f190fd4b5e91077e83d5536f722ff1b9c70275"


@dataclass(frozen=True, kw_only=True)
class Published:
    """What one published page prints. ``figures``: the row of axes, as numbers read there."""

    name: str
    agent: str
    model: str
    task: str
    sweep: str
    outcome: str
    image: str | None
    digest: str | None
    exit_code: int
    started: str
    ended: str
    duration: str
    figures: dict[str, str]
    tokens: tuple[int, int] | None = None
    title: str = "Terminal playback"

    @property
    def axes(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((DATA / f"{self.name}.json").read_text())
        return found

    @property
    def spans(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(SPANS.read_text())[self.name]
        return found

    @property
    def cell_id(self) -> str:
        return f"{self.sweep}/{self.agent}/{self.model}/{self.task}#run1"


RUST, PYTHON = "mutations/rust-error-negated", "polyglot/python-reverse-string"
PAGES = (
    Published(
        name="aider-passed-rust-error-negated",
        agent="aider",
        model=MISTRAL,
        task=RUST,
        sweep="free-20260527",
        outcome="passed",
        image="codingagentbench/aider:v0.86.0",
        digest="sha256:f2cd27890475900f9cb617b1c7a6328989a48e8168e7280ac2247a5d2d26d8a1",
        exit_code=0,
        started="2026-05-28T02:13:58.386444Z",
        ended="2026-05-28T02:14:35.065213Z",
        duration="36.68 s",
        figures={
            "Pass": "1.000",
            "Wall": "36.7 s",
            "Blast": "0.857",
            "Integrity": "1.000",
            "Composite": "0.854",
        },
        tokens=(1300, 606),
    ),
    Published(
        name="opencode-failed-rust-error-negated",
        agent="opencode",
        model="meta/llama-4-maverick-17b-128e-instruct",
        task=RUST,
        sweep="expansion-20260616",
        outcome="no_change",
        image=OPENCODE,
        digest=OPENCODE_DIGEST,
        exit_code=0,
        started="2026-06-17T05:40:57.259353Z",
        ended="2026-06-17T05:41:02.445362Z",
        duration="5.19 s",
        figures={
            "Pass": "0.000",
            "Wall": "5.2 s",
            "Blast": "0.000",
            "Integrity": "1.000",
            "Composite": "0.577",
        },
    ),
    Published(
        name="opencode-passed-rust-error-negated",
        agent="opencode",
        model="openai/gpt-oss-120b",
        task=RUST,
        sweep="free-20260527",
        outcome="passed",
        image=OPENCODE,
        digest=OPENCODE_DIGEST,
        exit_code=0,
        started="2026-06-16T00:58:18.499761Z",
        ended="2026-06-16T00:58:31.894883Z",
        duration="13.40 s",  # printed as 13.39: 13.395122 s, rounded twice
        figures={
            "Pass": "1.000",
            "Wall": "13.4 s",
            "Blast": "0.000",
            "Integrity": "1.000",
            "Composite": "0.960",
        },
    ),
    Published(
        name="opencode-timeout-python-reverse-string",
        agent="opencode",
        model=MISTRAL,
        task=PYTHON,
        sweep="free-20260527",
        outcome="timed_out",
        image=None,
        digest=None,
        exit_code=-1,
        started="2026-06-16T18:18:43.771976Z",
        ended="2026-06-16T18:29:22.082589Z",
        duration="638.31 s",
        figures={
            "Pass": "0.000",
            "Wall": "638.3 s",
            "Blast": "0.000",
            "Integrity": "1.000",
            "Composite": "0.503",
        },
        title="Watch it stall",
    ),
    Published(
        name="openhands-rate-limited-rust-error-negated",
        agent="openhands",
        model=MISTRAL,
        task=RUST,
        sweep="free-20260527",
        outcome="rate_limited",
        image="codingagentbench/openhands:1.7.0",
        digest="sha256:7fcaf222644a5cb0afffe018f038d270130b5af3b8af366cd960f2d596a4342c",
        exit_code=1,
        started="2026-05-31T20:10:28.641165Z",
        ended="2026-05-31T20:14:04.887606Z",
        duration="216.25 s",
        figures={
            "Pass": "0.000",
            "Wall": "216.2 s",
            "Blast": "0.000",
            "Integrity": "1.000",
            "Composite": "0.514",
        },
        title="Watch it get throttled",
    ),
)


def as_record(page: Published) -> Record:
    """The page as a record of ours, under methodology 0.1."""
    started, ended = (datetime.fromisoformat(t) for t in (page.started, page.ended))
    wall = (ended - started).total_seconds()
    axes = page.axes
    blast = axes["blast_radius"]
    files = [
        FileChange(path=path, kind=kind)
        for kind in ("added", "removed", "modified")
        for path in blast[kind]
    ]
    used = Totals(input=page.tokens[0], output=page.tokens[1]) if page.tokens else Totals()
    return Record(
        cell_id=page.cell_id,
        spec=CellSpec(
            sweep=page.sweep,
            agent=page.agent,
            agent_version="0",
            model=page.model,
            task=page.task,
            methodology="0.1",
            dialect="chat",
            timeout_s=600,
            budget=Budget(),
            limits=Limits(),
        ),
        identity=Identity(
            harness_version="0.1.0",
            agent_digest="",
            task=TaskIdentity(
                id=page.task,
                version="0.1",
                title=page.task,
                language="",
                digest="",
                prompt="",
                expected=tuple(axes["expected"]),
                protected=(),
                expects_refusal=False,
            ),
            endpoint={},
            model_build_id=page.model,
            container_image=page.image,
            # As the published commands had it: the prefix twice.
            image_digest=page.digest and f"sha256:{page.digest}",
        ),
        timing=Timing(started_at=started, ended_at=ended, wall_s=wall),
        exit=Exit(
            code=page.exit_code,
            killed_by=KilledBy.TIMEOUT if page.outcome == "timed_out" else None,
            wall_s=axes["latency"]["container_active_ms"] / 1000,
            backend="docker",
            limits="none",
            network="gateway only",
        ),
        spans=tuple(
            Span.model_validate({**span, "start_offset_ms": 0, "started_at": started})
            for span in page.spans
        ),
        changes=Changes(files=tuple(files), extra_git_dir=blast["extra_git_dir"]),
        ledger=Ledger(totals=used),
        scores=_scores(page, axes),
    )


def _scores(page: Published, axes: dict[str, Any]) -> Scores:
    return Scores.model_validate(
        {
            "methodology": "0.1",
            "verdict": {
                "outcome": page.outcome,
                "scored": page.outcome != "rate_limited",
                "retry": False,
                "detail": "as published",
            },
            "axes": {
                "pass_rate": {"pass": axes["pass"], "hidden_total": 0, "visible_total": 0},
                "tokens": axes["tokens"],
                "latency": axes["latency"],
                "blast_radius": axes["blast_radius"],
                "refusal": {"fabricated_fix_detected": False, **axes["refusal"]},
                "integrity": axes["integrity"],
                "instruction_fidelity": {"not_applicable": True, "rules_declared": 0},
                "composite": {
                    "composite": axes["composite"],
                    "weights": axes["weights"],
                    "components": axes["components"],
                    "note": METHODOLOGIES["0.1"].note,
                },
            },
        }
    )
