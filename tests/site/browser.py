"""A headless Chromium and just enough of its DevTools protocol to look at a page and press keys."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp

PROGRAM = next(
    (p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None
)
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--remote-debugging-port=0", "--disable-extensions"),
)
_KEYS = {" ": ("Space", 32), "ArrowLeft": ("ArrowLeft", 37), "ArrowRight": ("ArrowRight", 39)}
_KEYS |= {",": ("Comma", 188), ".": ("Period", 190)}


class Tab:
    """One page in the browser. ``problems``: console errors, exceptions, blocked or failed loads;
    ``requests``: every address that was asked for.
    """

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._last = socket, 0
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._loaded = asyncio.Event()
        self.problems: list[str] = []
        self.requests: list[str] = []

    async def listen(self) -> None:
        async for message in self._socket:
            said = json.loads(message.data)
            if "id" in said:
                self._answers.pop(said["id"]).set_result(said)
            else:
                self._event(said["method"], said["params"])

    async def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._last += 1
        answer = self._answers[self._last] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._last, "method": method, "params": params})
        said = await asyncio.wait_for(answer, 20)
        assert "error" not in said, said
        result: dict[str, Any] = said["result"]
        return result

    async def open(self, page: Path | str, *, width: int = 1280, height: int = 900) -> None:
        """A file, or an address."""
        for domain in ("Page", "Runtime", "Log", "Network"):
            await self.ask(f"{domain}.enable")
        await self.size(width, height)
        self._loaded.clear()
        url = page if isinstance(page, str) else page.absolute().as_uri()
        await self.ask("Page.navigate", url=url)
        await asyncio.wait_for(self._loaded.wait(), 20)

    async def follow(self, expression: str) -> None:
        """Do what leads to another page, and wait for that."""
        before = await self.value("location.href")
        await self.value(f"setTimeout(() => {{ {expression} }}, 0)")  # answers before it leaves
        for _ in range(400):
            with contextlib.suppress(AssertionError):  # between two pages there is nobody to ask
                now = await self.value("[location.href, document.readyState]")
                if now is not None and now[0] != before and now[1] == "complete":
                    return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{expression} leads nowhere")

    async def size(self, width: int, height: int) -> None:
        await self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    async def media(self, **features: str) -> None:
        """E.g. ``prefers_color_scheme="dark"``."""
        named = [{"name": n.replace("_", "-"), "value": v} for n, v in features.items()]
        await self.ask("Emulation.setEmulatedMedia", features=named)

    async def value(self, expression: str) -> Any:
        said = await self.ask(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    async def press(self, key: str) -> None:
        code, number = _KEYS[key]
        given = {"key": key, "code": code, "windowsVirtualKeyCode": number}
        text = {"text": key} if len(key) == 1 else {}
        await self.ask("Input.dispatchKeyEvent", type="keyDown", **given, **text)
        await self.ask("Input.dispatchKeyEvent", type="keyUp", **given)

    async def picture(self, path: Path, *, whole: bool = False) -> None:
        said = await self.ask("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(said["data"]))

    def _event(self, name: str, params: dict[str, Any]) -> None:
        if name == "Page.loadEventFired":
            self._loaded.set()
        elif name == "Runtime.exceptionThrown":
            self.problems.append(json.dumps(params["exceptionDetails"])[:400])
        elif name == "Runtime.consoleAPICalled":
            self.problems.append(f"console: {json.dumps(params['args'])[:400]}")
        elif name == "Log.entryAdded":
            self.problems.append(f"{params['entry']['level']}: {params['entry']['text']}")
        elif name == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif name == "Network.loadingFailed":
            self.problems.append(f"not loaded: {params.get('errorText')}")
        elif name == "Page.javascriptDialogOpening":
            self.problems.append(f"dialog: {params['message']}")


@contextlib.asynccontextmanager
async def tab() -> AsyncIterator[Tab]:
    """A fresh browser with an empty profile and one tab; both are gone afterwards."""
    assert PROGRAM is not None
    profile = Path(tempfile.mkdtemp(prefix="cab-browser-"))
    process = await asyncio.create_subprocess_exec(
        PROGRAM,
        *_FLAGS,
        f"--user-data-dir={profile}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        port = await _port(profile / "DevToolsActivePort")
        async with aiohttp.ClientSession() as http:
            async with http.get(f"http://127.0.0.1:{port}/json/list") as reply:
                address = next(t for t in await reply.json() if t["type"] == "page")
            async with http.ws_connect(
                address["webSocketDebuggerUrl"], max_msg_size=64 << 20
            ) as socket:
                opened = Tab(socket)
                listening = asyncio.create_task(opened.listen())
                yield opened
                listening.cancel()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        shutil.rmtree(profile, ignore_errors=True)


async def _port(file: Path) -> int:
    """The port that the browser chose, once it has written it down."""
    for _ in range(300):
        if file.is_file() and (lines := file.read_text().split()):
            return int(lines[0])
        await asyncio.sleep(0.05)
    raise TimeoutError("the browser did not start")
