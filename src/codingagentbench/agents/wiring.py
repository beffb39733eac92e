"""How to start an agent by hand on a model of your own: made from its own launch value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from codingagentbench.agents.model import (
    Agent,
    Folder,
    Launch,
    LaunchRequest,
    ModelEndpoint,
    Npm,
    Pip,
    Release,
)
from codingagentbench.agents.prompts import is_piped, shell_line
from codingagentbench.gateway.dialects import Dialect

#: What the reader fills in; everything else in the text is as an attempt has it.
ENDPOINT, KEY, MODEL = "$YOUR_ENDPOINT", "$YOUR_KEY", "$YOUR_MODEL_ID"
PROMPT = "$YOUR_PROMPT"
AGENT, NODE, HOME = "$AGENT", "$NODE", "$HOME"

_HOLES = tuple(hole[1:] for hole in (ENDPOINT, KEY, MODEL, PROMPT, AGENT, NODE, HOME))
_OWN_HOME = 'export HOME="$(mktemp -d)"  # yours, and its settings, are left alone'
_KEPT = re.compile(r"\\\$(" + "|".join(_HOLES) + r")\b")
_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./-]+")


@dataclass(frozen=True, kw_only=True)
class Description:
    """What there is to say of an agent without running it."""

    name: str
    version: str
    homepage: str
    package: str  # "npm @openai/codex@0.169.0"
    runtime: str  # "Node 22", "Python >=3.10,<3.13", "none"
    dialects: tuple[Dialect, ...]
    streams: bool
    state_files: tuple[str, ...]
    memory_mb: int
    notes: str
    wiring: str


def describe(agent: Agent) -> Description:
    """The facts of ``agent``, for people and for ``--json``."""
    match agent.install:
        case Npm(package=package, node=node):
            package, runtime = f"npm {package}@{agent.version}", f"Node {node}" if node else "none"
        case Pip(package=package, python=python):
            package, runtime = f"pip {package}=={agent.version}", f"Python {python}"
        case Folder():
            package, runtime = "a folder", "none"
        case Release(url=url):
            package, runtime = url.format(version=agent.version, machine="MACHINE"), "none"
    return Description(
        name=agent.name,
        version=agent.version,
        homepage=agent.homepage,
        package=package,
        runtime=runtime,
        dialects=agent.dialects,
        streams=agent.streams,
        state_files=agent.state_files,
        memory_mb=agent.memory_mb,
        notes=agent.notes,
        wiring=wiring(agent),
    )


def wiring(agent: Agent, dialect: Dialect | None = None) -> str:
    """A shell script that starts ``agent`` as an attempt does, with the reader's own values.

    It is the launch value itself, written down: the same environment, files and command.
    """
    launch = agent.launch(
        LaunchRequest(
            prompt=PROMPT,
            endpoint=ModelEndpoint(
                url=ENDPOINT, key=KEY, dialect=dialect or agent.dialects[0], model=MODEL
            ),
            prefix=AGENT,
            python=f"{AGENT}/bin/python" if isinstance(agent.install, Pip) else None,
            node=f"{NODE}/bin/node" if isinstance(agent.install, Npm) else None,
            workspace=".",
            home=HOME,
            tmp="/tmp",  # noqa: S108  # a name inside the text, nothing is opened
        )
    )
    return "\n".join((_OWN_HOME, *_exports(launch), *_placed(launch), _command(launch))) + "\n"


def _exports(launch: Launch) -> list[str]:
    return [f"export {name}={_word(value)}" for name, value in launch.env.items()]


def _placed(launch: Launch) -> list[str]:
    folders = dict.fromkeys(path.rpartition("/")[0] for path in launch.files)
    lines = [f"mkdir -p {' '.join(map(_word, folders))}"] if folders else []
    for path, content in launch.files.items():
        if not content:
            lines.append(f": > {_word(path)}")
            continue
        body = _escaped(content, also="").rstrip("\n")
        lines += [f"cat > {_word(path)} <<END_OF_FILE", body, "END_OF_FILE"]
    return lines


def _command(launch: Launch) -> str:
    argv, fed_from = shell_line(launch.argv)
    line = " ".join(map(_word, argv))
    if fed_from and is_piped(launch.argv):
        return f"cat {_word(fed_from)} | {line}"
    return f"{line} < {_word(fed_from) if fed_from else '/dev/null'}"


def _word(text: str) -> str:
    """One word of shell: quoted unless it is plain, with the holes left open."""
    return text if _PLAIN.fullmatch(text) else f'"{_escaped(text, also=chr(34))}"'


def _escaped(text: str, *, also: str) -> str:
    """Everything that a shell would read is made literal, but for the holes."""
    return _KEPT.sub(r"$\1", re.sub(rf"([\\`${also}])", r"\\\1", text))
