"""What holds for every test."""

from __future__ import annotations

import signal

# Started in the background by a shell, pytest ignores ^C, and all that it starts would too.
signal.signal(signal.SIGINT, signal.default_int_handler)
