"""Harbor's ``tests/test.sh`` over the tree: one test, ``reward``, passed with a reward of 1.

The script sees /tests read-only, and /logs new and empty: where the reward will lie, no agent has
been. It shares its sandbox with the program under test, which can write that file too if it tries.
"""

from __future__ import annotations

import json
import math
import os
import stat
from typing import Any

import cabverify

_LOGS = "/logs/verifier"
_SCRIPT = "/tests/test.sh"
_LARGEST = 64 * 1024


def main() -> None:
    """Run the script that ``suite.json`` tells of and report what reward it wrote.

    ``{"seconds": LIMIT, "env": {NAME: VALUE}}``
    """
    verifier = cabverify.Verifier()
    with open("suite.json", encoding="utf-8") as handle:
        suite = json.load(handle)
    for folder in (_LOGS, "/logs/agent", "/logs/artifacts"):
        os.makedirs(folder, exist_ok=True)
    child = cabverify.run(["bash", _SCRIPT], seconds=suite["seconds"], env=suite["env"])
    said = cabverify.tail("\n".join(filter(None, (child.stdout.strip(), child.stderr.strip()))))
    print(said)

    if child.code is None:
        outcome, message = "fail", f"test.sh did not end within {child.seconds:.0f} s"
    else:
        try:
            value = reward()
            outcome = "pass" if value >= 1.0 else "fail"
            message = f"reward {value:g}" + (f": {said}" if value < 1.0 and said else "")
        except cabverify.Failed as failure:
            outcome, message = "fail", f"{failure}; test.sh ended with code {child.code}: {said}"
    verifier.record("hidden", "reward", outcome, message, child.seconds)
    verifier.finish()


def reward() -> float:
    """What the script wrote to reward.txt or reward.json; raises ``Failed`` when that is none."""
    for name, read in (("reward.txt", _number), ("reward.json", _in_json)):
        text = _text(os.path.join(_LOGS, name))
        if text is not None:
            value = read(text)
            if value is None or not math.isfinite(value):
                raise cabverify.Failed(f"{name} has no reward in it: {cabverify.tail(text, 80)!r}")
            return value
    raise cabverify.Failed("there is no reward.txt and no reward.json")


def _text(path: str) -> str | None:
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            raise cabverify.Failed(f"{os.path.basename(path)} is no small, plain file")
        with open(path, encoding="utf-8", errors="replace") as handle:
            return handle.read()
    except FileNotFoundError:
        return None


def _number(text: str) -> float | None:
    try:
        return float(text.strip())
    except ValueError:
        return None


def _in_json(text: str) -> float | None:
    """A number, or of an object its ``reward``, or the only number it has."""
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict):
        numbers = [value for value in found.values() if _is_number(value)]
        found = found.get("reward", numbers[0] if len(numbers) == 1 else None)
    return float(found) if _is_number(found) else None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
