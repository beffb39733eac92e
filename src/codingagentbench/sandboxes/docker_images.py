"""Which image a command runs in, and how an image is named in a record.

Images are known by labels: what tree lies where (by the digest that the installed agent has too),
which toolchains are in it, what it was made from. So an image that holds something else than the
agent that was asked for is never taken, whatever it is called.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import docker

from codingagentbench.errors import SandboxUnavailable, UnknownName
from codingagentbench.sandboxes.docker_daemon import LABEL, asking
from codingagentbench.sandboxes.toolchains import Missing, Toolchain, known
from codingagentbench.sandboxes.values import Image, Mount

HOLDS: Final = f"{LABEL}.holds"  # {"/opt/agent": "sha256:..."}
TOOLCHAINS: Final = f"{LABEL}.toolchains"  # {"python": {"version": ..., "path": [...], "env": {}}}
PYTHON: Final = f"{LABEL}.python"  # of the system, at least 3.9
BASE: Final = f"{LABEL}.base"  # the id of the image below
RECIPE: Final = f"{LABEL}.recipe"  # the digest of all that it was made from

REPOSITORY: Final = "codingagentbench"
DEFAULT_BASE: Final = f"{REPOSITORY}/base:latest"
#: Where an image has this package; covered in every sandbox, because tasks' hidden parts are there.
HARNESS_INSIDE: Final = "/opt/codingagentbench"


_LOCAL: Final = "localhost/"  # where Podman puts what was never in a registry


@dataclass(frozen=True, kw_only=True)
class Found:
    """One image of ours on this machine."""

    id: str  # "sha256:..."
    tags: tuple[str, ...]
    repo_digests: tuple[str, ...]  # "repository@sha256:..."
    labels: Mapping[str, str]
    layers: tuple[str, ...]
    size_bytes: int

    @property
    def holds(self) -> dict[str, str]:
        """Place inside -> digest of the tree there."""
        return {place: str(digest) for place, digest in _object(self.labels, HOLDS).items()}

    @property
    def base(self) -> str:
        """The id of the image below; its own, if it is one."""
        return self.labels.get(BASE, self.id)

    def identity(self) -> Image:
        """As in a record: by repo digest where a registry has it, else by image id."""
        pushed = next((one for one in self.repo_digests if not one.startswith(_LOCAL)), None)
        if pushed is not None:
            reference, _, digest = pushed.partition("@")
            return Image(reference=reference, digest=digest, kind="repo digest", **self._below())
        reference = next(iter(self.tags), self.id.removeprefix("sha256:")[:12])
        return Image(reference=reference, digest=self.id, kind="image id", **self._below())

    def _below(self) -> dict[str, Any]:
        return {"base": self.base, "layers": self.layers}


def _object(labels: Mapping[str, str], name: str) -> dict[str, Any]:
    """A label that is a JSON object; whoever's label says anything else says nothing."""
    try:
        told = json.loads(labels.get(name, "{}"))
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def base_name() -> str:
    """The image without any agent: ``$CAB_BASE_IMAGE``, or the one ``cab images base`` makes."""
    return os.environ.get("CAB_BASE_IMAGE") or DEFAULT_BASE


def find(client: docker.APIClient, name: str) -> Found | None:
    """The image called ``name`` (tag, id or repository@digest), if it is on this machine."""
    with asking(f"the image '{name}' cannot be looked at"):
        try:
            told: dict[str, Any] = client.inspect_image(name)  # type: ignore[no-untyped-call]
        except docker.errors.ImageNotFound:
            return None
    return Found(
        id=told["Id"],
        tags=tuple(told.get("RepoTags") or ()),
        repo_digests=tuple(told.get("RepoDigests") or ()),
        labels=(told.get("Config") or {}).get("Labels") or {},
        layers=tuple((told.get("RootFS") or {}).get("Layers") or ()),
        size_bytes=int(told.get("Size") or 0),
    )


def require_base(client: docker.APIClient) -> Found:
    """The base image; raises ``SandboxUnavailable`` with the command that makes one."""
    found = find(client, base_name())
    if found is None or PYTHON not in found.labels:
        what = "is not on this machine" if found is None else "was not made by cab images base"
        raise SandboxUnavailable(
            f"the base image {what}", where=base_name(), do="run: cab images base"
        )
    return found


def ours(client: docker.APIClient) -> list[Found]:
    """Every image of ours here, the newest first."""
    with asking("images cannot be listed"):
        rows = client.images(filters={"label": PYTHON})
    newest = sorted(rows, key=lambda row: -int(row["Created"]))
    found = (find(client, row["Id"]) for row in newest)
    return [one for one in found if one is not None]


def holding(client: docker.APIClient, mounts: Iterable[Mount]) -> Found:
    """The image with every baked tree of ``mounts``, or the base where there is none to hold.

    Of several with the same trees one that a registry has, so that readers of records can get it.
    """
    wanted = {mount.target: mount.baked for mount in mounts if mount.baked}
    base = require_base(client)
    if not wanted:
        return base
    fits = [one for one in ours(client) if wanted.items() <= one.holds.items()]
    suited = [one for one in fits if one.base == base.base]
    if suited:
        return next((one for one in suited if one.identity().kind == "repo digest"), suited[0])
    name = next(m.source.parents[1].name for m in mounts if m.baked)
    raise SandboxUnavailable(
        f"the image of {name} was built on another base than {base_name()}"
        if fits
        else f"no image here has {name} as it is installed ({min(wanted.values())[:19]}...)",
        do=f"run: cab images build {name}",
    )


def toolchain(base: Found, name: str) -> Toolchain | Missing:
    """What the base image says of one toolchain."""
    if name not in known():
        raise UnknownName("toolchain", name, known(), do=f"known: {', '.join(known())}")
    row = _object(base.labels, TOOLCHAINS).get(name)
    if row is None:
        return Missing(
            name=name, reason="the base image has none", mend=f"cab images base --with {name}"
        )
    return Toolchain(
        name=name, version=row["version"], path=tuple(row["path"]), env=dict(row["env"])
    )
