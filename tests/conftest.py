"""What holds for every test."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .dockerd import Dockerd

# Started in the background by a shell, pytest ignores ^C, and all that it starts would too.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def dockerd() -> Iterator[Dockerd]:
    """One daemon for the whole run, with the base image; found by what is under test."""
    from .dockerd import running

    folder = Path(tempfile.mkdtemp(prefix="cab-dockerd-"))
    before = os.environ.get("DOCKER_HOST")
    try:
        with running(folder) as daemon:
            os.environ["DOCKER_HOST"] = daemon.address
            daemon.with_base()
            yield daemon
    finally:
        if before is None:
            os.environ.pop("DOCKER_HOST", None)
        else:
            os.environ["DOCKER_HOST"] = before
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _daemon(request: pytest.FixtureRequest) -> None:
    """Whatever is marked with it has a daemon."""
    if request.node.get_closest_marker("docker") is not None:
        request.getfixturevalue("dockerd")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with what takes longest come first: workers share out whole files."""
    longest = {i.path for i in items if any(map(i.get_closest_marker, ("agents", "slow")))}
    items.sort(key=lambda item: item.path not in longest)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI: no key of any known shape in any artifact that any test of the run has produced."""
    if not os.environ.get("CI") or hasattr(session.config, "workerinput"):
        return
    found, leaks = scanned(session.config._tmp_path_factory.getbasetemp())  # type: ignore[attr-defined]
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    reporter.write_line(f"\nscanned {found} attempts: {len(leaks)} secrets")
    for leak in leaks:
        reporter.write_line(f"  {leak}", red=True)
    if leaks:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def scanned(base: Path) -> tuple[int, list[str]]:
    """How many folders of attempts lie below ``base``, and every secret in them."""
    from codingagentbench.results import scan

    folders = sorted({path.parent for path in base.rglob("record.json")})
    leaks = [
        f"{folder.relative_to(base) / leak.path}:{leak.line}: {leak.kind} {leak.shown}"
        for folder in folders
        for leak in scan(folder).leaks
    ]
    return len(folders), leaks
