"""Runs the tool as each case says, and prints what it printed and how it ended."""

import subprocess
import sys
import tempfile
from pathlib import Path

LOG = """\
00:00:03 INFO web: up
09:14:59 WARN db: slow
09:15:00 ERROR db: gone
too short
09:15:30 NOTICE cron: tick
10:00:00 INFO db: back
10:00:01 DEBUG db: ping
23:59:59 ERROR web: 500 on /pay
"""
FILE, SPACED = "day.log", "the day.log"

#: case -> what is called, one after the other
CALLS = {
    "without_options_as_before": [[FILE]],
    "level_error": [["-l", "ERROR", FILE]],
    "level_info_leaves_debug_out": [["-l", "INFO", FILE]],
    "level_debug_is_everything": [["-l", "DEBUG", FILE]],
    "since_includes_that_minute": [["-s", "09:15", FILE]],
    "since_and_level_and_count": [["-s", "09:15", "-l", "INFO", "-n", "1", FILE]],
    "options_in_any_order": [["-n", "1", "-l", "INFO", "-s", "09:15", FILE]],
    "standard_input": [["-l", "WARN", "-s", "08:00"]],
    "two_files": [["-l", "ERROR", FILE, SPACED]],
    "nothing_left": [["-s", "23:59", "-l", "ERROR", "short.log"]],
    "unknown_level_is_refused": [["-l", "NOTICE", FILE]],
    "small_letters_are_refused": [["-l", "error", FILE]],
    "bad_times_are_refused": [["-s", t, FILE] for t in ("9:15", "24:00", "12:60", "noon", "12:00:00")],
    "midnight_is_a_time": [["-s", "00:00", FILE]],
    "lines_of_no_known_level": [["-s", "09:15", "-n", "5", "odd.log"]],
    "file_with_a_space": [["-l", "ERROR", SPACED]],
}


def main(root, names):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, FILE).write_text(LOG)
        Path(folder, SPACED).write_text(LOG)
        Path(folder, "short.log").write_text("10:00:00 ERROR web: early\n")
        Path(folder, "odd.log").write_text("09:16:00 TRACE cron: a\n09:17:00 DEBUG db: b\n")
        for name in names:
            print("==", name)
            for words in CALLS[name]:
                done = subprocess.run(
                    ["sh", str(root / "bin" / "digest"), *words], cwd=folder, timeout=5,
                    capture_output=True, text=True,
                    input="07:00:00 ERROR web: x\n08:00:00 WARN db: y\n08:01:00 INFO db: z\n",
                )
                print(done.stdout + f"exit {done.returncode}")
            print("== .", flush=True)


main(Path(sys.argv[1]), sys.argv[2:])
