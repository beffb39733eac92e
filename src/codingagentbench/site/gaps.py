"""What was not measured on an attempt, and why: one sentence each."""

from __future__ import annotations

from codingagentbench.cells import Record
from codingagentbench.site.text import plural


def gaps(record: Record) -> tuple[str, ...]:
    """Every figure of a page that is missing or only a bound; () when all is there."""
    totals, exit_ = record.ledger.totals, record.exit
    table = (
        (exit_ is None, "How the agent ended: it did not get to run."),
        (record.changes is None, "What changed in the tree: nobody got to look."),
        (record.verification is None, "Whether the tests pass: the tree was not verified."),
        (not record.ledger.calls, "Tokens: no model call was seen on the wire."),
        (
            totals.unmetered_calls > 0,
            f"Tokens of {plural(totals.unmetered_calls, 'call')}: the provider answered without "
            "saying, so the sums are lower bounds.",
        ),
        (
            bool(record.ledger.calls)
            and totals.usd is None
            and not record.identity.endpoint.get("builtin", False),
            "Cost in money: no price is known for this model.",
        ),
        (
            record.identity.model_build_id is None,
            "The model's build: the endpoint did not name what answered.",
        ),
        (
            exit_ is not None and exit_.limits != "cgroup v2" and exit_.limits != "cgroup v1",
            "Limits of the whole process tree: this machine offered no control groups "
            f"(held by: {exit_.limits if exit_ else ''}).",
        ),
        (
            record.changes is not None and record.changes.patch_truncated,
            "The whole diff: it was too large, and files that did not fit are left out.",
        ),
        (
            record.changes is not None and record.changes.unlisted > 0,
            f"{plural(record.changes.unlisted if record.changes else 0, 'added path')} beyond the "
            "limit of the list of changes.",
        ),
    )
    return tuple(said for missing, said in table if missing)
