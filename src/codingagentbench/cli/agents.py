"""``cab agents``: which agents there are, and having them on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from codingagentbench.cli.output import Json, Quiet, count, print_json, print_table, seconds

if TYPE_CHECKING:
    from codingagentbench.agents import Agent, Manifest

app = typer.Typer(
    help="List, install, show and remove agents.", no_args_is_help=True, rich_markup_mode=None
)

Name = Annotated[str, typer.Argument(help="An agent, or AGENT@VERSION.")]


@app.command("list", epilog="Examples:  cab agents list   |   cab agents list --json")
def list_agents(as_json: Json = False) -> None:
    """Every agent, its pinned version, and what of it is installed."""
    from codingagentbench.agents import AGENTS, list_installed

    here: dict[str, list[Manifest]] = {}
    for manifest in list_installed():
        here.setdefault(manifest.name, []).append(manifest)
    found = [_summary(agent, here.get(agent.name, [])) for agent in AGENTS.values()]
    if as_json:
        print_json(found)
        return
    rows = [
        (
            a["name"],
            a["version"],
            ", ".join(a["dialects"]),
            ", ".join(i["version"] for i in a["installed"])
            or ("no, unverified" if a["unverified"] else "no"),
            ", ".join(f"{i['size_bytes'] / 2**20:.0f} MiB" for i in a["installed"]),
        )
        for a in found
    ]
    print_table(("agent", "pinned", "speaks", "installed", "size"), rows, right=("size",))


@app.command(
    epilog="Examples:  cab agents install aider   |   cab agents install codex@0.169.0 pi opencode"
)
def install(
    names: Annotated[list[str], typer.Argument(help="Agents, or AGENT@VERSION.")],
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Install agents side by side, each once, pinned, into a prefix of its own."""
    from codingagentbench.agents import get, show
    from codingagentbench.cli.installing import installed_with_progress

    wanted = [get(*_parsed(name)) for name in names]
    done = installed_with_progress(wanted, quiet=quiet or as_json)
    found = [m for i in done for m in show(i.agent, i.version)]
    if as_json:
        print_json([m.model_dump(mode="json", exclude={"packages"}) for m in found])
    elif not quiet:
        for manifest in found:
            print(f"{manifest.name} {manifest.version}   {_digest(manifest.digest)}")


@app.command(epilog="Examples:  cab agents remove aider   |   cab agents remove aider@0.86.2")
def remove(name: Name, quiet: Quiet = False) -> None:
    """Remove one version of an agent, or all of them."""
    from codingagentbench.agents import get
    from codingagentbench.agents import remove as remove_from_store

    plain, version = _parsed(name)
    get(plain)
    for gone in remove_from_store(plain, version):
        if not quiet:
            print(f"removed {plain} {gone}")


@app.command(epilog="Examples:  cab agents show aider   |   cab agents show codex --json")
def show(name: Name, as_json: Json = False) -> None:
    """One agent: what is installed of it, its digest, and how to wire it to your own model."""
    from codingagentbench.agents import get, wiring
    from codingagentbench.agents import show as manifests
    from codingagentbench.cli.output import console

    plain, version = _parsed(name)
    agent = get(plain, version)
    here = list(manifests(plain, version))
    if as_json:
        print_json(_summary(agent, here) | {"wiring": wiring(agent), "homepage": agent.homepage})
        return
    out = console()
    out.print(f"[bold]{agent.name}[/] {agent.version}   {agent.homepage}")
    out.print(f"  speaks     {', '.join(d.value for d in agent.dialects)}")
    out.print(f"  litter     {', '.join(agent.state_files) or 'none'}")
    if agent.unverified:
        out.print(f"  unverified {agent.unverified}", markup=False)
    if agent.notes:
        out.print(f"  note       {agent.notes}", markup=False)
    for manifest in here:
        out.print(
            f"  installed  {manifest.version}, {count(manifest.files)} files, "
            f"{manifest.size_bytes / 2**20:.0f} MiB, in {seconds(manifest.seconds)}"
        )
        out.print(f"             {manifest.digest}")
    if not here:
        out.print(f"  installed  no; cab agents install {agent.name}")
    out.print("\nWith your own model:\n")
    out.print(wiring(agent), markup=False)


def _parsed(name: str) -> tuple[str, str | None]:
    plain, _, version = name.partition("@")
    return plain, version or None


def _digest(digest: str) -> str:
    return digest[:19] + "..."


def _summary(agent: Agent, here: list[Manifest]) -> dict[str, Any]:
    return {
        "name": agent.name,
        "version": agent.version,
        "dialects": [dialect.value for dialect in agent.dialects],
        "state_files": list(agent.state_files),
        "unverified": agent.unverified,
        "installed": [
            {"version": m.version, "digest": m.digest, "size_bytes": m.size_bytes} for m in here
        ],
    }
