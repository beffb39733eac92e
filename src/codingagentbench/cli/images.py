"""``cab images``: container images of agents, for ``--sandbox docker`` and for publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from codingagentbench.cli.output import Json, Quiet, console, print_json, print_table

if TYPE_CHECKING:
    from codingagentbench.images import Daemon
    from codingagentbench.sandboxes import Image

app = typer.Typer(
    help="Build, pull, list and remove container images.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    epilog="Examples:  cab images base   |   cab images base --with python --with rust   |   "
    "cab images base --from debian:bookworm-slim"
)
def base(
    origin: Annotated[
        str | None,
        typer.Option("--from", help="An image with apt; without it, bootstrap from an archive."),
    ] = None,
    toolchains: Annotated[
        list[str] | None, typer.Option("--with", help="A toolchain of tasks; again for more.")
    ] = None,
    suite: Annotated[str, typer.Option(help="The Debian release to bootstrap.")] = "bookworm",
    mirror: Annotated[
        str, typer.Option(help="The Debian archive.")
    ] = "http://deb.debian.org/debian",
    network: Annotated[
        str, typer.Option(help="The network that --from fetches packages over, e.g. host.")
    ] = "default",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Make the image that every container runs on: a system, toolchains, this package."""
    from codingagentbench.images import BaseRecipe, build_base

    recipe = BaseRecipe(
        toolchains=tuple(toolchains or ("python",)),
        origin=origin,
        suite=suite,
        mirror=mirror,
        network=network,
    )
    found = build_base(recipe, _daemon(quiet=quiet or as_json))
    _told(found.identity(), as_json=as_json, quiet=quiet)


@app.command(epilog="Examples:  cab images build aider   |   cab images build codex@0.169.0 pi")
def build(
    names: Annotated[list[str], typer.Argument(help="Agents, or AGENT@VERSION.")],
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Make the image of each agent: the base, and what ``cab agents install`` puts here."""
    from codingagentbench.agents import get
    from codingagentbench.cli.installing import installed_with_progress
    from codingagentbench.images import build_agent

    daemon = _daemon(quiet=quiet or as_json)
    wanted = []
    for name in names:
        plain, _, version = name.partition("@")
        wanted.append(get(plain, version or None))
    here = installed_with_progress(wanted, quiet=quiet or as_json)
    for agent, installed in zip(wanted, here, strict=True):
        found = build_agent(agent, installed, daemon)
        _told(found.identity(), as_json=as_json, quiet=quiet)


@app.command(epilog="Example:  cab images pull registry.example.org/cab/aider@sha256:...")
def pull(
    reference: Annotated[str, typer.Argument(help="REPOSITORY@sha256:DIGEST.")],
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Take an agent from a published image: pulled by digest, its every file checked."""
    from codingagentbench.images import pull as pull_image

    found, installed = pull_image(reference, _daemon(quiet=quiet or as_json))
    if not (quiet or as_json):
        print(f"{installed.agent} {installed.version}   {installed.digest}")
    _told(found.identity(), as_json=as_json, quiet=quiet)


@app.command("list", epilog="Examples:  cab images list   |   cab images list --json")
def list_images(as_json: Json = False) -> None:
    """The images of agents on this machine."""
    from codingagentbench.images import listed

    found = listed(_daemon(quiet=True))
    if as_json:
        print_json([vars(one) for one in found])
        return
    rows = [
        (
            one.name,
            f"{one.digest[7:19]} ({one.kind})",
            "yes" if one.current else "no: another base",
            f"{one.size_bytes / 2**20:.0f} MiB",
        )
        for one in found
    ]
    print_table(("image", "identity", "runs cells", "size"), rows, right=("size",))


@app.command(epilog="Example:  cab images remove codingagentbench/aider:0.86.2")
def remove(
    names: Annotated[list[str], typer.Argument(help="Images, as the list has them.")],
    quiet: Quiet = False,
) -> None:
    """Take images away; records that name them stay as they are."""
    from codingagentbench.images import remove as remove_image

    daemon = _daemon(quiet=True)
    for name in names:
        remove_image(daemon, name)
        if not quiet:
            print(f"removed {name}")


def _daemon(*, quiet: bool) -> Daemon:
    from codingagentbench.sandboxes import open_sandbox

    open_sandbox("docker")  # says in one sentence what is missing
    from codingagentbench.images import Daemon

    out = console(to_stderr=True)

    def say(step: str) -> None:
        if not quiet:
            out.print(f"  {step}", markup=False, emoji=False)

    return Daemon(say)


def _told(image: Image, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        print_json(image.model_dump(mode="json"))
    elif not quiet:
        print(f"{image.reference}   {image.digest}   ({image.kind})")
