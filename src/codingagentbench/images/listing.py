"""Which images of ours are on this machine, and taking them away."""

from __future__ import annotations

from dataclasses import dataclass

from codingagentbench.errors import UsageError
from codingagentbench.images.daemon import Daemon
from codingagentbench.sandboxes.docker_daemon import asking
from codingagentbench.sandboxes.docker_images import Found, base_name, find, ours


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One image as ``cab images list`` shows it."""

    name: str
    digest: str
    kind: str  # "repo digest" or "image id"
    holds: dict[str, str]
    current: bool  # of the base that is in use, so that cells can run in it
    size_bytes: int


def listed(daemon: Daemon) -> tuple[Listed, ...]:
    """Every image of ours, the newest first; those without a name are left out."""
    base = find(daemon.client, base_name())
    return tuple(_row(one, base) for one in ours(daemon.client) if one.tags or one.repo_digests)


def remove(daemon: Daemon, name: str) -> None:
    """Take away an image of ours; ``UsageError`` when there is none of that name."""
    found = find(daemon.client, name)
    if found is None or found.id not in {one.id for one in ours(daemon.client)}:
        raise UsageError(f"there is no image of ours called '{name}'", do="see: cab images list")
    with asking(f"'{name}' cannot be removed"):
        daemon.client.remove_image(name)


def _row(one: Found, base: Found | None) -> Listed:
    named = one.identity()
    return Listed(
        name=next(iter(one.tags), named.reference),
        digest=named.digest,
        kind=named.kind,
        holds=one.holds,
        current=base is not None and one.base == base.base,
        size_bytes=one.size_bytes,
    )
