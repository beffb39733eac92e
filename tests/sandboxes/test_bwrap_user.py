"""The same promises for a harness that an ordinary user runs: the tests beside this one, again.

As root only. The interpreter, its packages and the code may lie below a private HOME, so they are
bound to an open place in a mount namespace of that one process; no mode is changed.
"""

from __future__ import annotations

import os
import site
import subprocess
import sys
from pathlib import Path

import pytest

_PLACE = "/mnt"
_UID = 61_234
_SCRIPT = """
set -e
mount -t tmpfs -o mode=0755 none {place}
mkdir -m 0755 {place}/python {place}/packages {place}/src {place}/tests
mkdir -m 0700 {place}/home {place}/tmp
chown {uid}:{uid} {place}/home {place}/tmp
mount --rbind "$PYTHON" {place}/python
mount --rbind "$PACKAGES" {place}/packages
mount --rbind "$SRC" {place}/src
mount --rbind "$TESTS" {place}/tests
install -D -m 0644 "$TESTS/../workers.py" {place}/shared/tests/workers.py
cd {place}/tests
exec env -i HOME={place}/home TMPDIR={place}/tmp PATH=/usr/local/bin:/usr/bin:/bin \
  PYTHONPATH={place}/packages:{place}/src:{place}/shared PYTHONDONTWRITEBYTECODE=1 \
  setpriv --reuid {uid} --regid {uid} --clear-groups --inh-caps=-all --bounding-set=-all \
  {place}/python/bin/{python} -m pytest -p no:cacheprovider -m "not docker" -c /dev/null \
  --rootdir {place}/tests -q -x {files}
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="this is how these tests run already")
@pytest.mark.parametrize(
    "name",
    ["bwrap_isolation", "bwrap_ending", "bwrap_overlay", "bwrap_seccomp", "limits",
     "private_mounts", "warm", "warm_store"],
)  # fmt: skip
def test_all_of_it_holds_for_an_ordinary_user(name: str) -> None:
    here = Path(__file__).parent
    file = here / f"test_{name}.py"
    script = _SCRIPT.format(
        place=_PLACE,
        uid=_UID,
        python=Path(os.path.realpath(sys.executable)).name,
        files=file.name,
    )
    done = subprocess.run(
        ["unshare", "--mount", "bash", "-c", script],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "PYTHON": sys.base_prefix,
            "PACKAGES": site.getsitepackages()[0],
            "SRC": str(here.parents[1] / "src"),
            "TESTS": str(here),
        },
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
