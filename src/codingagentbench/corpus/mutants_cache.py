"""Verdicts that were found before, so that the same mutant is never run twice on one machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from codingagentbench.corpus.mutants_batch import RUNNER, STAND_IN
from codingagentbench.corpus.mutants_judging import Reason, Verdict
from codingagentbench.folders import data_folder
from codingagentbench.sandboxes import Toolchain
from codingagentbench.tasks import KIT
from codingagentbench.tasks.seeds import Seed

_JUDGING: Final = Path(__file__).with_name("mutants_judging.py")


class Cache:
    """The verdicts of one seed with one verifier, kit and set of toolchains: lines of one file.

    Lines are only ever appended, each with one write; one that is not whole is passed over. A
    folder that cannot be written is no fault: the next run is slower.
    """

    def __init__(self, seed: Seed, toolchains: Iterable[Toolchain]) -> None:
        programs = [*sorted(KIT.glob("*.py")), RUNNER, STAND_IN, _JUDGING]
        context = [seed.digest, *(f"{t.name} {t.version}" for t in toolchains)]
        context += [hashlib.sha256(p.read_bytes()).hexdigest() for p in programs]
        name = hashlib.sha256("\0".join(context).encode()).hexdigest()[:24]
        self._file = data_folder() / "mutants" / f"{seed.id.replace('/', '-')}-{name}.jsonl"
        self._known = dict(_read(self._file))

    def get(self, digest: str) -> Verdict | None:
        """What is known of the mutant with this digest."""
        return self._known.get(digest)

    def put(self, digest: str, verdict: Verdict) -> None:
        """Remember it."""
        self._known[digest] = verdict
        line = json.dumps({"mutant": digest, **verdict._asdict()}) + "\n"
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab", buffering=0) as handle:
                handle.write(line.encode())
        except OSError:
            return


def _read(file: Path) -> Iterable[tuple[str, Verdict]]:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            said = json.loads(line)
            reason = said["reason"]
            yield (
                str(said["mutant"]),
                Verdict(
                    None if reason is None else Reason(reason),
                    visible=tuple(said["visible"]),
                    hidden=tuple(said["hidden"]),
                    signature=str(said["signature"]),
                ),
            )
        except (KeyError, TypeError, ValueError):
            continue
