"""The command line: verbs that parse, call and print."""

from __future__ import annotations

import sys


def main() -> None:
    """The ``cab`` command. Exit codes: see ``cab --help``."""
    from codingagentbench.cli.app import app
    from codingagentbench.cli.failing import reported

    sys.exit(reported(app))


__all__ = ["main"]
