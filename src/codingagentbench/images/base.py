"""The base image: a system, the toolchains of tasks, this package, one ordinary user.

Either of a published image, or bootstrapped from a Debian archive, which needs no registry. What
toolchains it has is found out by this package's own looking, run inside.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codingagentbench.agents.process import Stop
from codingagentbench.errors import SandboxError, SandboxUnavailable, UsageError
from codingagentbench.images import harness
from codingagentbench.images.daemon import Daemon, recipe
from codingagentbench.sandboxes.docker_images import (
    HARNESS_INSIDE,
    PYTHON,
    RECIPE,
    TOOLCHAINS,
    Found,
    base_name,
)
from codingagentbench.sandboxes.toolchains import known, packages
from codingagentbench.sandboxes.values import HOME

_INSIDE: Final = "/usr/bin/python3"
_SYSTEM: Final = ("ca-certificates", "git", "procps", "python3")
_UID: Final = 1000
_DEBIAN: Final = ("PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8")
_NAME: Final = re.compile(r"[A-Za-z0-9][\w./:@-]{0,254}")

_FROM: Final = """\
FROM {origin}
ENV LANG=C.UTF-8
RUN apt-get update -qq \\
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends {packages} \\
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/*
"""
_OURS: Final = """\
FROM {system}
RUN {{ id {uid} >/dev/null 2>&1 || \\
    {{ echo 'agent:x:{uid}:{uid}:agent:{home}:/bin/bash' >>/etc/passwd \\
 && echo 'agent:x:{uid}:' >>/etc/group; }}; }} \\
 && mkdir -p {home} /workspace /results /opt/cab && chmod 1777 /home \\
 && chown {uid}:{uid} {home} /results /opt/cab
COPY harness {inside}
ENV PATH={inside}/bin:/usr/local/bin:/usr/bin:/bin HOME={home} LANG=C.UTF-8 \\
 CAB_DATA=/opt/cab CAB_SANDBOX=none
USER {uid}:{uid}
WORKDIR /results
ENTRYPOINT ["{inside}/bin/cab"]
CMD ["--help"]
"""


@dataclass(frozen=True, kw_only=True)
class BaseRecipe:
    """``origin``: an image with apt; ``None`` bootstraps ``suite`` from the Debian ``mirror``."""

    toolchains: tuple[str, ...] = ("python",)
    origin: str | None = None
    suite: str = "bookworm"
    mirror: str = "http://deb.debian.org/debian"
    network: str = "default"  # of the build of ``origin``, which fetches packages

    def __post_init__(self) -> None:
        unknown = [name for name in self.toolchains if name not in known()]
        if unknown:
            raise UsageError(f"unknown toolchain '{unknown[0]}'", do=f"known: {', '.join(known())}")
        for text in filter(None, (self.origin, self.suite)):
            if not _NAME.fullmatch(text):
                raise UsageError(f"'{text}' is no name of an image or a suite")
        if not re.fullmatch(r"(https?|file)://\S+", self.mirror):
            raise UsageError(f"'{self.mirror}' is no address of a Debian archive")

    @property
    def packages(self) -> tuple[str, ...]:
        """Of Debian, for the system and the toolchains."""
        wanted = {word for name in self.toolchains for word in packages(name, "apt-get")}
        return tuple(sorted({*_SYSTEM, *wanted}))


def build_base(wanted: BaseRecipe, daemon: Daemon) -> Found:
    """Build the base image and give it its name.

    Raises ``SandboxError`` or ``InstallFailed`` in one sentence; a base that was there before
    stays as it was then.
    """
    system = _from_image(wanted, daemon) if wanted.origin else _bootstrapped(wanted, daemon)
    daemon.say("asking its Python")
    version = daemon.ask(
        system, _INSIDE, "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"
    ).strip()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "harness")
        folder.mkdir()
        daemon.say("fetching this package for it")
        installed = harness.fill(
            folder, python=_INSIDE, version=version, inside=HARNESS_INSIDE, stop=Stop()
        )
        daemon.say("building")
        ours = daemon.build(
            _OURS.format(system=system, uid=_UID, home=HOME, inside=HARNESS_INSIDE),
            {"harness": folder},
            tag=None,
            labels={},
        )
    daemon.say("looking for toolchains in it")
    toolchains = _toolchains(daemon, ours.id)
    lacking = [name for name in wanted.toolchains if name not in toolchains]
    if lacking:
        raise SandboxError(f"the base image has no {lacking[0]} toolchain", where=base_name())
    labels = {
        PYTHON: _INSIDE,
        TOOLCHAINS: json.dumps(toolchains, sort_keys=True),
        RECIPE: recipe(wanted, version, installed),
    }
    return daemon.build(f"FROM {ours.id}\n", {}, tag=base_name(), labels=labels)


def _toolchains(daemon: Daemon, image: str) -> Mapping[str, object]:
    text = daemon.ask(
        image, _INSIDE, "-I", "-c",
        f"import sys; sys.path.insert(0, {f'{HARNESS_INSIDE}/lib'!r}); "
        "from codingagentbench.sandboxes.toolchains import everything; "
        "import json; print(json.dumps(everything()))",
    )  # fmt: skip
    found: dict[str, object] = json.loads(text)
    return found


def _from_image(wanted: BaseRecipe, daemon: Daemon) -> str:
    assert wanted.origin is not None
    text = _FROM.format(origin=wanted.origin, packages=" ".join(wanted.packages))
    return daemon.build(text, {}, tag=None, labels={}, network=wanted.network).id


def _bootstrapped(wanted: BaseRecipe, daemon: Daemon) -> str:
    program = shutil.which("debootstrap", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise SandboxUnavailable(
            "debootstrap is not installed",
            do="run: apt-get install debootstrap, or name an image: --from debian:bookworm-slim",
        )
    if os.geteuid() != 0:
        raise SandboxUnavailable(
            "bootstrapping a system needs root", do="name an image: --from debian:bookworm-slim"
        )
    with tempfile.TemporaryDirectory(prefix="cab-base-") as scratch:
        root, tar = Path(scratch, "root"), Path(scratch, "root.tar")
        daemon.say(f"bootstrapping {wanted.suite}")
        include = f"--include={','.join(_SYSTEM)}"
        argv = (program, "--variant=minbase", include, wanted.suite, str(root), wanted.mirror)
        _run(argv, what=f"debootstrap {wanted.suite}")
        more = sorted(set(wanted.packages) - set(_SYSTEM))
        if more:  # by apt: debootstrap itself does not solve what they depend on
            daemon.say(f"installing {', '.join(more)}")
            inside = (
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                f"--mount-proc={root}/proc",
                "chroot",
            )
            install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", *more)
            _run((*inside, str(root), *install), what="apt-get install")
        daemon.say("importing it")
        leave = ("./var/cache/apt/*", "./var/lib/apt/lists/*", "./dev/*", "./var/log/*")
        _run(
            ("tar", "-C", str(root), "-cf", str(tar), *(f"--exclude={one}" for one in leave), "."),
            what="tar",
        )
        return daemon.load(tar, changes=[f"ENV {one}" for one in _DEBIAN])


def _run(argv: tuple[str, ...], *, what: str) -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, env=env
    )
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip() or "it says nothing").splitlines()[-1]
        raise SandboxError(f"{what} fails: {said}", do="see that the archive can be reached")
