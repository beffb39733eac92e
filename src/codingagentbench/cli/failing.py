"""Errors as one sentence on standard error, and the exit code each one means."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

#: What the exit codes of every verb mean; shown by ``cab --help``.
EXIT_CODES = """\
Exit codes: 0 every cell has a scored outcome; 1 a gate that was asked for failed;
2 usage; 3 some cell is left without a scored outcome, or an install, a sandbox or results fail;
130 interrupted.
"""


def reported(app: Callable[[], object]) -> int:
    """Run ``app`` and return its exit code; our own errors are said in one sentence.

    ``CAB_DEBUG=1`` (or ``--debug``) lets the traceback through.
    """
    from codingagentbench.cli.output import shown
    from codingagentbench.errors import CabError

    if "--debug" in sys.argv:
        sys.argv.remove("--debug")
        os.environ["CAB_DEBUG"] = "1"
    try:
        app()
    except CabError as error:
        if os.environ.get("CAB_DEBUG") == "1":
            raise
        lines = map(shown, str(error).split("\n"))
        print("cab: " + "\n".join(lines), file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("cab: interrupted; what was finished is kept", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader (a pager, head) has gone; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
