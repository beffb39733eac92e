"""Installing, with real package managers and packages that take a second."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from codingagentbench.agents import (
    Agent,
    Manifest,
    Phase,
    Progress,
    install,
    install_many,
    installed,
    list_installed,
    remove,
    require,
    show,
    verify,
)
from codingagentbench.errors import InstallFailed, NotInstalled, UsageError

from .packages import NPM, PIP

BOTH = pytest.mark.parametrize("agent", [NPM, PIP], ids=["npm", "pip"])
FOLDER = Path(__file__).parent


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with both in it; not to be changed."""
    folder = tmp_path_factory.mktemp("data") / "agents"
    install_many((NPM, PIP), store=folder)
    return folder


@pytest.fixture
def own(store: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(store, tmp_path / "agents", symlinks=True))


@BOTH
def test_an_install_is_found_and_whole(agent: Agent, store: Path) -> None:
    found = require(agent, store=store)
    assert (agent.name, agent.version) == (found.agent, found.version)
    assert {"/opt/agent": found.prefix} == found.mounts
    assert verify(found)


def test_what_was_installed_is_written_down(store: Path) -> None:
    (npm,), (pip,) = show("tiny-npm", store=store), show("tiny-pip", store=store)
    assert {"node_modules/is-odd": "3.0.1", "node_modules/is-number": "6.0.0"} == npm.packages
    assert {"iniconfig": "2.0.0"} == pip.packages
    assert ("is-odd@3.0.1", "iniconfig==2.0.0") == (npm.package, pip.package)
    assert (npm.installer.split()[0], pip.installer.split()[0]) == ("npm", "pip")
    assert pip.python is not None


def test_two_installs_of_the_same_packages_are_the_same(store: Path, tmp_path: Path) -> None:
    """Whatever the folder and the umask: a digest says what was installed, not where or when."""
    before = os.umask(0o077)
    try:
        again = install_many((NPM, PIP), store=tmp_path / "elsewhere")
    finally:
        os.umask(before)
    assert [require(a, store=store).digest for a in (NPM, PIP)] == [i.digest for i in again]


def test_another_user_can_read_all_of_it(tmp_path: Path) -> None:
    """A sandbox does not run as the user who installed."""
    before = os.umask(0o077)
    try:
        found = install(PIP, store=tmp_path)
    finally:
        os.umask(before)
    modes = {path: path.stat().st_mode for path in found.prefix.rglob("*") if path.exists()}
    assert [] == [path for path, mode in modes.items() if mode & 0o444 != 0o444]
    assert [] == [path for path in modes if path.is_dir() and modes[path] & 0o111 != 0o111]


def test_nothing_installed_names_the_folder_it_was_built_in(store: Path) -> None:
    """It is mounted elsewhere; a path that is wrong there would also tell of the host."""
    where = str(store).encode()
    for path in store.glob("tiny-*/*/prefix/**/*"):
        if path.is_file() and not path.is_symlink():
            assert where not in path.read_bytes(), path


def test_bytecode_is_ready_and_names_the_inside(store: Path) -> None:
    """A read-only mount lets none be written; and a traceback must not show the host."""
    compiled = sorted(require(PIP, store=store).prefix.rglob("*.pyc"))
    assert compiled
    for path in compiled:
        assert b"/opt/agent/lib/" in path.read_bytes()


def test_a_second_install_does_nothing(store: Path) -> None:
    seen: list[Progress] = []
    install(NPM, store=store, on_progress=seen.append)
    assert [Phase.DONE] == [progress.phase for progress in seen]


def test_progress_tells_of_packages(tmp_path: Path) -> None:
    seen: list[Progress] = []
    install_many((NPM, PIP), store=tmp_path, on_progress=seen.append)
    for agent, package in ((NPM, "is-number"), (PIP, "iniconfig")):
        mine = [progress for progress in seen if progress.agent == agent.name]
        assert package in {p.detail for p in mine if p.phase is Phase.FETCHING}
        assert Phase.DONE is mine[-1].phase
        assert [p.seconds for p in mine] == sorted(p.seconds for p in mine)


@pytest.mark.parametrize("change", ["byte", "file", "mode", "bytecode", "gone"])
def test_any_change_is_seen(change: str, own: Path) -> None:
    found = require(PIP, store=own)
    module = next(found.prefix.rglob("iniconfig/__init__.py"))
    compiled = next(found.prefix.rglob("iniconfig/__pycache__/__init__*.pyc"))
    changes = {
        "byte": lambda: module.write_text(module.read_text().replace("a", "b", 1)),
        "file": lambda: (module.parent / "new.py").write_text(""),
        "mode": lambda: module.chmod(0o755),
        "bytecode": lambda: compiled.write_bytes(compiled.read_bytes()[:-1] + b"?"),
        "gone": lambda: module.unlink(),
    }
    assert verify(found)
    changes[change]()
    assert not verify(found)


@BOTH
def test_an_unknown_version_is_one_sentence(agent: Agent, tmp_path: Path) -> None:
    with pytest.raises(InstallFailed, match=r"99\.99\.99") as caught:
        install(agent, "99.99.99", store=tmp_path)
    assert "\n" not in str(caught.value)
    assert "choose a version that was released" == caught.value.do or "network" in str(caught.value)
    assert () == list_installed(store=tmp_path)
    assert [] == list((tmp_path / "_tmp").iterdir())


@pytest.mark.parametrize("version", ["", "latest", "../../x", "1.0 --registry=x", "1.0\n", "^1"])
def test_what_is_not_a_version_is_refused(version: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a version"):
        install(NPM, version, store=tmp_path)
    assert [] == list(tmp_path.iterdir())


@BOTH
def test_without_a_network(agent: Agent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "npm_config_registry": "http://127.0.0.1:9",
        "npm_config_fetch_retries": "0",
        "npm_config_cache": str(tmp_path / "cache"),
        "PIP_INDEX_URL": "http://127.0.0.1:9",
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_FIND_LINKS": "",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(InstallFailed, match="check the network") as caught:
        install(agent, store=tmp_path / "agents")
    assert "\n" not in str(caught.value)
    assert None is installed(agent, store=tmp_path / "agents")


def test_without_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        InstallFailed, match=r"npm is not on this machine; install it, e\.g\. apt-get"
    ):
        install(NPM, store=tmp_path / "agents")


def test_a_store_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InstallFailed, match="CAB_DATA"):
        install(PIP, store=tmp_path / "file" / "agents")


@pytest.mark.skipif(os.geteuid() != 0, reason="mounts a small disk")
def test_a_full_disk(tmp_path: Path) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24k", "tmpfs", tmp_path], check=True)
    try:
        for agent in (NPM, PIP):
            with pytest.raises(InstallFailed, match="room") as caught:
                install(agent, store=tmp_path)
            assert "\n" not in str(caught.value)
            assert None is installed(agent, store=tmp_path)
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def test_one_failure_does_not_stop_the_others(tmp_path: Path) -> None:
    from dataclasses import replace

    with pytest.raises(InstallFailed):
        install_many((replace(NPM, version="99.99.99"), PIP), store=tmp_path)
    assert verify(require(PIP, store=tmp_path))


def test_two_at_once_install_once(tmp_path: Path) -> None:
    """The second waits for the first and finds it done."""
    seen: list[Progress] = []
    threads = [
        threading.Thread(
            target=install, args=(PIP,), kwargs={"store": tmp_path, "on_progress": seen.append}
        )
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 == [p.phase for p in seen].count(Phase.COMPILING)
    assert 3 == [p.phase for p in seen].count(Phase.DONE)
    assert verify(require(PIP, store=tmp_path))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_install_cut_short_is_not_believed(how: signal.Signals, tmp_path: Path) -> None:
    """Not when it is killed, nor when it is interrupted; the next one cleans up and succeeds."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from agents.packages import PIP\n"
        "from codingagentbench.agents import install\n"
        "install(PIP, store=Path(sys.argv[2]), on_progress=lambda p: print(p.phase, flush=True))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(FOLDER.parent), str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "fetching\n" == process.stdout.readline()
    time.sleep(0.1)
    process.send_signal(how)
    _, said = process.communicate(timeout=10)
    assert how != signal.SIGINT or "KeyboardInterrupt" in said
    assert None is installed(PIP, store=tmp_path)
    assert () == list_installed(store=tmp_path)
    if how == signal.SIGINT:
        assert [] == list((tmp_path / "_tmp").iterdir())
    assert verify(install(PIP, store=tmp_path))
    assert [] == list((tmp_path / "_tmp").iterdir())


def test_a_folder_without_a_manifest_is_not_an_install(tmp_path: Path) -> None:
    (tmp_path / PIP.name / PIP.version / "prefix").mkdir(parents=True)
    assert None is installed(PIP, store=tmp_path)
    assert verify(install(PIP, store=tmp_path))


def test_removing(own: Path) -> None:
    assert ("2.0.0",) == remove(PIP.name, store=own)
    assert None is installed(PIP, store=own)
    assert [NPM.name] == [manifest.name for manifest in list_installed(store=own)]
    with pytest.raises(NotInstalled, match="tiny-pip' is not installed"):
        remove(PIP.name, store=own)


def test_what_is_not_installed_says_how_to(tmp_path: Path) -> None:
    with pytest.raises(NotInstalled, match=r"cab agents install tiny-npm@3\.0\.1"):
        require(NPM, store=tmp_path)


def test_a_manifest_is_the_same_after_reading(store: Path) -> None:
    for manifest in list_installed(store=store):
        assert manifest == Manifest.model_validate_json(manifest.model_dump_json())
