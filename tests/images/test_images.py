"""Images: they hold what is installed, run a cell by themselves, and come back from a registry."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from codingagentbench.agents import get, installed, require, verify
from codingagentbench.cells import Bench, cell_request
from codingagentbench.endpoints import BuiltinServer, Options
from codingagentbench.errors import SandboxError, SandboxUnavailable, UsageError
from codingagentbench.images import BaseRecipe, Daemon, build_agent, build_base, listed, pull
from codingagentbench.images import remove as remove_image
from codingagentbench.results import Store, check_files, run_into
from codingagentbench.sandboxes import Missing, open_sandbox
from codingagentbench.sandboxes.docker_images import (
    BASE,
    HOLDS,
    PYTHON,
    TOOLCHAINS,
    find,
    toolchain,
)
from codingagentbench.site import build_page
from codingagentbench.site.commands import container_command
from codingagentbench.tasks import find_task
from tests.dockerd import Dockerd

pytestmark = [pytest.mark.docker, pytest.mark.agents, pytest.mark.slow]
TASK = "polyglot/python-reverse-string"


def docker(*words: object, **more: str) -> str:
    done = subprocess.run(
        ["docker", *map(str, words)], env={**os.environ, **more}, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    assert 0 == done.returncode, done.stderr[-2000:]
    return done.stdout


def test_an_image_holds_the_very_files_that_are_installed(dockerd: Dockerd) -> None:
    image, here = dockerd.with_agent("pi"), require(get("pi"))
    assert dict(here.digests) == image.holds
    assert dockerd.with_base().id == image.base
    daemon = Daemon(print)
    listing = daemon.ask(image.id, "/bin/sh", "-c", "cd /opt/agent && find . -type f | wc -l")
    count = sum(1 for path in here.prefix.rglob("*") if path.is_file() and not path.is_symlink())
    assert count == int(listing)
    labels = image.labels
    assert "pi 0.87.1" == labels["org.opencontainers.image.title"]
    assert json.loads(labels[TOOLCHAINS])["python"]["version"]
    config = daemon.client.inspect_image(image.id)["Config"]  # type: ignore[no-untyped-call]
    assert "1000:1000" == config["User"]
    assert not [one for one in config["Env"] if "proxy" in one.lower() or "CERT" in one]


@pytest.mark.nightly
def test_an_agent_that_does_not_suit_the_base_is_said_plainly(
    dockerd: Dockerd, tmp_path: Path
) -> None:
    """A base whose Python is another: here one without any."""
    dockerd.with_agent("aider")
    bare = Daemon(print).build(
        f"FROM {dockerd.with_base().id}\nUSER root\nRUN rm /usr/bin/python3.11\n",
        {},
        tag="cab-tests/bare:latest",
        labels={PYTHON: "/usr/bin/python3", TOOLCHAINS: "{}", "x": str(tmp_path)},
    )
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CAB_BASE_IMAGE", "cab-tests/bare:latest")
            with pytest.raises(SandboxError, match="aider does not start on this base image"):
                build_agent(get("aider"), require(get("aider")), Daemon(print))
    finally:
        Daemon(print).drop(bare.id)


def test_the_images_own_entry_point_runs_a_cell(dockerd: Dockerd, tmp_path: Path) -> None:
    dockerd.with_agent("pi")
    kept = tmp_path / "results"
    kept.mkdir()
    kept.chmod(0o777)  # of user 1000 inside
    told = docker(
        "run", "--rm", "--network", "none", "-v", f"{kept}:/results", "codingagentbench/pi:0.87.1",
        "run-cell", "--tui", "pi", "--model", "oracle", "--task", TASK, "--json",
    )  # fmt: skip
    (record,) = json.loads(told)
    assert "passed" == record["scores"]["verdict"]["outcome"]
    assert "none" == record["exit"]["backend"]
    assert require(get("pi")).digest == record["identity"]["agent_digest"]
    place = Path(record.pop("folder")).relative_to("/results")
    folder = kept / place
    assert record == json.loads((folder / "record.json").read_text())
    assert () == check_files(folder)


async def test_the_command_on_a_page_works_with_an_endpoint_of_ones_own(
    dockerd: Dockerd, tmp_path: Path
) -> None:
    """The model is a built-in one behind a plain URL and a key, as anybody's would be."""
    dockerd.with_agent("pi")
    request = cell_request(agent="pi", model="oracle", task=TASK, sandbox="docker")
    async with Bench(sandbox="docker") as bench:
        stored = await run_into(Store(tmp_path / "r").open(), request, bench=bench)
    record = stored.record
    assert "image id" == record.identity.image_digest_kind
    assert record.identity.image_digest in build_page(stored.folder).read_text()
    command = container_command(record)
    assert command is not None
    assert "cab images build pi@0.87.1" in command
    run = command.partition("\n\n")[2].replace("docker run", "docker run --network host")
    async with BuiltinServer() as server:
        here = server.open(
            persona="oracle", task=find_task(TASK), options=Options(workspace="/workspace")
        ).upstream()
        assert here.key is not None
        key = here.key.get_secret_value()
        done = await asyncio.to_thread(
            subprocess.run,
            ["bash", "-c", run],
            env={**os.environ, "YOUR_ENDPOINT": here.base_url, "YOUR_KEY": key},
            capture_output=True,
            text=True,
            check=False,
        )
    assert 0 == done.returncode, (run, done.stdout[-2000:], done.stderr[-2000:])
    assert "passed" in done.stdout
    assert key not in done.stdout + done.stderr


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A registry on this machine's loopback, which daemons speak plain HTTP with."""
    tmp_path = tmp_path_factory.mktemp("registry")
    program = shutil.which("docker-registry")
    if program is None:
        what = "there is no registry: apt-get install docker-registry"
        pytest.fail(what) if os.environ.get("CI") else pytest.skip(what)
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    config = tmp_path / "registry.yml"
    config.write_text(
        "version: 0.1\nlog: {level: error}\n"
        f"storage: {{filesystem: {{rootdirectory: {tmp_path / 'registry'}}}}}\n"
        f"http: {{addr: '127.0.0.1:{port}'}}\n"
    )
    with subprocess.Popen([program, "serve", str(config)], stderr=subprocess.DEVNULL) as process:
        for _ in range(200):
            with closing(socket.socket()) as link:
                if link.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"127.0.0.1:{port}/cab"
        process.kill()


def published(daemon: Daemon, name: str) -> str:
    """Push what is here as ``name``; its repository@digest."""
    docker("push", name)
    found = find(daemon.client, name)
    assert found is not None
    repository = name.rpartition(":")[0]
    (reference,) = [one for one in found.repo_digests if one.startswith(f"{repository}@")]
    return reference


async def test_a_published_image_is_taken_by_its_digest(
    dockerd: Dockerd, registry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine that never installed the agent: the same files, checked, in every sandbox."""
    image, here = dockerd.with_agent("pi"), require(get("pi"))
    daemon = Daemon(print)
    daemon.tag(image.id, f"{registry}/pi:0.87.1")
    reference = published(daemon, f"{registry}/pi:0.87.1")
    docker("image", "rm", f"{registry}/pi:0.87.1")
    monkeypatch.setenv("CAB_DATA", str(tmp_path / "elsewhere"))
    assert installed(get("pi")) is None
    pulled, taken = pull(reference, daemon)
    assert (here.digest, here.digests) == (taken.digest, taken.digests)
    assert str(tmp_path) in str(taken.prefix)
    assert verify(taken)
    assert ("repo digest", reference) == (
        pulled.identity().kind,
        f"{pulled.identity().reference}@{pulled.identity().digest}",
    )
    request = cell_request(agent="pi", model="oracle", task=TASK, sandbox="docker")
    async with Bench(sandbox="docker") as bench:
        stored = await run_into(Store(tmp_path / "r").open(), request, bench=bench)
    assert "passed" == str(stored.record.scores.verdict.outcome)
    assert "repo digest" == stored.record.identity.image_digest_kind
    command = container_command(stored.record)
    assert command is not None
    assert f"docker pull {reference}\n" in command
    assert 1 == command.splitlines()[1].count("sha256:")
    assert "Image is up to date" in docker(*command.splitlines()[1].split()[1:])
    with monkeypatch.context() as patch:
        patch.setenv("CAB_BASE_IMAGE", "cab-tests/pulled:latest")  # as where there is no base yet
        pull(reference, daemon)
        async with Bench(sandbox="docker") as bench:
            alone = await run_into(Store(tmp_path / "alone").open(), request, bench=bench)
        docker("image", "rm", "cab-tests/pulled:latest")
    assert "passed" == str(alone.record.scores.verdict.outcome)
    assert alone.record.exit is not None
    assert alone.record.exit.image == stored.record.exit.image
    wrong = f"{reference.partition('@')[0]}@sha256:{'7' * 64}"
    with pytest.raises(SandboxError, match="cannot be pulled"):
        pull(wrong, daemon)
    docker("image", "rm", reference)


async def test_an_image_with_other_files_than_it_says_is_not_taken(
    dockerd: Dockerd, registry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dockerd.with_agent("pi")
    daemon = Daemon(print)
    daemon.build(
        "FROM codingagentbench/pi:0.87.1\nUSER root\nRUN echo 1 >/opt/agent/extra.js\n",
        {},
        tag=f"{registry}/forged:1",
        labels={},
    )
    forged = published(daemon, f"{registry}/forged:1")
    monkeypatch.setenv("CAB_DATA", str(tmp_path / "elsewhere"))
    with pytest.raises(SandboxError, match="not those of its manifest"):
        pull(forged, daemon)
    assert installed(get("pi")) is None
    daemon.drop(f"{registry}/forged:1")
    daemon.build(
        "FROM codingagentbench/pi:0.87.1\nUSER root\nRUN mkfifo /opt/agent/pipe\n",
        {},
        tag=f"{registry}/odd:1",
        labels={},
    )
    odd = published(daemon, f"{registry}/odd:1")
    with pytest.raises(SandboxError, match="cannot be an installed agent's"):
        pull(odd, daemon)
    daemon.drop(f"{registry}/odd:1")


@pytest.mark.parametrize("text", ["aider", "aider:latest", "a@sha256:12", "../x@sha256:zz", ""])
def test_a_reference_has_a_digest(text: str) -> None:
    with pytest.raises(UsageError, match="does not say which image"):
        pull(text, Daemon(print))


def test_labels_that_are_nonsense_stop_nobody(dockerd: Dockerd) -> None:
    """Anybody can make an image with labels like ours."""
    daemon, base = Daemon(print), dockerd.with_base()
    odd = daemon.build(
        "FROM scratch\nCOPY x /x\n",
        {"x": Path(__file__)},
        tag="cab-tests/odd:1",
        labels={PYTHON: "/x", HOLDS: "{not json", TOOLCHAINS: "[1]"},
    )
    try:
        assert {} == odd.holds
        assert "cab-tests/odd:1" in {one.name for one in listed(daemon)}
        open_sandbox("docker").admit(())
        assert isinstance(toolchain(odd, "python"), Missing)
        assert base.id == dockerd.with_base().id
    finally:
        daemon.drop("cab-tests/odd:1")


def test_what_is_not_ours_is_left_alone(dockerd: Dockerd) -> None:
    daemon = Daemon(print)
    assert "codingagentbench/base:latest" in {one.name for one in listed(daemon)}
    with pytest.raises(UsageError, match="no image of ours called 'no/such:1'"):
        remove_image(daemon, "no/such:1")
    other = daemon.build("FROM scratch\nLABEL a=b\n", {}, tag="cab-tests/other:1", labels={})
    with pytest.raises(UsageError, match="no image of ours"):
        remove_image(daemon, "cab-tests/other:1")
    daemon.drop(other.id)
    assert dockerd.with_base().labels.keys() >= {PYTHON, TOOLCHAINS}
    assert BASE not in dockerd.with_base().labels
    assert HOLDS not in dockerd.with_base().labels


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"toolchains": ("pyhton",)}, "unknown toolchain 'pyhton'"),
        ({"origin": "debian; rm -rf /"}, "is no name of an image"),
        ({"suite": "$(id)"}, "is no name of an image or a suite"),
        ({"mirror": "deb.debian.org"}, "is no address of a Debian archive"),
    ],
)
def test_a_recipe_that_cannot_be_is_one_sentence(more: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said.replace("$", r"\$").replace("(", r"\(")):
        BaseRecipe(**more)  # type: ignore[arg-type]


def test_an_archive_that_does_not_answer_is_one_sentence(dockerd: Dockerd) -> None:
    before = dockerd.with_base().id
    nowhere = BaseRecipe(mirror="http://127.0.0.1:9/debian")
    with pytest.raises((SandboxError, SandboxUnavailable), match="debootstrap bookworm fails"):
        build_base(nowhere, Daemon(print))
    found = find(Daemon(print).client, "codingagentbench/base:latest")
    assert found is not None
    assert before == found.id, "a base that was there stays"


@pytest.mark.nightly
@pytest.mark.timeout(600)
def test_a_base_can_be_made_from_an_image_with_apt(dockerd: Dockerd) -> None:
    """Here from our own base, whose Python and package are then there twice over."""
    origin = dockerd.with_base()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAB_BASE_IMAGE", "cab-tests/from:latest")
        patch.setenv("FTP_PROXY", "http://me:a-password-of-mine@127.0.0.1:9")
        system = Daemon(print).build(
            f"FROM {origin.id}\nUSER root\nENTRYPOINT []\n",
            {},
            tag="cab-tests/system:latest",
            labels={},
        )
        wanted = BaseRecipe(
            origin="cab-tests/system:latest", toolchains=("python", "c++"), network="host"
        )
        made = build_base(wanted, Daemon(print))
        assert {"python", "c++"} <= json.loads(made.labels[TOOLCHAINS]).keys()
        told = docker("history", "--no-trunc", made.id) + docker("inspect", made.id)
        assert "a-password-of-mine" not in told
        for one in (made, system):
            Daemon(print).drop(one.id)
