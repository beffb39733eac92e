"""How agents take rules, MCP servers and skills: the few ways there are, as functions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from codingagentbench.agents.plugins import Placing, Plugin, Server, Taker


def rules_at(path: str) -> Taker:
    """Rules are appended to the file at ``path`` below HOME."""

    def take(placing: Placing, plugin: Plugin) -> Placing:
        place = f"{placing.home}/{path}"
        before = placing.files.get(place)
        text = plugin.rules or ""
        return _with(placing, {place: text if before is None else f"{before}\n\n{text}"})

    return take


def skills_in(folder: str, *, without: tuple[str, ...] = ()) -> Taker:
    """Each skill is a folder below ``folder`` below HOME; options in ``without`` are dropped."""

    def take(placing: Placing, plugin: Plugin) -> Placing:
        files = {
            f"{placing.home}/{folder}/{skill}/{path}": text
            for skill, texts in plugin.skills.items()
            for path, text in texts.items()
        }
        argv = tuple(word for word in placing.argv if word not in without)
        return _with(replace(placing, argv=argv), files)

    return take


def plain(server: Server) -> Mapping[str, Any]:
    """The shape most agents share: command, arguments, environment."""
    return {"command": server.command[0], "args": list(server.command[1:]), "env": server.env}


def servers_at(
    path: str,
    key: str = "mcpServers",
    *,
    shape: Callable[[Server], Mapping[str, Any]] = plain,
    option: str | None = None,
) -> Taker:
    """Servers are entries below ``key`` of the JSON file at ``path`` below HOME.

    ``option``: the program is told of that file by it.
    """

    def take(placing: Placing, plugin: Plugin) -> Placing:
        place = f"{placing.home}/{path}"
        before = json.loads(placing.files.get(place, "{}"))
        entries = {name: shape(one) for name, one in plugin.servers.items()}
        before[key] = {**before.get(key, {}), **entries}
        told = () if option is None or option in placing.argv else (option, place)
        argv = (*placing.argv, *told)
        return _with(replace(placing, argv=argv), {place: json.dumps(before, indent=1)})

    return take


def _with(placing: Placing, files: Mapping[str, str]) -> Placing:
    return replace(placing, files={**placing.files, **files})
