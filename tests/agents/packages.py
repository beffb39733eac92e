"""Two agents as small as can be: real packages from the real registries."""

from __future__ import annotations

from codingagentbench.agents import Agent, Launch, LaunchRequest, Npm, Pip
from codingagentbench.gateway.dialects import Dialect


def launch(request: LaunchRequest) -> Launch:
    return Launch(argv=("true",))


def tiny(name: str, version: str, how: Npm | Pip) -> Agent:
    return Agent(
        name=name,
        version=version,
        homepage="https://example.org",
        install=how,
        dialects=(Dialect.CHAT,),
        launch=launch,
        version_argv=("true",),
    )


NPM = tiny("tiny-npm", "3.0.1", Npm(package="is-odd", node=None))
PIP = tiny("tiny-pip", "2.0.0", Pip(package="iniconfig", python=">=3.10"))
