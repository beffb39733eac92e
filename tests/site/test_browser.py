"""Pages in a real browser, from disk: nothing is asked of anyone, and the keys work."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from codingagentbench.site import build_site, render_page

from . import laid, make
from .browser import PROGRAM, Tab, tab
from .test_hostile import CORPUS, hostile

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine"),
]
CELL = "local/aider/oracle/mutations/rust-error-negated/run1/attempt1/index.html"
NOW = "document.querySelector('.now-panel').innerText"
TIME = "document.querySelector('.replay output').textContent"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("pages")
    laid.stored(root, make.record(), patch=make.PATCH, cast=laid.cast("hello\r\n"))
    laid.stored(root, make.rate_limited(agent="codex"))
    laid.stored(root, make.nothing(agent="pi"))
    long = make.record(
        agent="a" * 80,
        model="m" * 90,
        ledger=make.ledger([make.call(n, every_ms=190) for n in range(3000)]),
        exit=make.ended(wall_s=590),
    )
    laid.stored(
        root, long, patch="--- a/src/lib.rs\n+++ b/src/lib.rs\n@@ -0,0 +1 @@\n+" + "x" * 900
    )
    build_site(root)
    yield root
    shutil.rmtree(root)


@pytest.fixture
async def browser() -> AsyncIterator[Tab]:
    async with tab() as opened:
        yield opened


async def test_every_page_is_silent_and_alone(root: Path, browser: Tab) -> None:
    """No console message, no exception, nothing blocked; one request a page, for the file."""
    pages = sorted(root.rglob("index.html"))
    assert 5 == len(pages)
    for page in pages:
        browser.requests.clear()
        await browser.open(page)
        asked = [r for r in browser.requests if not r.startswith("data:")]
        assert [page.as_uri()] == asked
    assert [] == browser.problems


async def test_keys_move_through_the_trace(root: Path, browser: Tab) -> None:
    await browser.open(root / CELL)
    assert "t = 0 ms / 5.42 s" == await browser.value(TIME)
    assert "task_setup" in await browser.value(NOW)
    await browser.value("document.querySelector('.replay').focus()")
    await browser.press("ArrowRight")
    assert "adapter_run" in await browser.value(NOW)
    assert "t = 4.00 ms / 5.42 s" == await browser.value(TIME)
    await browser.press("ArrowLeft")
    assert "task_setup" in await browser.value(NOW)
    for _ in range(5):
        await browser.press(".")
    assert "t = 500 ms / 5.42 s" == await browser.value(TIME)
    panel = await browser.value(NOW)
    assert "5feceb66ffc8" in panel, "the first model call is what goes on at half a second"
    await browser.press(",")
    assert "t = 400 ms / 5.42 s" == await browser.value(TIME)


async def test_arrows_reach_every_span_and_call_once(root: Path, browser: Tab) -> None:
    await browser.open(root / CELL)
    await browser.value("document.querySelector('.replay').focus()")
    seen = [await browser.value("document.querySelector('tr.now').id")]
    for _ in range(12):
        await browser.press("ArrowRight")
        seen.append(await browser.value("document.querySelector('tr.now').id"))
    record = make.record()
    steps = sum(s.kind.value != "model_call" for s in record.spans) + len(record.ledger.calls)
    assert steps == len(set(seen))
    assert seen[-1] == seen[-2], "the last step is the end"


async def test_space_plays_and_pauses(root: Path, browser: Tab) -> None:
    await browser.open(root / CELL)
    await browser.value("document.querySelector('.replay').focus()")
    await asyncio.sleep(0.5)
    before = await browser.value("scrollY")
    await browser.press(" ")
    await asyncio.sleep(0.5)
    await browser.press(" ")
    stopped = await browser.value("document.querySelector('.replay input').value")
    assert 100 < float(stopped) < 5000
    await asyncio.sleep(0.2)
    assert stopped == await browser.value("document.querySelector('.replay input').value")
    assert before == await browser.value("scrollY"), "the page does not scroll under the key"


async def test_space_on_the_button_acts_once(root: Path, browser: Tab) -> None:
    await browser.open(root / CELL)
    await browser.value("document.querySelector('.replay button').focus()")
    await browser.press(" ")
    assert "Pause" == await browser.value("document.querySelector('.replay button').textContent")
    await browser.press(" ")
    assert "Play" == await browser.value("document.querySelector('.replay button').textContent")


@pytest.mark.parametrize("width", [360, 768, 1280, 2560])
async def test_no_page_is_wider_than_its_window(root: Path, browser: Tab, width: int) -> None:
    for page in sorted(root.rglob("index.html")):
        await browser.open(page, width=width)
        assert width >= await browser.value("document.documentElement.scrollWidth"), page


async def test_without_script_the_page_is_whole(root: Path, browser: Tab) -> None:
    """The timeline is drawn, the controls that would do nothing are not there."""
    await browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    await browser.open(root / CELL)
    await browser.ask("Emulation.setScriptExecutionDisabled", value=False)
    shown = "document.querySelector('.controls').offsetHeight"
    assert 0 == await browser.value(shown)
    assert "task_setup" in await browser.value(NOW)
    assert 6 == await browser.value("document.querySelectorAll('.lanes rect').length")
    assert await browser.value("document.querySelector('.lanes').offsetHeight > 100")


async def test_hostile_text_does_nothing(browser: Tab, tmp_path: Path) -> None:
    """Not when it loads, not when the replay goes through every row."""
    for number, poison in enumerate(CORPUS):
        record, beside = hostile(poison)
        page = tmp_path / f"{number}.html"
        page.write_text(render_page(record, **beside))
        await browser.open(page)
        await browser.value("document.querySelector('.replay').focus()")
        for _ in range(12):
            await browser.press("ArrowRight")
        assert "undefined" == await browser.value("typeof zqx")
        assert 1 == await browser.value("document.scripts.length")
        assert 0 == await browser.value(
            "document.querySelectorAll('svg[onload], img[onerror]').length"
        )
    assert [] == browser.problems


async def test_the_policy_would_stop_a_script(browser: Tab, tmp_path: Path) -> None:
    """The second lock: were a script let in by mistake, it would not run."""
    page = tmp_path / "page.html"
    html = render_page(make.record())
    page.write_text(html.replace("</main>", "<script>window.zqx = 1</script></main>"))
    await browser.open(page)
    assert "undefined" == await browser.value("typeof zqx")
    assert any("Content Security Policy" in said for said in browser.problems)


async def test_dark_and_light_differ_and_both_can_be_read(root: Path, browser: Tab) -> None:
    """Text against its ground: at least 4.5 to 1 (WCAG AA), in both schemes."""
    for scheme in ("light", "dark"):
        await browser.media(prefers_color_scheme=scheme)
        await browser.open(root / CELL)
        found = await browser.value(_CONTRAST)
        assert found["count"] > 200
        assert found["worst"] >= 4.5, found
    await browser.media(prefers_color_scheme="dark")
    assert "rgb(20, 20, 19)" == await browser.value(
        "getComputedStyle(document.body).backgroundColor"
    )


async def test_everything_that_acts_has_a_name(root: Path, browser: Tab) -> None:
    """Landmarks once; links, buttons and fields with names; heads on every table."""
    await browser.open(root / CELL)
    tree = await browser.ask("Accessibility.getFullAXTree")
    nodes = [n for n in tree["nodes"] if not n["ignored"]]
    roles = [n["role"]["value"] for n in nodes]
    assert 1 == roles.count("main")
    assert 1 == roles.count("navigation")
    nameless = [
        n["role"]["value"]
        for n in nodes
        if n["role"]["value"] in ("link", "button", "slider", "region", "image")
        and not n.get("name", {}).get("value")
    ]
    assert [] == nameless
    assert 0 == await browser.value("document.querySelectorAll('table:not(:has(thead th))').length")


_CONTRAST = """
(() => {
  const parts = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = (c) => { const [r, g, b] = parts(c).map((v) => { v /= 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = (e) => { for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor; const p = parts(c);
    if (p.length < 4 || p[3] > 0) return c; } return "rgb(255, 255, 255)"; };
  let worst = 99, where = "", count = 0;
  for (const e of document.querySelectorAll("main *, nav *, header *, footer *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || e.closest("svg") || !e.checkVisibility()) continue;
    const a = light(getComputedStyle(e).color), b = light(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    count += 1;
    if (ratio < worst) { worst = ratio; where = e.className + ": " + e.textContent.slice(0, 40); }
  }
  return { worst, where, count };
})()
"""
