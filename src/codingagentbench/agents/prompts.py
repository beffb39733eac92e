"""Long prompts: Linux limits one argument to 128 KiB, and standard input is always empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: One argument with its closing zero byte may take 32 pages.
ARGUMENT_BYTES = 32 * 4096 - 1


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What is said on the command line, and the file it points to when the prompt is too long."""

    text: str
    files: Mapping[str, str] = field(default_factory=dict)


def as_argument(prompt: str, *, folder: str) -> Spoken:
    """``prompt`` itself, or a sentence that sends the agent to a file in ``folder`` with it.

    A prompt that starts with a dash would be read as an option, so it gets a line break before.
    """
    if len(prompt.encode()) <= ARGUMENT_BYTES - 1:
        return Spoken(text=f"\n{prompt}" if prompt.startswith("-") else prompt)
    path = f"{folder}/prompt.md"
    return Spoken(
        text=f"Read the file {path} to its end and do what it asks.", files={path: prompt}
    )
