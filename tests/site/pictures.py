"""Pictures of a site for the README and the docs.

python -m tests.site.pictures SITE [--out docs/images]
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from .browser import tab

#: Name, page (a glob below the site), width, height, colour scheme.
PICTURES = (
    ("board-light", "index.html", 1280, 1000, "light"),
    ("board-dark", "index.html", 1280, 1000, "dark"),
    ("board-phone-light", "index.html", 390, 844, "light"),
    ("cell-phone-dark", "cells/*/pi/oracle/mutations/*/run1/attempt1/index.html", 390, 844, "dark"),
)


async def take(site: Path, out: Path) -> None:
    """One file a row of :data:`PICTURES`."""
    for name, glob, width, height, scheme in PICTURES:
        async with tab() as browser:
            await browser.media(prefers_color_scheme=scheme)
            await browser.open(sorted(site.glob(glob))[0], width=width, height=height)
            await browser.picture(out / f"{name}.png")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("site", type=Path)
    asked.add_argument("--out", type=Path, default=Path("docs/images"))
    given = asked.parse_args()
    asyncio.run(take(given.site, given.out))


if __name__ == "__main__":
    main()
