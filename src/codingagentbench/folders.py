"""Where this package keeps what it installs for a user."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """``$CAB_DATA``, else ``codingagentbench`` in the user's data folder."""
    data = os.environ.get("CAB_DATA")
    if data:
        return Path(data).expanduser().absolute()
    base = os.environ.get("XDG_DATA_HOME", "")
    # The XDG specification has relative values ignored.
    root = Path(base) if os.path.isabs(base) else Path.home() / ".local" / "share"
    return root / "codingagentbench"
