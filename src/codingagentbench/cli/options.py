"""Options that several commands have: where the model is, and what holds what is run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Endpoint = Annotated[
    str | None, typer.Option(help="A configured endpoint or a base URL; CAB_ENDPOINT else.")
]
KeyEnv = Annotated[str | None, typer.Option(help="Variable that holds the key; CAB_KEY else.")]
KeyFile = Annotated[Path | None, typer.Option(help="File that holds the key.")]
Dialect = Annotated[
    str | None,
    typer.Option(help="chat, responses, messages or gemini; the agent's first by default."),
]
Config = Annotated[Path | None, typer.Option(help="The config file of endpoints.")]
Sandbox = Annotated[
    str, typer.Option(envvar="CAB_SANDBOX", help="bubblewrap, docker, or none (unsafe).")
]
