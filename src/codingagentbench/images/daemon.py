"""What building needs of the daemon: a context of files, a build without network, a look inside."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final, cast

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes.docker_daemon import LABEL, asking, connect, remove, words
from codingagentbench.sandboxes.docker_images import Found, find
from codingagentbench.version import VERSION

OnStep = Callable[[str], None]

_EPOCH: Final = 1_577_836_800  # 2020-01-01: files of a layer have one time, whenever it was built
_WAIT_S: Final = 300
_TELLS_S: Final = 2.0
#: Build arguments that every builder knows and keeps out of the image's history.
_PROXIES: Final = ("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY")


class Daemon:
    """A builder of images on this machine's daemon."""

    def __init__(self, on_step: OnStep) -> None:
        self.client = connect()
        self.say = on_step

    def build(
        self,
        dockerfile: str,
        trees: Mapping[str, Path],
        *,
        tag: str | None,
        labels: Mapping[str, str],
        network: str = "none",
    ) -> Found:
        """Build ``dockerfile``, in whose context each of ``trees`` lies under its name.

        Everything in the context belongs to root and has the same time, so that equal trees make
        equal layers. Raises ``SandboxError`` with the builder's last words.
        """
        with tempfile.TemporaryFile() as context:
            with tarfile.open(fileobj=context, mode="w") as tar:
                _add_text(tar, "Dockerfile", dockerfile)
                for name, tree in trees.items():
                    tar.add(tree, arcname=name, filter=_plain)
            context.seek(0)
            return self._build(context, tag=tag, labels=labels, network=network)

    def _build(
        self, context: IO[bytes], *, tag: str | None, labels: Mapping[str, str], network: str
    ) -> Found:
        built = ""
        with asking("an image cannot be built"):
            lines = self.client.build(
                fileobj=context,
                custom_context=True,
                tag=tag,
                labels={**labels, f"{LABEL}.harness-version": VERSION},
                network_mode=network,
                buildargs=_proxies() if network != "none" else {},
                rm=True,
                forcerm=True,
                decode=True,
            )
            for line in cast("Sequence[dict[str, Any]]", lines):
                if "error" in line:
                    said = " ".join(str(line["error"]).split())[-400:]
                    raise SandboxError(f"the image cannot be built: {said}", where=tag)
                said = str(line.get("stream", "")).strip()
                told = re.search(r"Successfully built ([0-9a-f]+)|^(sha256:[0-9a-f]{64})$", said)
                if told:
                    built = told[1] or told[2]
                built = (line.get("aux") or {}).get("ID", built)
        found = find(self.client, built) if built else None
        if found is None:
            raise SandboxError("the builder names no image", where=tag)
        return found

    def pull(self, repository: str, digest: str) -> None:
        """Have the daemon fetch ``repository@digest``, telling how far it is."""
        layers: dict[str, tuple[int, int]] = {}
        told = time.monotonic()
        with asking(f"'{repository}@{digest}' cannot be pulled"):
            lines = self.client.pull(repository, tag=digest, stream=True, decode=True)
            for line in cast("Sequence[dict[str, Any]]", lines):
                if "error" in line:
                    said = words(SandboxError(str(line["error"])))
                    raise SandboxError(
                        f"'{repository}@{digest}' cannot be pulled: {said}", where="docker"
                    )
                far = line.get("progressDetail") or {}
                if line.get("status") == "Downloading" and far.get("total"):
                    layers[str(line.get("id"))] = (int(far["current"]), int(far["total"]))
                if layers and time.monotonic() - told > _TELLS_S:
                    told = time.monotonic()
                    have = sum(bytes_ for bytes_, _ in layers.values()) >> 20
                    whole = sum(bytes_ for _, bytes_ in layers.values()) >> 20
                    self.say(f"pulled {have} of {whole} MiB")

    def load(self, tar: Path, *, changes: Sequence[str]) -> str:
        """An image of one layer out of a tar file of a root folder; its id."""
        with asking("a root folder cannot be imported"):
            answer = self.client.import_image_from_file(str(tar), changes=list(changes))
        told: list[dict[str, Any]] = [json.loads(line) for line in str(answer).splitlines() if line]
        for line in told:
            if "error" in line:
                raise SandboxError(f"the root folder cannot be imported: {line['error']}")
        return str(told[-1]["status"])

    def ask(self, image: str, *argv: str) -> str:
        """What a program prints in a fresh container; ``SandboxError`` if it fails."""
        with asking("a container cannot be made"):
            host = self.client.create_host_config(
                network_mode="none",
                read_only=True,
                cap_drop=["ALL"],
                security_opt=["no-new-privileges"],
                tmpfs={"/tmp": "size=64m"},  # noqa: S108  (inside)
            )
            made = self.client.create_container(
                image, list(argv), host_config=host, entrypoint=[], user="65534:65534"
            )["Id"]
        try:
            with asking("a container cannot be run"):
                self.client.start(made)
                code = int(self.client.wait(made, timeout=_WAIT_S)["StatusCode"])
                out = self.client.logs(made, stderr=False).decode("utf-8", "replace")
                err = self.client.logs(made, stdout=False).decode("utf-8", "replace")
        finally:
            remove(self.client, made)
        if code != 0:
            said = words(SandboxError(err.strip() or out.strip() or f"exit code {code}"))
            raise SandboxError(f"'{argv[0]}' fails in the image: {said}", where=image[:19])
        return out

    def tag(self, image: str, name: str) -> None:
        """Call ``image`` also ``name``."""
        repository, _, tag = name.rpartition(":")
        with asking(f"an image cannot be called '{name}'"):
            self.client.tag(image, repository, tag)

    def drop(self, image: str) -> None:
        """Remove a name or an image that others may still build on."""
        with suppress(SandboxError), asking("an image cannot be removed"):
            self.client.remove_image(image, noprune=True)


def recipe(*parts: object) -> str:
    """The digest of all that an image is made from."""
    text = json.dumps(parts, sort_keys=True, default=str)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _proxies() -> dict[str, str]:
    """This environment's, which may hold a password: builders leave these names out of history."""
    found: dict[str, str] = {}
    for name in _PROXIES:
        value = os.environ.get(name) or os.environ.get(name.lower())
        if value:
            found |= {name: value, name.lower(): value}
    return found


def _plain(row: tarfile.TarInfo) -> tarfile.TarInfo:
    row.uid = row.gid = 0
    row.uname = row.gname = "root"
    row.mtime = _EPOCH
    return row


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    row = tarfile.TarInfo(name)
    row.size, row.mode = len(data), 0o644
    tar.addfile(_plain(row), io.BytesIO(data))
