"""Whatever an agent, a model or a task writes stays text."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import BaseModel

from codingagentbench.cells import Record
from codingagentbench.site import render_page
from codingagentbench.site.conversation import Body, Exchange
from codingagentbench.site.messages import Turn
from codingagentbench.site.terminal import Screen
from codingagentbench.trace import Span

from . import make
from .reading import Page

MARK = "zqx"
CORPUS = (
    "<script>alert('zqx')</script>",
    "</script><script>alert('zqx')</script>",
    "</style></pre></title></textarea><img src=x onerror=alert('zqx')>",
    "'\" onmouseover=alert('zqx') x='\"",
    "--><svg onload=alert('zqx')>",
    "javascript:alert('zqx')",
    "{{ 7*7 }}{% include 'zqx' %}",
    "`$(zqx)`; rm -rf zqx",
    "&lt;script&gt;zqx&#x3c;",
    "\u202etxt.zqx\u2066\u200b\ufeff",
    "zqx\x00\x08\x1b[31m\x9b\x7f\x85",
    "zqx\udc80\ud800 half",
    "](javascript:zqx) [x](y)",
    "]]>zqx<![CDATA[",
)
#: Fields whose values have a shape of their own.
_KEPT = frozenset(
    {"kind", "outcome", "sandbox", "methodology", "dialect", "behavior_mode", "schema_version"}
    | {"span_id", "parent_id", "error", "killed_by", "better", "method_"}
)


def poisoned(value: Any, poison: str) -> Any:
    """``value`` with ``poison`` in every text of it; models are not validated again."""
    if isinstance(value, BaseModel):
        named = {n: getattr(value, n) for n in type(value).model_fields}
        keep = _KEPT - ({"error"} if isinstance(value, Span) else frozenset())
        changed = {
            n: v if n in keep and n not in ("method",) else poisoned(v, poison)
            for n, v in named.items()
        }
        return value.model_copy(update=changed)
    if type(value) is str:
        return f"{value}{poison}"
    if isinstance(value, tuple):
        return tuple(poisoned(item, poison) for item in value)
    if isinstance(value, dict):
        return {poisoned(k, poison): poisoned(v, poison) for k, v in value.items()}
    return value


def hostile(poison: str) -> tuple[Record, dict[str, Any]]:
    """A record and what lies beside it, with ``poison`` wherever text can be."""
    calls = [make.call(0), make.throttled(1)]
    record = make.record(
        ledger=make.ledger(calls),
        verification=make.verification(failing=make.HIDDEN[:1]),
        document="d",
        output_tail="o",
    )
    bad: Record = poisoned(record, poison)
    if "\ud800" in poison:  # names become paths, which cannot have halves of characters
        bad = bad.model_copy(update={"spec": record.spec})
    bad = bad.model_copy(update={"truth": make.truth(record.ledger)})
    turn = Turn(f"user{poison}", f"hello{poison}")
    body = Body(sha256=make.HEX, path=f"bodies/{make.HEX}.zst")
    talk = Exchange(sent=(turn,), answered=(turn,), request=body, note=poison)
    beside = {
        "patch": f"--- a/src/lib.rs{poison}\n+++ b/src/lib.rs{poison}\n"
        f"@@ -1 +1 @@\n-{poison}\n+{poison}\n",
        "screen": Screen(text=poison, seconds=1, events=1, cut=False),
        "talks": {0: talk, 1: talk},
    }
    return bad, beside


@pytest.fixture(scope="module")
def tame() -> Page:
    """The same page with harmless text in the same places."""
    record, beside = hostile(MARK)
    return Page(render_page(record, **beside))


@pytest.mark.parametrize("poison", CORPUS)
def test_text_stays_text(poison: str, tame: Page) -> None:
    """The page has the tags and attributes of a harmless one, and no others."""
    record, beside = hostile(poison)
    html = render_page(record, **beside)
    html.encode()
    page = Page(html)
    assert MARK in page.text
    assert [] == page.unmatched == page.open
    assert 1 == len(page.attributes("meta", "http-equiv"))
    tags = [(tag, sorted(attrs)) for tag, attrs in page.tags]
    assert {t for t, _ in tags} <= {t for t, _ in tame.tags}
    names = {n for _, attrs in tags for n in attrs}
    assert names <= {n for _, attrs in tame.tags for n in attrs}
    assert not [n for n in names if n.startswith("on") or n == "style"]
    assert 1 == sum(tag == "script" for tag, _ in tags)


@pytest.mark.parametrize("poison", CORPUS)
def test_links_lead_nowhere_new(poison: str) -> None:
    record, beside = hostile(poison)
    page = Page(render_page(record, **beside))
    for address in page.attributes("a", "href"):
        assert address.startswith(("#", "./", "../", "https://aider.chat"))
    for address in page.attributes("img", "src"):
        assert address.startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize("poison", CORPUS)
def test_nothing_is_hidden(poison: str) -> None:
    """No control or reordering character is left in the page at all."""
    record, beside = hostile(poison)
    html = render_page(record, **beside)
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", html
    )


def test_a_home_that_is_no_web_address_is_no_link() -> None:
    record = make.record()
    identity = make.identity(make.task(), agent_homepage="javascript:alert(1)")
    page = Page(render_page(record.model_copy(update={"identity": identity})))
    assert not [h for h in page.attributes("a", "href") if "alert" in h]


def test_the_policy_allows_only_what_is_in_the_page() -> None:
    """Style and script by their hashes; nothing inline besides, nothing from any host."""
    page = Page(render_page(make.record()))
    (policy,) = page.attributes("meta", "content")[:1]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert not page.attributes("div", "style")
