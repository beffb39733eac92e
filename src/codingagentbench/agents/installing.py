"""Agents brought onto this machine: each once, pinned, into a prefix that never changes again."""

from __future__ import annotations

import os
import platform
import re
import shutil
import stat
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from codingagentbench.agents.digest import digest_tree
from codingagentbench.agents.model import Agent, Folder, Installed, Npm, Pip, Release
from codingagentbench.agents.npm import (
    NODE_RELEASES,
    keep_only_node,
    node_package,
    npm_install,
    run_setup,
)
from codingagentbench.agents.pip import compile_all, pip_install
from codingagentbench.agents.process import Stop
from codingagentbench.agents.progress import OnProgress, Phase, Progress, silent
from codingagentbench.agents.pythons import find_interpreter, make_environment
from codingagentbench.agents.release import fetch_release
from codingagentbench.agents.store import (
    AGENT_INSIDE,
    Manifest,
    default_store,
    folder_of,
    installed,
    prefix_of,
    provide,
    require,
    runtime_folder,
)
from codingagentbench.errors import CabError, InstallFailed, UsageError

_VERSION = re.compile(r"[0-9][0-9A-Za-z.+-]{0,63}")


@dataclass(kw_only=True)
class _Reporter:
    """Turns what happens in one install into :class:`Progress` values."""

    agent: Agent
    on_progress: OnProgress
    lock: threading.Lock
    started: float = field(default_factory=time.monotonic)
    phase: Phase | None = None
    done: int = 0
    total: int | None = None
    names: set[str] = field(default_factory=set)

    def say(self, phase: Phase, detail: str = "", *, total: int | None = None) -> None:
        if phase is not self.phase:
            self.phase, self.done, self.total = phase, 0, None
        self.total = total or self.total
        progress = Progress(
            agent=self.agent.name,
            version=self.agent.version,
            phase=phase,
            detail=detail,
            done=self.done,
            total=self.total,
            seconds=time.monotonic() - self.started,
        )
        with self.lock:
            self.on_progress(progress)

    def package(self, name: str) -> None:
        """One more package is being fetched."""
        if name not in self.names:
            self.names.add(name)
            self.done += self.phase is Phase.FETCHING
            self.say(Phase.FETCHING, name)


def install(
    agent: Agent,
    version: str | None = None,
    *,
    store: Path | None = None,
    on_progress: OnProgress = silent,
) -> Installed:
    """Have ``agent`` on this machine, at ``version`` or at the one it is pinned to.

    Returns at once when it is there already. Raises :class:`InstallFailed` in one sentence with
    the package manager's last words; nothing half-done is left to be believed.
    """
    wanted = agent if version is None else replace(agent, version=version)
    return install_many((wanted,), store=store, on_progress=on_progress)[0]


def ready(agent: Agent) -> Installed:
    """``agent`` as it lies on this machine; a custom one is copied there when it is not.

    Raises :class:`NotInstalled` for others, with the command that mends it.
    """
    return install(agent) if isinstance(agent.install, Folder) else require(agent)


def install_many(
    agents: Sequence[Agent], *, store: Path | None = None, on_progress: OnProgress = silent
) -> tuple[Installed, ...]:
    """Install several agents at the same time, in the order given.

    When one fails the others are still finished; then the first failure is raised. An interrupt
    ends every package manager at once.
    """
    base, stop, lock = store or default_store(), Stop(), threading.Lock()
    for agent in agents:
        if not _VERSION.fullmatch(agent.version):
            raise UsageError(
                f"'{agent.version}' is not a version",
                where=agent.name,
                do=f"give one that was released, e.g. {agent.name}@1.2.3",
            )
    pool = ThreadPoolExecutor(max_workers=max(len(agents), 1))
    try:
        reporters = [_Reporter(agent=a, on_progress=on_progress, lock=lock) for a in agents]
        futures = [pool.submit(_install, reporter, base, stop) for reporter in reporters]
        for _ in as_completed(futures):
            pass
        return tuple(future.result() for future in futures)
    finally:
        stop.set()
        pool.shutdown(wait=True)


def _install(reporter: _Reporter, base: Path, stop: Stop) -> Installed:
    agent = reporter.agent
    try:
        node = _node(reporter, base, stop)
        folder = folder_of(base, agent.name, agent.version)
        provide(
            base,
            folder,
            make=lambda prefix: _build(reporter, prefix, node, stop),
            waiting=lambda: reporter.say(Phase.WAITING),
        )
    except CabError as error:
        reporter.say(Phase.FAILED, str(error))
        raise
    except OSError as error:
        failed = InstallFailed(
            f"{error.strerror or error}",
            where=f"{agent.name}@{agent.version}",
            do=f"make room in {base}, or set CAB_DATA to a folder that can be written",
        )
        reporter.say(Phase.FAILED, str(failed))
        raise failed from error
    found = installed(agent, store=base)
    assert found is not None
    reporter.say(Phase.DONE)
    return found


def _build(reporter: _Reporter, prefix: Path, node: Path | None, stop: Stop) -> Manifest:
    match reporter.agent.install:
        case Npm() as how:
            return _build_npm(reporter, how, prefix, node, stop)
        case Pip() as how:
            return _build_pip(reporter, how, prefix, stop)
        case Release() as how:
            return _build_release(reporter, how, prefix, stop)
        case Folder(path=path):
            return _build_folder(reporter, path, prefix)


def _build_npm(
    reporter: _Reporter, how: Npm, prefix: Path, node: Path | None, stop: Stop
) -> Manifest:
    spec = f"{how.package}@{reporter.agent.version}"
    reporter.say(Phase.FETCHING)
    result = npm_install(spec, prefix, stop=stop, on_package=reporter.package, node=node)
    if how.setup is not None:
        reporter.say(Phase.INSTALLING)
        script = prefix / "node_modules" / how.package / how.setup
        run_setup(script, what=spec, stop=stop, node=node)
    release = NODE_RELEASES[how.node] if how.node is not None else None
    return _manifest(reporter, prefix, spec, result.packages, result.installer, node=release)


def _build_pip(reporter: _Reporter, how: Pip, prefix: Path, stop: Stop) -> Manifest:
    spec = f"{how.package}=={reporter.agent.version}"
    python = find_interpreter(how.python, what=spec)
    reporter.say(Phase.FETCHING)
    make_environment(python, prefix)
    result = pip_install(
        (spec, *how.extra),
        python,
        prefix,
        stop=stop,
        built=how.built,
        on_package=reporter.package,
        on_all=lambda total: reporter.say(Phase.INSTALLING, total=total),
    )
    reporter.say(Phase.COMPILING)
    compile_all(prefix, AGENT_INSIDE, stop=stop)
    return _manifest(reporter, prefix, spec, result.packages, result.installer, python=python.text)


def _build_release(reporter: _Reporter, how: Release, prefix: Path, stop: Stop) -> Manifest:
    reporter.say(Phase.FETCHING)
    fetched = fetch_release(
        how,
        reporter.agent.version,
        prefix,
        stop=stop,
        on_bytes=lambda size: reporter.say(Phase.FETCHING, f"{size / 2**20:.0f} MiB"),
    )
    packages = {how.program: f"sha256:{fetched.sha256}"}
    return _manifest(reporter, prefix, fetched.url, packages, "urllib")


def _build_folder(reporter: _Reporter, path: Path | None, prefix: Path) -> Manifest:
    reporter.say(Phase.FETCHING)
    if path is not None:
        shutil.copytree(path, prefix, dirs_exist_ok=True, symlinks=True)
    return _manifest(reporter, prefix, "a folder", {}, "copied")


def _node(reporter: _Reporter, base: Path, stop: Stop) -> Path | None:
    """The Node the agent runs on, brought along if it is not there yet; the host's path of it."""
    how = reporter.agent.install
    if not isinstance(how, Npm) or how.node is None:
        return None
    release = NODE_RELEASES[how.node]
    folder = runtime_folder(base, release)
    spec = node_package(release)

    def make(prefix: Path) -> Manifest:
        reporter.say(Phase.RUNTIME, f"node {release}")
        result = npm_install(spec, prefix, stop=stop, on_package=lambda name: None)
        keep_only_node(prefix)
        return _manifest(reporter, prefix, spec, {}, result.installer, name="node", version=release)

    provide(base, folder, make=make, waiting=lambda: reporter.say(Phase.RUNTIME, f"node {release}"))
    return prefix_of(folder) / "bin" / "node"


def _manifest(
    reporter: _Reporter,
    prefix: Path,
    package: str,
    packages: dict[str, str],
    installer: str,
    *,
    name: str | None = None,
    version: str | None = None,
    python: str | None = None,
    node: str | None = None,
) -> Manifest:
    reporter.say(Phase.CHECKING)
    _open_to_all(prefix)
    tree = digest_tree(prefix)
    return Manifest(
        name=name or reporter.agent.name,
        version=version or reporter.agent.version,
        package=package,
        digest=tree.files,
        bytecode_digest=tree.bytecode,
        files=tree.count,
        size_bytes=tree.size_bytes,
        packages=packages,
        installer=installer,
        python=python,
        node=node,
        platform=f"{platform.system().lower()}-{platform.machine()}",
        seconds=round(time.monotonic() - reporter.started, 1),
        installed_at=datetime.now(UTC),
    )


def _open_to_all(prefix: Path) -> None:
    """Modes that do not depend on the umask: a sandbox may run under another user."""
    for root, folders, files in os.walk(prefix):
        for name in (*folders, *files):
            path = os.path.join(root, name)
            mode = os.lstat(path).st_mode
            if not stat.S_ISLNK(mode):
                executable = stat.S_ISDIR(mode) or mode & 0o111
                os.chmod(path, 0o755 if executable else 0o644)
    prefix.chmod(0o755)
