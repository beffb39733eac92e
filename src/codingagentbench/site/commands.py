"""Commands that a reader can copy: check the files, run the cell again, embed the result."""

from __future__ import annotations

import base64
import json
import shlex
from dataclasses import dataclass
from html import escape
from typing import Final

from codingagentbench.cells import Record
from codingagentbench.endpoints import PROFILES
from codingagentbench.site.outcomes import look
from codingagentbench.site.text import digest, visible
from codingagentbench.version import VERSION

CHECK: Final = "sha256sum -c SHA256SUMS"

#: Colours of a badge's right half, by the class of the outcome's look.
_BADGE: Final = {
    "green": "#00724e",
    "vermilion": "#a84300",
    "grey": "#5c5c5c",
    "orange": "#8a5a00",
    "purple": "#8a4a72",
    "blue": "#005a8f",
    "sky": "#1f6f9c",
    "yellow": "#6b6400",
}


@dataclass(frozen=True, kw_only=True)
class Embed:
    """This result for other people's pages: texts to copy, and the badge to look at."""

    alt: str
    svg: str  # the badge
    badge: str  # the same as a data URI
    markdown: str
    html: str
    shields: str  # JSON for an endpoint badge


def run_command(record: Record) -> str:
    """The ``cab run`` that asks for this cell again: same agent, model, task and limits."""
    spec, budget = record.spec, record.spec.budget
    options = (
        ("--sandbox", spec.sandbox),
        ("--dialect", spec.dialect if spec.dialect != "none" else None),
        ("--timeout", f"{spec.timeout_s:g}"),
        ("--max-calls", budget.calls),
        ("--max-tokens", budget.tokens),
        ("--max-usd", budget.usd),
        ("--methodology", spec.methodology),
        ("--faults", _faults(record)),
        *(("--plugin", f"./{one.partition('@')[0]}.toml") for one in spec.plugin_stack),
    )
    own = "+" in spec.agent_version  # a file of the user's, which only they have
    agent = f"./{spec.agent}.toml" if own else f"{spec.agent}@{spec.agent_version}"
    lines = [
        f"cab run -a {_word(agent)} -m {_word(spec.model)} -t {_word(spec.task)}",
        " ".join(f"{name} {_word(str(value))}" for name, value in options if value is not None),
    ]
    if not record.identity.endpoint.get("builtin", False):
        lines.insert(0, 'CAB_ENDPOINT="$YOUR_ENDPOINT" CAB_KEY="$YOUR_KEY"')
    return " \\\n  ".join(lines)


def _faults(record: Record) -> str | None:
    """The profile of the faults that were let happen; one of the user's own is a file of theirs."""
    profile = record.spec.faults
    if profile is None:
        return None
    known = PROFILES.get(profile.name)
    same = known is not None and known.digest == profile.digest
    return profile.name if same else f"./{profile.name}.toml"


def check_agent_command(record: Record) -> str | None:
    """``cab check`` of this agent without a clone or an install; ``None`` for a user's own."""
    spec = record.spec
    if "+" in spec.agent_version:
        return None
    return (
        f"pipx run --spec ./codingagentbench-{VERSION}-py3-none-any.whl "
        f"codingagentbench check -a {_word(f'{spec.agent}@{spec.agent_version}')}"
    )


def reproduce_command(record: Record) -> str | None:
    """The ``cab reproduce`` that runs this cell from its record; ``None`` where it never ran."""
    spec = record.spec
    if record.exit is None or spec.dialect == "none":
        return None
    words = ["cab", "reproduce", _word(record.cell_id)]
    if "+" in spec.agent_version:
        words += ["--agent", _word(f"./{spec.agent}.toml")]
    for one in spec.plugin_stack:
        words += ["--plugin", _word(f"./{one.partition('@')[0]}.toml")]
    return " ".join(words)


def container_command(record: Record) -> str | None:
    """The same from the image that was used; ``None`` where there is none."""
    identity, spec = record.identity, record.spec
    if not identity.container_image or "+" in spec.agent_version:  # a user's own is in no image
        return None
    pinned = digest(identity.image_digest)
    image = _word(identity.container_image)
    if identity.image_digest_kind == "image id":
        head = (
            f"# the image of this run was built where it ran, with the id\n# {pinned}\n"
            f"cab images build {_word(f'{spec.agent}@{spec.agent_version}')}\n\n"
        )
    elif pinned:
        image = _word(f"{identity.container_image}@{pinned}")
        head = f"# the exact image of this run\ndocker pull {image}\n\n"
    else:
        head = "# no digest was recorded: the image may have changed\n"
    return head + " \\\n  ".join(
        (
            "docker run --rm",
            '-e CAB_ENDPOINT="$YOUR_ENDPOINT"',
            '-e CAB_KEY="$YOUR_KEY"',
            image,
            f"run-cell --tui {_word(spec.agent)} --model {_word(spec.model)}"
            f" --task {_word(spec.task)}",
        )
    )


def embed(record: Record, *, address: str, site: str | None = None) -> Embed:
    """``address``: the page's path below the folder that is published, at ``site`` once it is.

    A page that stands alone carries its badge with it; on a site the badge is a file beside it.
    """
    message, colour = _message(record), _BADGE[look(record.scores.outcome).colour]
    label = f"{record.spec.agent} × {record.spec.model}"
    alt = f"CodingAgentBench: {label} {message}"
    svg = _svg(visible(label), visible(message), colour)
    data = f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    link = f"{(site or 'YOUR_SITE').rstrip('/')}/{address}"
    badge = data if site is None else link.removesuffix("index.html") + "badge.svg"
    shields = {
        "schemaVersion": 1,
        "label": label,
        "message": message,
        "color": colour.removeprefix("#"),
    }
    return Embed(
        alt=alt,
        svg=svg,
        badge=data,
        markdown=f"[![{_plain(alt)}]({badge})]({link})",
        html=f'<a href="{escape(link)}"><img src="{escape(badge)}" alt="{escape(alt)}"></a>',
        shields=json.dumps(shields, ensure_ascii=False),
    )


def _message(record: Record) -> str:
    """The outcome, and the composite in per cent where there is a scored one."""
    verdict, composite = record.scores.verdict, record.scores.composite
    word = look(verdict.outcome).word
    if not verdict.scored or composite is None:
        return f"{word}, not scored"
    return f"{composite:.0%}" if word == "passed" else f"{word}, {composite:.0%}"


def _plain(text: str) -> str:
    """``text`` inside the brackets of a Markdown link."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _word(text: str) -> str:
    return shlex.quote(text)


def _svg(label: str, message: str, colour: str) -> str:
    """A flat badge, 20 high. Widths are guessed from the number of characters."""
    label, message = label[:60], message[:40]
    left, right = 12 + 6.6 * len(label), 12 + 6.6 * len(message)
    name, words = escape(label), escape(message)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right:.0f}" height="20" '
        f'role="img" aria-label="{name}: {words}">'
        f'<path fill="#333" d="M0 0h{left:.0f}v20H0z"/>'
        f'<path fill="{colour}" d="M{left:.0f} 0h{right:.0f}v20h-{right:.0f}z"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="6" y="14" textLength="{left - 12:.0f}" lengthAdjust="spacingAndGlyphs">{name}'
        f'</text><text x="{left + 6:.0f}" y="14" textLength="{right - 12:.0f}" '
        f'lengthAdjust="spacingAndGlyphs">{words}</text></g></svg>'
    )
