"""Drives the crate from outside: a program prints what happened, this process judges."""

import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.environ["CAB_KIT"])
import cabrust
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))

#: test -> (max attempts, succeeds at, what must be printed)
SCENARIOS = {
    "first_success_calls_once": (5, 1, ["ok", 11, "", [1]]),
    "success_on_third_attempt": (5, 3, ["ok", 33, "", [1, 2, 3]]),
    "success_on_last_attempt": (4, 4, ["ok", 44, "", [1, 2, 3, 4]]),
    "always_failing_uses_every_attempt": (6, 0, ["gave up", 6, "error 6", [1, 2, 3, 4, 5, 6]]),
    "single_attempt_failing": (1, 0, ["gave up", 1, "error 1", [1]]),
    "zero_attempts_never_calls": (0, 1, ["none", 0, "", []]),
    "attempt_numbers_count_from_one": (2, 2, ["ok", 22, "", [1, 2]]),
    "last_error_is_kept": (2, 0, ["gave up", 2, "error 2", [1, 2]]),
}
VISIBLE = (
    "a_success_is_returned_at_once",
    "an_error_is_tried_again",
    "patience_runs_out",
    "no_attempts_is_an_error",
)

verifier = cabverify.Verifier()
if shutil.which("rustc") is None:
    verifier.broken("rustc is not in the sandbox")
build = tempfile.mkdtemp()
library = ("patience", os.path.join(build, "libpatience.rlib"))
problem = None
try:
    cabrust.library("patience", os.path.join(WORKSPACE, "src/lib.rs"), library[1])
    cabrust.program(
        os.path.join(HERE, "driver.rs"), os.path.join(build, "driver"), library=library
    )
    cabrust.program(
        os.path.join(WORKSPACE, "tests/retry.rs"), os.path.join(build, "visible"),
        library=library, test=True,
    )
except cabverify.Failed as failure:
    problem = failure


def compiled():
    if problem is not None:
        raise problem


for name, (attempts, succeed_at, expected) in SCENARIOS.items():

    @verifier.test("hidden", name)
    def _(attempts=attempts, succeed_at=succeed_at, expected=expected):
        compiled()
        argv = [os.path.join(build, "driver"), str(attempts), str(succeed_at)]
        cabverify.equal(expected, cabverify.run(argv).json())


for name in VISIBLE:

    @verifier.test("visible", name)
    def _(name=name):
        compiled()
        child = cabverify.run([os.path.join(build, "visible"), "--exact", name])
        said = "test %s ... ok" % name in child.stdout and "1 passed; 0 failed" in child.stdout
        cabverify.require(child.code == 0 and said, cabverify.tail(child.stdout))


verifier.finish()
