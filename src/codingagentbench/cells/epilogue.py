"""What is looked at inside the sandbox once the agent has ended, before its HOME is gone.

A shell starts the agent, waits for its end and says what is left, on a descriptor that the agent
does not get. It runs as the agent's user, so it sees no more than the agent did, and an agent that
wants to can make it say anything: nothing of this is ever scored.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from codingagentbench.cells.record import Afterwards

_CLAIM_BYTES: Final = 4 << 20
_MOST: Final = 20  # names of processes
_MARK: Final = b"\n--claims--\n"

#: SIGTERM is for the agent: the shell waits on. Processes get half a second to end by themselves;
#: those that were there before the agent are the sandbox's, or, without one, the machine's.
_SCRIPT: Final = """\
trap : TERM INT HUP
before=
for place in /proc/[0-9]*; do before="$before $place "; done
"$@" 3>&-
code=$?
exec 1>&3 2>/dev/null
alive() {
  names=
  for place in /proc/[0-9]*; do
    case "$before" in *" $place "*) continue ;; esac
    read -r name <"$place/comm" && names="$names $name"
  done
}
for _ in 1 2 3 4 5; do
  alive
  [ -z "$names" ] && break
  sleep 0.1
done
echo "left$names"
set -- $(du -sb "$HOME"); echo "home $1"
set -- $(du -sb /tmp); echo "tmp $1"
printf '\\n--claims--\\n'
cat CLAIMS | head -c LIMIT
exit $code
"""


@dataclass(frozen=True, kw_only=True)
class Epilogue:
    """What the shell said."""

    afterwards: Afterwards
    claims: bytes  # content of the files in which the agent keeps its own count


def wrapped(argv: Sequence[str], claims: Sequence[str]) -> tuple[str, ...]:
    """``argv`` with the look afterwards; ``claims`` are globs of files under HOME."""
    globs = " ".join(f'"$HOME"/{_glob(pattern)}' for pattern in claims) or "/dev/null"
    script = _SCRIPT.replace("CLAIMS", globs).replace("LIMIT", str(_CLAIM_BYTES))
    return ("/bin/sh", "-c", script, "sh", *argv)


def heard(report: bytes) -> Epilogue | None:
    """What came down the pipe; ``None`` when the agent did not end by itself, or said nonsense."""
    head, mark, claims = report.partition(_MARK)
    said = dict.fromkeys(("left", "home", "tmp"), "")
    for line in head.decode("utf-8", "replace").splitlines():
        word, _, rest = line.partition(" ")
        if word in said:
            said[word] = rest.strip()
    if not mark or not all(said[name].isdecimal() for name in ("home", "tmp")):
        return None
    names = tuple(name[:32] for name in said["left"].split()[:_MOST])
    return Epilogue(
        afterwards=Afterwards(left=names, home_bytes=int(said["home"]), tmp_bytes=int(said["tmp"])),
        claims=claims,
    )


def _glob(pattern: str) -> str:
    """The pattern as a shell takes it: everything quoted but the stars."""
    return "*".join(shlex.quote(part) if part else "" for part in pattern.split("*"))
