"""Static pages from records: one file each, readable from disk, asking no other host anything."""

from codingagentbench.site.building import build_index, build_page, build_site
from codingagentbench.site.render import render_page

__all__ = ["build_index", "build_page", "build_site", "render_page"]
