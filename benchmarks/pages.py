"""How a site's pages do in a browser: first paint, layout shift, weight, and what audits look at.

    python benchmarks/pages.py SITE

Needs Chromium. Opens one page of each kind from the folder, five times each with an empty cache,
and prints the median. Goals: first paint in 0.5 s, no layout shift, every audit passed.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.site.browser import PROGRAM, Tab, tab

KINDS = (
    *("index.html", "by/category/*/index.html", "rows/*/**/index.html", "tasks/*/*/index.html"),
    *("agents/*/index.html", "models/*/index.html", "sweeps/*/index.html"),
    *("compare/index.html", "search/index.html", "recordings/index.html"),
    *("methodology/index.html", "cells/**/index.html"),
)
PAINT = """new Promise(done => {
  const tell = () => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    if (paint) done(paint.startTime); else setTimeout(tell, 20);
  };
  tell();
})"""
SHIFT = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 300);
})"""
AUDITS = """(() => {
  const wrong = [];
  const is = (good, name) => { if (!good) wrong.push(name); };
  is(document.documentElement.lang, 'no language');
  is(document.title.length > 5, 'no title');
  is(document.querySelector('meta[name=viewport]'), 'no viewport');
  is(document.querySelectorAll('h1').length === 1, 'not one h1');
  is(document.querySelectorAll('main').length === 1, 'not one main');
  is(document.querySelector('a.skip'), 'no skip link');
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  is(new Set(ids).size === ids.length, 'an id twice');
  is([...document.images].every(i => i.alt), 'a picture without words');
  is([...document.links].every(
    a => a.textContent.trim() || a.ariaLabel || a.querySelector('title')), 'a link without words');
  is([...document.querySelectorAll('input, select')].every(
    i => i.labels?.length || i.ariaLabel), 'a field without a label');
  let last = 1;
  for (const h of document.querySelectorAll('h1, h2, h3, h4')) {
    const level = Number(h.tagName[1]);
    is(level <= last + 1, 'a heading left out');
    last = level;
  }
  is(document.documentElement.scrollWidth <= innerWidth, 'wider than the window');
  return [...new Set(wrong)].join(', ');
})()"""


async def measured(browser: Tab, page: Path) -> tuple[float, float, int, str]:
    """First paint in seconds, layout shift, elements, what audits say."""
    paints, shifts = [], []
    for _ in range(5):
        await browser.ask("Network.enable")
        await browser.ask("Network.clearBrowserCache")
        await browser.open(page)
        paints.append(float(await browser.value(PAINT)))
        shifts.append(float(await browser.value(SHIFT)))
    nodes = int(await browser.value("document.querySelectorAll('*').length"))
    wrong = str(await browser.value(AUDITS))
    await browser.open(page, width=360, height=740)
    narrow = str(await browser.value(AUDITS))
    said = wrong or (f"at 360 px: {narrow}" if narrow else "")
    return statistics.median(paints) / 1000, max(shifts), nodes, said


async def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("site", type=Path)
    given = asked.parse_args()
    if PROGRAM is None:
        print("Chromium is not here")
        return 2
    worst = 0.0
    print("| page | kB | elements | first paint | goal | layout shift | audits |")
    print("|---|---|---|---|---|---|---|")
    async with tab() as browser:
        for kind in KINDS:
            page = max(given.site.glob(kind), key=lambda p: p.stat().st_size, default=None)
            if page is None:
                continue
            paint, shift, nodes, wrong = await measured(browser, page)
            worst = max(worst, paint)
            size = page.stat().st_size / 1000
            print(
                f"| {kind} | {size:.0f} | {nodes:,} | {paint:.2f} s | 0.5 s | {shift:.3f} | "
                f"{wrong or 'passed'} |"
            )
    print(f"\nslowest first paint {worst:.2f} s; {len(browser.problems)} problems in the console")
    return 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
