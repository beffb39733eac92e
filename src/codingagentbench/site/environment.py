"""The templates, and what keeps whatever stands in a record from acting in a page."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from codingagentbench.site import text
from codingagentbench.site.colours import diff_html
from codingagentbench.site.outcomes import look
from codingagentbench.site.siblings import escape, lines
from codingagentbench.site.tracehtml import lanes, span_rows

#: Of every page of a site: style sheets, scripts and pictures of its own, nothing from anywhere.
#: The terminal player is WebAssembly inside its own script.
SITE_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
    "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'"
)

#: Of the page that looks on: it asks its own server how things are.
LIVE_POLICY: Final = f"{SITE_POLICY}; connect-src 'self'"


@cache
def environment() -> Environment:
    """Everything is escaped; text is made visible first; a name that is not there is an error."""
    env = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        loader=FunctionLoader(asset),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals |= {
        "look": look,
        "siblings": lines,
        "diff_html": diff_html,
        "fact": _fact,
        "lanes": lanes,
        "span_rows": span_rows,
        "count": text.count,
        "figure": text.figure,
        "seconds": text.seconds,
        "ms": text.ms,
        "size": text.size,
        "instant": text.instant,
        "clock": text.clock,
        "digest": text.digest,
        "plural": text.plural,
        "css": Markup(asset("page.css")),  # noqa: S704 (our own file)
        "js": Markup(asset("page.js")),  # noqa: S704
    }
    env.filters |= {
        "as_json": text.as_json,
        "cut": text.cut,
        "tail": text.tail,
        "sentence": text.sentence,
    }
    return env


@cache
def asset(name: str) -> str:
    """A file of the package's ``templates`` folder."""
    return (files("codingagentbench.site") / "templates" / name).read_text("utf-8")


@cache
def policy(*, script: str | None) -> str:
    """The Content-Security-Policy: our one style sheet, our one script, nothing from anywhere."""
    scripts = f"script-src '{_hash(asset(script))}'" if script else "script-src 'none'"
    return (
        f"default-src 'none'; style-src '{_hash(asset('page.css'))}'; {scripts}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _fact(name: str, value: object) -> Markup:
    """A name and what is known of it: part of a list, four times as fast as a macro."""
    if value is None or value == "":
        said = '<span class="soft">not recorded</span>'
    else:
        said = f'<span class="mono">{escape(str(value))}</span>'
    return Markup(f"<dt>{escape(name)}</dt><dd>{said}</dd>")  # noqa: S704 - of escaped parts


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _finalize(value: Any) -> Any:
    """What an expression of a template comes to: text made visible, null said in words."""
    if value is None:
        return text.NOT_MEASURED
    if isinstance(value, str) and type(value) is not Markup:
        return text.visible(value)
    return value
