"""Static pages from records: one file each, readable from disk, asking no other host anything."""

from codingagentbench.site.building import build_index, build_page, build_site
from codingagentbench.site.render import render_page
from codingagentbench.site.sitebuild import Built, build

__all__ = ["Built", "build", "build_index", "build_page", "build_site", "render_page"]
