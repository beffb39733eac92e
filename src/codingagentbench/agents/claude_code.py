"""Claude Code, https://claude.com/claude-code: Messages; edits through its own tools."""

from __future__ import annotations

from codingagentbench.agents.claims import Claimed, lines_of_json, number, under
from codingagentbench.agents.model import Agent, Claims, Launch, LaunchRequest, Npm
from codingagentbench.agents.prompts import as_message, fed
from codingagentbench.agents.taking import rules_at, servers_at, skills_in
from codingagentbench.gateway.dialects import Dialect

_PROGRAM = "{prefix}/node_modules/@anthropic-ai/claude-code/bin/claude.exe"


def launch(request: LaunchRequest) -> Launch:
    """How Claude Code is started headless on ``request.prompt``; touches nothing.

    Every rank of model that it may ask for (a small one for chores) is the one model under test.
    """
    prompt = f"{request.home}/.claude/prompt.md"
    model = request.endpoint.model
    argv = (
        _PROGRAM.format(prefix=request.prefix),
        *("--print", "--model", model, "--dangerously-skip-permissions"),
        *("--output-format", "text"),
    )
    env = {
        "ANTHROPIC_BASE_URL": request.endpoint.url,
        "ANTHROPIC_AUTH_TOKEN": request.endpoint.key,
        "ANTHROPIC_SMALL_FAST_MODEL": model,
        "ANTHROPIC_DEFAULT_HAIKU_MODEL": model,
        "ANTHROPIC_DEFAULT_SONNET_MODEL": model,
        "ANTHROPIC_DEFAULT_OPUS_MODEL": model,
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "DISABLE_AUTOUPDATER": "1",
        "DISABLE_TELEMETRY": "1",
        "DISABLE_ERROR_REPORTING": "1",
        "IS_SANDBOX": "1",
    }
    return Launch(argv=fed(argv, prompt), env=env, files={prompt: as_message(request.prompt)})


def claimed(text: str) -> Claimed | None:
    """The totals that a session's file ends with; three kinds of input add up."""
    for row in lines_of_json(text):
        if isinstance(row, dict) and row.get("type") == "cost-state":
            used = under(row, "modelUsage")
            cached = sum(number(u, "cacheReadInputTokens") for u in used)
            fresh = ("inputTokens", "cacheCreationInputTokens")
            return {
                "input": cached + sum(number(u, name) for u in used for name in fresh),
                "cached": cached,
                "output": sum(number(u, "outputTokens") for u in used),
            }
    return None


CLAUDE_CODE = Agent(
    name="claude-code",
    version="2.1.329",
    homepage="https://claude.com/claude-code",
    install=Npm(package="@anthropic-ai/claude-code", node=None, setup="install.cjs"),
    dialects=(Dialect.MESSAGES,),
    launch=launch,
    takes={
        "rules": rules_at(".claude/CLAUDE.md"),
        "mcp": servers_at(".claude/mcp.json", option="--mcp-config"),
        "skills": skills_in(".claude/skills"),
    },
    claims=Claims(files=(".claude/projects/*/*.jsonl",), read=claimed),
    version_argv=(_PROGRAM, "--version"),
    retries="10, with up to 30 s between, also on 401 and 500; waits as Retry-After asks",
    own_timeout="about 360 s a try on a silent server",
    phones=("api.anthropic.com",),
    notes="Prints only its last words. Asks for 32,000 tokens of output and for thinking.",
)
