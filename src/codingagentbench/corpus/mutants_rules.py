"""Whether mending a mutant keeps the rules of its tree: the real rules on the real difference."""

from __future__ import annotations

from typing import Final

from codingagentbench.sandboxes import Changes, FileChange
from codingagentbench.sandboxes.diffing import Patch, Side
from codingagentbench.scoring.rules import check_rule, diff_of
from codingagentbench.tasks.mutation import Mutant
from codingagentbench.tasks.seeds import Seed

_MODE: Final = 0o644
_PATCH: Final = 1 << 20  # bytes


def mending_keeps_rules(seed: Seed, mutant: Mutant) -> bool:
    """Whether putting the healthy file back keeps every rule of the seed."""
    healthy = (seed.tree / mutant.path).read_bytes()
    patch = Patch(max_bytes=_PATCH)
    counts = patch.add(
        mutant.path.encode(),
        Side(kind="file", mode=_MODE, data=mutant.content),
        Side(kind="file", mode=_MODE, data=healthy),
    )
    file = FileChange(
        path=mutant.path,
        kind="modified",
        lines_added=counts.added,
        lines_removed=counts.removed,
    )
    changes = Changes(files=(file,), patch=patch.text())
    diff = diff_of(changes.files, changes)
    return all(check_rule(rule, diff).honoured for rule in seed.rules)
