"""One image for each agent: the base, and the very prefix that is installed on this machine.

The recipe is run once, by ``cab agents install``; the image gets its result, byte for byte, and
a label with the digest by which records know it. So an agent is the same in every sandbox.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from codingagentbench.agents import Agent, Installed
from codingagentbench.agents.store import AGENT_INSIDE, folder_of, runtime_folder
from codingagentbench.errors import SandboxError
from codingagentbench.images.daemon import Daemon, recipe
from codingagentbench.sandboxes.docker_images import (
    BASE,
    HOLDS,
    PYTHON,
    RECIPE,
    REPOSITORY,
    TOOLCHAINS,
    Found,
    find,
    require_base,
)

#: Where the manifests of the trees lie in an image, as in a store of agents.
STORE_INSIDE: Final = "/opt/cab/agents"
_HEAD: Final = "FROM {base}\nUSER root\n"
_TREE: Final = "COPY {name} {place}\n"
_TAIL: Final = "RUN chown 1000:1000 /opt/cab/agents\nUSER 1000:1000\n"


def build_agent(agent: Agent, installed: Installed, daemon: Daemon) -> Found:
    """Build the image of ``installed`` on the base image, see that it starts, and give it a name.

    Raises ``SandboxError`` when the base does not suit it, e.g. for want of its Python.
    """
    base = require_base(daemon.client)
    name = f"{REPOSITORY}/{agent.name}:{installed.version.replace('+', '-')}"
    trees, text = {}, _HEAD.format(base=base.id)
    for number, (place, source) in enumerate(sorted(installed.mounts.items())):
        trees[f"tree{number}"] = source
        text += _TREE.format(name=f"tree{number}", place=place)
    labels = {
        HOLDS: json.dumps(dict(installed.digests), sort_keys=True),
        BASE: base.id,
        PYTHON: base.labels[PYTHON],
        TOOLCHAINS: base.labels[TOOLCHAINS],
        RECIPE: recipe(base.labels[RECIPE], dict(installed.digests)),
        "org.opencontainers.image.title": f"{agent.name} {installed.version}",
        "org.opencontainers.image.url": agent.homepage,
        "org.opencontainers.image.version": installed.version,
    }
    with tempfile.TemporaryDirectory() as scratch:
        store = _store(installed, Path(scratch))
        trees["store"] = store
        text += _TREE.format(name="store", place=STORE_INSIDE) + _TAIL
        daemon.say(f"building {name}")
        built = daemon.build(text, trees, tag=None, labels=labels)
    daemon.say(f"starting {agent.name} in it")
    try:
        daemon.ask(built.id, *_version_argv(agent, installed))
    except SandboxError as error:
        raise SandboxError(
            f"{agent.name} does not start on this base image: {error.what}",
            where=name,
            do="make the base of the release this machine runs (cab images base --suite ...)",
        ) from error
    daemon.tag(built.id, name)
    return find(daemon.client, built.id) or built


def _version_argv(agent: Agent, installed: Installed) -> tuple[str, ...]:
    places: Mapping[str, str] = {
        "prefix": AGENT_INSIDE,
        "python": installed.python or "",
        "node": installed.node or "",
    }
    words = tuple(word.format_map(places) for word in agent.version_argv)
    return ("/usr/bin/env", "HOME=/tmp", *words)


def _store(installed: Installed, scratch: Path) -> Path:
    """A store of agents whose prefixes are links to where the image has the trees."""
    for place, source in installed.mounts.items():
        here = (
            folder_of(scratch / "store", installed.agent, installed.version)
            if place == AGENT_INSIDE
            else runtime_folder(scratch / "store", source.parent.name)
        )
        here.mkdir(parents=True)
        shutil.copy2(source.parent / "manifest.json", here / "manifest.json")
        (here / "prefix").symlink_to(place)
    return scratch / "store"
