"""Lines of the trace as HTML. They are most of a page, so they are put together here and not by
the template engine, which takes three times as long for them."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from codingagentbench.site.siblings import escape
from codingagentbench.site.text import cut, ms
from codingagentbench.site.timeline import Lane, SpanRow


def lanes(given: Iterable[Lane]) -> Markup:
    """The bars of the timeline, a line each."""
    return Markup("\n".join(map(_lane, given)))  # noqa: S704 - of escaped parts


def _lane(lane: Lane) -> str:
    label = escape(lane.label)
    failed, cross = (" failed", "✗ ") if lane.failed else ("", "")
    return (
        f'<span class="name" title="{label}"><a href="#{lane.anchor}"><span class="soft">'
        f'{lane.kind}</span> {label}</a></span><svg class="bar plot" aria-hidden="true"><rect '
        f'class="{lane.kind}{failed}" x="{lane.start}%" width="{lane.width}%" height="12"/></svg>'
        f'<span class="r">{cross}{lane.duration}</span>'
    )


def span_rows(given: Iterable[SpanRow]) -> Markup:
    """The lines of the table of spans."""
    return Markup("\n".join(map(_span_row, given)))  # noqa: S704 - of escaped parts


def _span_row(row: SpanRow) -> str:
    span = row.span
    moment = "" if span.kind.value == "model_call" else f' data-t="{row.start_ms:.3f}"'
    below = f'<br><span class="deep">↳ {escape(span.parent_id)}</span>' if span.parent_id else ""
    error = f"<b>✗ {escape(cut(span.error, limit=600))}</b> " if span.error else ""
    return (
        f'<tr id="{row.anchor}"{moment}><th scope="row" class="num">{escape(span.span_id)}{below}'
        f'</th><td>{span.kind.value}</td><td class="said">{escape(span.name)}</td><td class="r">'
        f'{ms(row.start_ms)}</td><td class="r">{ms(span.duration_ms)}</td><td class="wide">{error}'
        f'<code class="json">{escape(row.attributes)}</code></td></tr>'
    )
