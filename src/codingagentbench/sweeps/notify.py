"""Telling someone that a sweep has ended: a command, or a webhook. Never in the sweep's way."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from collections.abc import Mapping
from typing import Any, Final
from urllib.error import URLError

from codingagentbench.sweeps.file import Notify

_TIMEOUT_S: Final = 30.0


def notify(how: Notify, state: Mapping[str, Any]) -> tuple[str, ...]:
    """Tell it; what went wrong, one sentence each."""
    text = json.dumps(state).encode()
    wrong = []
    if how.command:
        try:
            done = subprocess.run(
                how.command, input=text, timeout=_TIMEOUT_S, check=False, capture_output=True
            )
            if done.returncode:
                wrong.append(f"notify.command ended with {done.returncode}")
        except (OSError, subprocess.TimeoutExpired) as error:
            wrong.append(f"notify.command: {error}")
    if how.webhook is not None:
        request = urllib.request.Request(  # noqa: S310 - http and https only, by the file's schema
            how.webhook, data=text, headers={"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_S):  # noqa: S310
                pass
        except (URLError, OSError) as error:
            wrong.append(f"notify.webhook: {error}")
    return tuple(wrong)
