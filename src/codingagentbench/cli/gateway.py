"""``cab gateway``: record anyone's agent."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codingagentbench.cli.options import KeyEnv, KeyFile
from codingagentbench.cli.output import Quiet, count

if TYPE_CHECKING:
    from codingagentbench.gateway import Call
    from codingagentbench.gateway.standalone import Listening

EXAMPLES = """\
Examples:  CAB_KEY=... cab gateway --upstream https://host/v1   |
cab gateway --upstream http://127.0.0.1:8080/v1 --port 9000 --out traffic
"""


def gateway(
    upstream: Annotated[
        str,
        typer.Option(envvar="CAB_ENDPOINT", help="The provider's base URL, or a configured name."),
    ],
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 0,
    out: Annotated[Path, typer.Option(help="Where calls.jsonl and bodies/ go.")] = Path("traffic"),
    key_env: KeyEnv = None,
    key_file: KeyFile = None,
    quiet: Quiet = False,
) -> None:
    """Forward to a provider and count every call; ^C ends it and prints the totals."""
    from codingagentbench.endpoints import resolve
    from codingagentbench.gateway import record, run
    from codingagentbench.redact import Redactor, host_paths

    # Any model goes: the name that an agent asks for is passed on as it is.
    target = resolve(
        "any", endpoint=upstream, key_env=key_env, key_file=key_file, environ=os.environ
    )
    assert target.upstream is not None
    forward = target.upstream.model_copy(update={"model": None})
    with contextlib.suppress(KeyboardInterrupt):
        run(
            record(
                forward,
                host=host,
                port=port,
                out=out,
                on_listen=_say_where,
                on_call=None if quiet else _say_call,
                redactor=Redactor(target.secrets(), host_paths()),
            )
        )
    _say_totals(out)


def _say_where(listening: Listening) -> None:
    from codingagentbench.gateway import Dialect

    print(f"OpenAI clients     {listening.url(Dialect.CHAT)}")
    print(f"Anthropic clients  {listening.url(Dialect.MESSAGES)}")
    print(f"Gemini clients     {listening.url(Dialect.GEMINI)}")
    print(f"key                {listening.key}", flush=True)


def _say_call(call: Call) -> None:
    usage = call.usage
    took = "-" if call.duration_ms is None else f"{call.duration_ms:.0f} ms"
    print(
        f"{call.index:4}  {call.status or '-':>3}  {call.model or '-'}  "
        f"{count(usage.input)} in ({count(usage.cached)} cached), {count(usage.output)} out  "
        f"{took}  {call.error or call.finish or ''}",
        flush=True,
    )


def _say_totals(out: Path) -> None:
    from codingagentbench.gateway import Ledger

    path = out / "ledger.json"
    if path.is_file():
        totals = Ledger.model_validate_json(path.read_bytes()).totals
        print(
            f"{totals.calls} calls, {totals.failed_calls} failed, {count(totals.input)} tokens in, "
            f"{count(totals.output)} out; rows in {out / 'calls.jsonl'}"
        )
