"""``python -m codingagentbench``: the same as ``cab``."""

from __future__ import annotations

from codingagentbench.cli import main

main()
