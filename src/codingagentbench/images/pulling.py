"""An agent out of a published image: pulled by digest, checked, and put in the store of agents.

Who trusts the digest needs to trust nothing else: the registry's content is checked against it by
the daemon, the agent's files against the manifest by us. Afterwards the agent runs in every
sandbox, as if it had been installed here.
"""

from __future__ import annotations

import json
import re
import tarfile
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any, Final, cast

import docker

from codingagentbench.agents import Agent, Installed, get, installed
from codingagentbench.agents.digest import digest_tree
from codingagentbench.agents.store import (
    AGENT_INSIDE,
    Manifest,
    default_store,
    folder_of,
    provide,
    runtime_folder,
)
from codingagentbench.errors import SandboxError, UsageError
from codingagentbench.images.agents import STORE_INSIDE
from codingagentbench.images.daemon import Daemon
from codingagentbench.sandboxes.docker_daemon import asking, remove
from codingagentbench.sandboxes.docker_images import Found, base_name, find

_REFERENCE: Final = re.compile(r"(?P<repository>[\w./:-]+)@(?P<digest>sha256:[0-9a-f]{64})")
_MANIFEST_BYTES: Final = 4 << 20
_PREFIX_BYTES: Final = 8 << 30


def pull(reference: str, daemon: Daemon) -> tuple[Found, Installed]:
    """Have the image ``repository@sha256:...`` here, and the agent in it in the store.

    Where there is no base image yet, this becomes it: it has all that one needs. Raises
    ``UsageError`` for a reference without a digest, ``SandboxError`` for an image that is not what
    its labels say.
    """
    asked = _REFERENCE.fullmatch(reference)
    if asked is None:
        raise UsageError(
            f"'{reference}' does not say which image", do="give REPOSITORY@sha256:DIGEST"
        )
    repository = asked["repository"]
    daemon.say(f"pulling {reference}")
    if find(daemon.client, reference) is None:
        daemon.pull(repository, asked["digest"])
    found = find(daemon.client, reference)
    if found is None or reference not in found.repo_digests:
        raise SandboxError("the daemon pulled something else", where=reference)
    if AGENT_INSIDE not in found.holds:
        raise SandboxError("there is no agent of ours in that image", where=reference)
    here = _taken(found, daemon, reference)
    if find(daemon.client, base_name()) is None:
        daemon.tag(found.id, base_name())
    return found, here


def _taken(found: Found, daemon: Daemon, reference: str) -> Installed:
    """Copy manifests and trees out of a container that is never started."""
    store = default_store()
    with asking("a container cannot be made"):
        made = daemon.client.create_container(found.id, ["true"])["Id"]
    try:
        agent: Agent | None = None
        for manifest in _manifests(daemon.client, made):
            runtime = manifest.name == "node"
            folder = (
                runtime_folder(store, manifest.version)
                if runtime
                else folder_of(store, manifest.name, manifest.version)
            )
            place = "/opt/node" if runtime else AGENT_INSIDE
            if found.holds.get(place) != manifest.digest:
                raise SandboxError("labels and manifest do not agree", where=reference)
            daemon.say(f"taking {manifest.name} {manifest.version}")
            _put(daemon, made, place, manifest, store, folder)
            agent = agent if runtime else get(manifest.name, manifest.version)
    finally:
        remove(daemon.client, made)
    here = None if agent is None else installed(agent)
    if here is None:
        raise SandboxError("the image has no manifest of an agent", where=reference)
    return here


def _put(
    daemon: Daemon, made: str, place: str, manifest: Manifest, store: Path, folder: Path
) -> None:
    def make(prefix: Path) -> Manifest:
        _extract(daemon.client, made, place, prefix)
        tree = digest_tree(prefix)
        if (tree.files, tree.bytecode) != (manifest.digest, manifest.bytecode_digest):
            raise SandboxError("the files in the image are not those of its manifest", where=place)
        return manifest

    provide(store, folder, make=make, waiting=lambda: daemon.say("waiting for another install"))


def _manifests(client: docker.APIClient, made: str) -> list[Manifest]:
    with tempfile.TemporaryDirectory() as scratch:
        _extract(client, made, STORE_INSIDE, Path(scratch), only="manifest.json")
        texts = [path.read_text("utf-8") for path in sorted(Path(scratch).rglob("manifest.json"))]
    try:
        found = [Manifest.model_validate(json.loads(text)) for text in texts]
    except ValueError as error:
        raise SandboxError(
            "a manifest in the image is none that this version understands", where=STORE_INSIDE
        ) from error
    for one in found:
        for name in (one.name, one.version):
            if PurePosixPath(name).name != name or name.startswith((".", "_")):
                raise SandboxError("a manifest in the image has a hostile name", where=repr(name))
    return found


def _extract(
    client: docker.APIClient, made: str, place: str, into: Path, *, only: str | None = None
) -> None:
    """The tree at ``place`` of a container, below ``into``; nothing can leave it."""
    limit = _PREFIX_BYTES if only is None else _MANIFEST_BYTES
    with tempfile.TemporaryFile() as spool:
        size = 0
        with asking(f"'{place}' cannot be copied out of the image"):
            pieces, _told = client.get_archive(made, place)
            for piece in cast("Any", pieces):
                size += len(piece)
                if size > limit:
                    raise SandboxError(f"more than {limit >> 20} MB in the image", where=place)
                spool.write(piece)
        spool.seek(0)
        with tarfile.open(fileobj=spool) as tar:
            links: set[tuple[str, ...]] = set()
            for row in tar:
                _one(tar, row, into, only, links)


def _one(
    tar: tarfile.TarFile,
    row: tarfile.TarInfo,
    into: Path,
    only: str | None,
    links: set[tuple[str, ...]],
) -> None:
    below = PurePosixPath(row.name).parts[1:]  # the first is the folder itself
    if not below or (only is not None and (below[-1] != only or not row.isfile())):
        return
    other = PurePosixPath(row.linkname).parts[1:] if row.islnk() else ()
    outside = any(
        ".." in path or any(path[:depth] in links for depth in range(1, len(path)))
        for path in (below, other)
    )
    if outside or not (row.isreg() or row.isdir() or row.issym() or row.islnk()):
        what = "the image has a tree that cannot be an installed agent's"
        raise SandboxError(what, where=repr(row.name))
    if row.issym():
        links.add(below)
    if row.islnk():
        row.linkname = "/".join(other)
    try:
        plain = tarfile.tar_filter(row.replace(name="/".join(below), deep=False), str(into))
    except tarfile.FilterError as error:
        raise SandboxError("the image has a tree with hostile names", where=row.name) from error
    tar.extract(plain, into, set_attrs=True, numeric_owner=True, filter="fully_trusted")
