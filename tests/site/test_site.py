"""A whole site in a real browser, from a folder: every kind of page, its keys, filters, search."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit

import pytest

from codingagentbench.boards import board_of, columns_of, compare
from codingagentbench.conformance import Conformance
from codingagentbench.conformance.rows import judged
from codingagentbench.errors import ResultsError
from codingagentbench.results import Index, load_record
from codingagentbench.site import build
from codingagentbench.site.places import cell_page

from . import laid, make
from .browser import PROGRAM, Tab, tab
from .test_hostile import CORPUS

CAST = laid.cast(*(f"line {n}\r\n" for n in range(40)))
in_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine"),
]


def fill(root: Path) -> None:
    """Two agents, two models, three tasks, two runs: one row better than the others."""
    for number, name in enumerate(("polyglot/a", "polyglot/b", "mutations/c")):
        task = make.task(id=name)
        for agent in ("aider", "pi"):
            for model in ("oracle", "maker/small"):
                for run in (1, 2):
                    good = agent == "pi" or (number + run) % 2
                    of = make.record if good else make.timed_out
                    made = of(agent=agent, model=model, task=task, run=run, sweep="s")
                    laid.stored(root, made, patch=make.PATCH, cast=CAST)
    laid.stored(root, make.rate_limited(agent="pi", sweep="t"), cast=CAST)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    base = tmp_path_factory.mktemp("site")
    fill(base / "r")
    build(base / "r", base / "out")
    yield base / "out"
    shutil.rmtree(base)


@pytest.fixture
async def browser() -> AsyncIterator[Tab]:
    async with tab() as opened:
        yield opened


class _Links(HTMLParser):
    """Addresses of everything that a page leads to or loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.found.append(value)
            if name == "id" and value:
                self.ids.add(value)


def links(page: Path) -> _Links:
    made = _Links()
    made.feed(page.read_text())
    return made


def test_every_link_leads_somewhere(site: Path) -> None:
    """Within the site by a relative address to a file that is there, and to an id that it has."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 60
    ids = {page: links(page).ids for page in pages}
    for page in pages:
        for link in links(page).found:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("data", "https"), link
                continue
            there = page if not parts.path else (page.parent / unquote(parts.path)).resolve()
            assert there.is_file(), f"{page.relative_to(site)}: {link}"
            if parts.fragment and there in ids:
                assert parts.fragment in ids[there], f"{page.relative_to(site)}: {link}"


def test_nothing_is_made_twice_and_what_changed_is(tmp_path: Path) -> None:
    fill(tmp_path / "r")
    first = build(tmp_path / "r", tmp_path / "out")
    assert (25, 0, 0, {}) == (first.made, first.kept, first.removed, first.wrong)
    again = build(tmp_path / "r", tmp_path / "out")
    assert (0, 25) == (again.made, again.kept)
    task = make.task(id="polyglot/a")
    new = laid.stored(tmp_path / "r", make.record(agent="aider", task=task, run=3, sweep="s"))
    more = build(tmp_path / "r", tmp_path / "out")
    assert 1 < more.made < 20
    around = tmp_path / "out" / "cells" / "s/pi/oracle/polyglot/a/run1/attempt1/index.html"
    assert "run3" in around.read_text()
    shutil.rmtree(new.folder)
    less = build(tmp_path / "r", tmp_path / "out")
    assert 1 == less.removed
    assert not (tmp_path / "out" / "cells" / new.folder.relative_to(tmp_path / "r")).exists()
    assert "run3" not in around.read_text()


def test_of_all_other_pages_too_only_what_changed_is_made_anew(tmp_path: Path) -> None:
    fill(tmp_path / "r")
    build(tmp_path / "r", tmp_path / "out")
    before = {p: p.stat().st_ino for p in (tmp_path / "out").rglob("*.html")}
    made = make.record(agent="aider", task=make.task(id="polyglot/a"), run=3, sweep="s")
    laid.stored(tmp_path / "r", made)
    build(tmp_path / "r", tmp_path / "out")
    after = {
        str(p.relative_to(tmp_path / "out"))
        for p in (tmp_path / "out").rglob("*.html")
        if before.get(p) != p.stat().st_ino and "cells" not in p.parts
    }
    assert "rows/aider/oracle/index.html" in after
    assert "rows/pi/oracle/index.html" in after  # the verdict against aider
    assert "tasks/polyglot/a/index.html" in after
    assert "latest/aider/oracle/polyglot/a/index.html" in after
    assert "tasks/polyglot/b/index.html" not in after
    assert "rows/pi/maker/small/index.html" not in after
    assert "models/maker/small/index.html" not in after


def test_what_conformance_found_is_on_the_agents_page(tmp_path: Path) -> None:
    fill(tmp_path / "r")
    row = judged("ends when asked to", False, "still there after 10 s", basic=True)
    checked = Conformance(
        agent="pi",
        version="1.2.3",
        digest="sha256:0",
        dialect="chat",
        model="oracle",
        provisional=False,
        rows=(row,),
        seconds=1.0,
    )
    build(tmp_path / "r", tmp_path / "out", checked=[checked])
    page = (tmp_path / "out" / "agents/pi/index.html").read_text()
    assert "still there after 10 s" in page
    assert "version 1.2.3" in page
    assert "Conformance" not in (tmp_path / "out" / "agents/aider/index.html").read_text()


def test_a_record_that_cannot_be_believed_has_a_page_that_says_so(tmp_path: Path) -> None:
    fill(tmp_path / "r")
    bad = tmp_path / "r" / "s/pi/oracle/polyglot/a/run1/attempt1/record.json"
    bad.write_text(bad.read_text()[:700])
    worse = tmp_path / "r" / "s/pi/oracle/polyglot/a/run2/attempt1/record.json"
    worse.write_text(worse.read_text().replace('"passed"', '"failed"'))
    built = build(tmp_path / "r", tmp_path / "out")
    assert {str(p.parent.relative_to(tmp_path / "r")) for p in (bad, worse)} == set(built.wrong)
    page = tmp_path / "out" / "cells" / bad.parent.relative_to(tmp_path / "r") / "index.html"
    assert "cannot be believed" in page.read_text()
    assert "2 records could not be believed" in built.home.read_text()


def test_an_empty_folder_and_one_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    assert "No finished cells" in build(tmp_path / "r", tmp_path / "out").home.read_text()
    with pytest.raises(ResultsError, match="no such folder"):
        build(tmp_path / "nowhere", tmp_path / "out")
    with pytest.raises(ResultsError, match="would lie in the results"):
        build(tmp_path / "r", tmp_path / "r" / "site")


def test_addresses_without_sweep_and_run_lead_to_the_latest(site: Path) -> None:
    page = site / "latest/pi/maker/small/polyglot/a/index.html"
    assert "cells/s/pi/maker/small/polyglot/a/" in page.read_text()


def test_a_badge_is_a_file_of_its_own(site: Path) -> None:
    folder = site / "cells/s/pi/oracle/polyglot/a/run1/attempt1"
    composite = load_record(folder).scores.composite
    assert composite is not None
    assert f"{composite:.0%}" == json.loads((folder / "badge.json").read_text())["message"]
    assert (folder / "badge.svg").read_text().startswith("<svg")
    assert load_record(folder).cell_id.startswith("s/pi/oracle")


class TestInABrowser:
    pytestmark = in_browser

    async def test_every_kind_of_page_is_silent_and_alone(self, site: Path, browser: Tab) -> None:
        kinds = [
            "index.html",
            "by/category/polyglot/index.html",
            "rows/pi/oracle/index.html",
            "tasks/polyglot/a/index.html",
            "agents/pi/index.html",
            "models/maker/small/index.html",
            "sweeps/s/index.html",
            *(f"{name}/index.html" for name in ("tasks", "agents", "models", "sweeps")),
            *(f"{name}/index.html" for name in ("recordings", "methodology", "provenance")),
            *(f"{name}/index.html" for name in ("data", "about", "search", "compare")),
            "cells/s/pi/oracle/polyglot/a/run1/attempt1/index.html",
            "cells/t/pi/oracle/mutations/rust-error-negated/run1/attempt1/index.html",
        ]
        for kind in kinds:
            browser.requests.clear()
            await browser.open(site / kind)
            asked = {r for r in browser.requests if not r.startswith("data:")}
            assert all(r.startswith(site.as_uri()) for r in asked), asked
        assert [] == browser.problems

    async def test_terminal_and_timeline_move_together(self, site: Path, browser: Tab) -> None:
        await browser.open(site / "cells/s/pi/oracle/polyglot/a/run1/attempt1/index.html")
        await browser.value("document.querySelector('.playback button').click()")
        await self.until(browser, "document.querySelector('.playback').dataset.ready", "yes")
        await browser.value("document.querySelector('.replay').focus()")
        for _ in range(12):
            await browser.press(".")
        t = "String(Math.round(Number(document.querySelector('.replay input').value)))"
        assert "1200" == await browser.value(t)
        await self.until(browser, "document.querySelector('.playback').dataset.t", "1200")
        shown = await browser.value("document.querySelector('.playback .screen').innerText")
        assert "line 5" in shown
        assert "line 30" not in shown
        assert [] == browser.problems

    async def test_sort_filter_and_weights(self, site: Path, browser: Tab) -> None:
        await browser.open(site / "index.html")
        names = "[...document.querySelectorAll('table.board tbody tr')].filter(r => !r.hidden)"
        names += ".map(r => r.dataset.name)"
        before = await browser.value(names)
        assert 4 == len(before)
        assert before[0].startswith("pi")
        head = "document.querySelector('th[data-sort=name] button')"
        await browser.value(f"{head}.click()")
        assert sorted(before) == await browser.value(names)
        await browser.value(f"{head}.click()")
        assert sorted(before, reverse=True) == await browser.value(names)
        set_agent = "const f = document.querySelector('.choose'); f.elements.agent.value = 'aider';"
        await browser.value(f"(() => {{ {set_agent} f.dispatchEvent(new Event('input')); }})()")
        shown = await browser.value(names)
        assert 2 == len(shown)
        assert all(name.startswith("aider") for name in shown)
        sure = await browser.value("document.querySelector('.sure').textContent")
        assert "with a chance of about" in sure
        assert [] == browser.problems

    async def test_what_matters_decides_the_order(self, site: Path, browser: Tab) -> None:
        await browser.open(site / "index.html")
        await browser.value("document.querySelector('th[data-sort=name] button').click()")
        rows = "[...document.querySelectorAll('table.board tbody tr')]"
        assert str(await browser.value(f"{rows}[0].dataset.name")).startswith("aider")
        slide = "const f = document.querySelector('.choose'); f.elements.ships.value = 0;"
        slide += "f.elements.tokens.value = 10; f.dispatchEvent(new Event('input'));"
        await browser.value(f"(() => {{ {slide} }})()")
        tokens = await browser.value(f"{rows}.map(r => Number(r.dataset.tokens))")
        assert sorted(tokens) == tokens
        assert tokens[0] < tokens[-1]
        assert str(await browser.value(f"{rows}[0].dataset.name")).startswith("pi")

    async def test_rows_are_compared_as_the_command_line_does(
        self, site: Path, browser: Tab
    ) -> None:
        with Index(site.parent / "r") as index:
            board = board_of(columns_of(index.rows()))
        asked = urlencode([("row", "pi x oracle"), ("row", "aider x oracle")])
        await browser.open(f"{(site / 'compare/index.html').as_uri()}?{asked}")
        told = compare(board, "pi x oracle", "aider x oracle")
        shown = await browser.value("document.querySelector('.result').innerText")
        assert told.sentence in shown
        assert "3 of 4 tasks differ" in shown
        rows = "[...document.querySelectorAll('.compared tbody:last-child tr')]"
        lines = f"{rows}.filter(r => !r.hidden).length"
        assert 4 == await browser.value(lines)
        await browser.value("document.querySelector('input[name=only]').click()")
        assert sum(pair.flipped != 0 for pair in told.tasks) == await browser.value(lines)
        assert [] == browser.problems

    async def test_cells_are_compared_with_diffs_and_timelines(
        self, site: Path, browser: Tab
    ) -> None:
        await browser.open(site / "cells/s/pi/oracle/polyglot/a/run2/attempt1/index.html")
        there = await browser.value(
            "[...document.querySelectorAll('header a')].find(a => a.innerText == 'Compare').href"
        )
        await browser.open(there)
        await self.until(browser, "document.querySelector('input[name=row]').value", "pi x oracle")
        await browser.value(
            "(() => { const i = document.querySelectorAll('input[name=row]')[1];"
            "i.value = 'aider x maker/small';"
            "i.dispatchEvent(new Event('change', {bubbles: true})); })()"
        )
        count = "String(document.querySelectorAll('.result svg.beside').length)"
        await self.until(browser, count, "2")
        shown = await browser.value("document.querySelector('.result').innerText")
        assert "only pi × oracle, run 2, attempt 1 solves it" in shown
        assert "Composite" in shown
        assert 0 < await browser.value("document.querySelectorAll('.diffs .add').length")
        assert [] == browser.problems

    async def test_what_cannot_be_compared_is_said(self, site: Path, browser: Tab) -> None:
        for asked, said in (
            ("", "Choose two rows at least."),
            ("?row=nobody&row=pi+x+oracle", "No row is called nobody."),
            ("?cell=s/nowhere&cell=s/elsewhere", "no such cell: s/nowhere"),
        ):
            await browser.open(f"{(site / 'compare/index.html').as_uri()}{asked}")
            await self.until(browser, "document.querySelector('.said').textContent", said)

    async def test_the_map_leads_to_the_cells_behind_it(self, site: Path, browser: Tab) -> None:
        await browser.open(site / "index.html")
        await browser.value("document.querySelector('.heat td').click()")
        await self.until(browser, "String(!!document.querySelector(':target') && 'there')", "there")
        shown = await browser.value("document.querySelector(':target').innerText")
        assert "mutations/c" in shown

    async def test_search_finds_all_words(self, site: Path, browser: Tab) -> None:
        await browser.open(site / "search" / "index.html")
        await browser.value(
            "(() => { const i = document.querySelector('#q'); i.value = 'pi small mutations';"
            "i.dispatchEvent(new Event('input')); })()"
        )
        found = await browser.value("document.querySelector('.results').innerText")
        assert "pi × maker/small mutations/c" in found
        assert "aider" not in found
        link = await browser.value("document.querySelector('.results a').href")
        assert Path(unquote(urlsplit(link).path)).is_file()

    async def test_no_violation_that_axe_knows(
        self, site: Path, browser: Tab, tmp_path: Path
    ) -> None:
        """axe-core, from npm, on a page of each kind, in light and dark."""
        done = subprocess.run(
            ["npm", "pack", "axe-core@4.11.0", "--silent"], cwd=tmp_path, check=False
        )
        if done.returncode:
            pytest.skip("axe-core cannot be had from npm")
        subprocess.run(["tar", "xzf", *tmp_path.glob("axe-core*.tgz")], cwd=tmp_path, check=True)
        axe = (tmp_path / "package" / "axe.min.js").read_text()
        for kind in (
            "index.html",
            "rows/pi/oracle/index.html",
            "tasks/polyglot/a/index.html",
            "search/index.html",
            "compare/index.html?row=pi+x+oracle&row=aider+x+oracle",
            "compare/index.html?cell=s/pi/oracle/polyglot/b/run1/attempt1"
            "&cell=s/aider/oracle/polyglot/b/run1/attempt1",
            "methodology/index.html",
            "cells/s/aider/oracle/polyglot/b/run1/attempt1/index.html",
        ):
            for scheme in ("light", "dark"):
                await browser.media(prefers_color_scheme=scheme)
                await browser.open(f"{site.as_uri()}/{kind}")
                await browser.value(axe + ";0")
                said = await browser.value(
                    "axe.run().then(r => r.violations.map(v => v.id + ': ' + "
                    "v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary).join(' | ')))"
                )
                assert [] == said, f"{kind} ({scheme})"

    @pytest.mark.parametrize("width", [360, 2560])
    async def test_nothing_sticks_out(self, site: Path, browser: Tab, width: int) -> None:
        for kind in ("index.html", "rows/pi/oracle/index.html", "tasks/polyglot/a/index.html"):
            await browser.open(site / kind, width=width)
            wide = await browser.value("document.documentElement.scrollWidth")
            assert wide <= width, kind

    async def test_poison_stays_text(self, tmp_path: Path, browser: Tab) -> None:
        """Names and outputs that try to act: nothing runs, on no page."""
        for number, poison in enumerate(CORPUS):
            text = "".join(c for c in poison if c.isprintable()) or "x"
            task = make.task(title=poison.encode("utf-8", "replace").decode(), prompt=text)
            made = make.record(agent=text[:60], model=text[:60], task=task, run=number + 1)
            laid.stored(tmp_path / "r", made, cast=laid.cast(text))
        built = build(tmp_path / "r", tmp_path / "out")
        assert {} == built.wrong
        pages = [p for p in (tmp_path / "out").rglob("index.html") if "latest" not in p.parts]
        for page in pages:
            await browser.open(page)
            assert 0 == await browser.value(
                "document.querySelectorAll('[onerror], [onload]').length"
            )
        assert [] == browser.problems

    async def until(self, browser: Tab, expression: str, expected: str) -> None:
        for _ in range(100):
            if expected == await browser.value(expression):
                return
            await asyncio.sleep(0.05)
        assert expected == await browser.value(expression)


def test_the_address_of_a_cell_has_sweep_and_run(site: Path) -> None:
    with Index(site.parent / "r") as index:
        row = next(iter(index.rows(sweep="t")))
    assert (site / cell_page(row)).is_file()
    assert "/t/" in cell_page(row)
    assert "/run1/attempt1/" in cell_page(row)
