"""The proxy of this machine's environment for an address; never one for loopback."""

from __future__ import annotations

import ipaddress
import urllib.request
from urllib.parse import urlsplit

from yarl import URL


def proxy_for(url: URL) -> str | None:
    """``HTTP_PROXY``, ``HTTPS_PROXY`` and ``NO_PROXY`` as other programs read them."""
    host = url.host or ""
    if host == "localhost" or _is_loopback(host) or urllib.request.proxy_bypass(host):
        return None
    found = urllib.request.getproxies()
    proxy = found.get(url.scheme) or found.get("all")
    # aiohttp speaks to HTTP proxies only; the rest of the environment's words are not for it.
    return proxy if proxy and urlsplit(proxy).scheme in ("http", "https") else None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
