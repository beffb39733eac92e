"""The gateway beside no gateway and beside LiteLLM's proxy, in one run.

    python benchmarks/gateway.py [--no-litellm] [--json FILE]

Latency: one request after the other. Throughput: 32 connections that never pause. Each is taken
in rounds, in turn with the direct way, and the least disturbed round counts, for both.
A 60 KB prompt answered by 200 streamed chunks, each its own write. Load generator, gateway and
model server are three processes on loopback. LiteLLM is installed once from PyPI into an
environment of its own in the user's cache. Ours records as a cell does: every row, both bodies
redacted, compressed and on disk; ``no bodies`` is the ledger alone.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROUNDS = 5
CONCURRENCY = 32
STREAMS = 64
LITELLM_KEY = "sk-benchmark-litellm"


@dataclass(frozen=True)
class Target:
    name: str
    address: str
    key: str
    pid: int | None = None


@dataclass(frozen=True)
class Row:
    name: str
    latency_ms: float
    latency_p99_ms: float
    added_ms: float
    per_s: float
    cpu_ms: float | None  # of the gateway's process, a request
    memory_mb: float | None  # the most it ever held
    paced_s: float  # the slowest of the streams


@contextlib.contextmanager
def process(*argv: str, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, env=env) as running:
        try:
            yield running
        finally:
            running.terminate()


@contextlib.contextmanager
def upstream() -> Iterator[Target]:
    with process(sys.executable, str(HERE / "_gateway_upstream.py")) as running:
        assert running.stdout
        yield Target("direct", f"127.0.0.1:{int(running.stdout.readline())}", "none")


@contextlib.contextmanager
def ours(name: str, port: str, folder: str) -> Iterator[Target]:
    with process(sys.executable, str(HERE / "_gateway_ours.py"), port, folder) as running:
        assert running.stdout
        told = json.loads(running.stdout.readline())
        yield Target(name, told["address"], told["key"], running.pid)


def litellm_python() -> Path:
    """The interpreter of an environment that has LiteLLM's proxy; made on first use."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    python = cache / "codingagentbench" / "bench-litellm" / "bin" / "python"
    if not (python.parent / "litellm").exists():
        print("installing litellm[proxy], once ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", python.parent.parent], check=True)
        install = ["-m", "pip", "install", "-q", "litellm[proxy]"]
        subprocess.run([python, *install], check=True, stdout=sys.stderr)
    return python


@contextlib.contextmanager
def litellm(port: str, folder: str) -> Iterator[Target]:
    binary = litellm_python().parent / "litellm"
    base = f"http://127.0.0.1:{port}/v1"
    rows = "".join(
        f"  - model_name: {name}\n    litellm_params:\n      model: openai/{name}\n"
        f"      api_base: {base}\n      api_key: none\n"
        for name in ("m", "paced")
    )
    config = Path(folder) / "litellm.yaml"
    config.write_text(f"model_list:\n{rows}general_settings:\n  master_key: {LITELLM_KEY}\n")
    address = f"127.0.0.1:{free_port()}"
    listen = ["--host", "127.0.0.1", "--port", address.rpartition(":")[2]]
    env = {**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_LOG": "ERROR"}
    argv = [str(binary), "--config", str(config), *listen, "--num_workers", "1", "--telemetry"]
    with (
        open(os.devnull, "w") as quiet,
        subprocess.Popen([*argv, "False"], stdout=quiet, stderr=quiet, env=env) as running,
    ):
        try:
            wait_for(f"http://{address}/health/liveliness", 90.0)
            yield Target("LiteLLM proxy, 1 worker", address, LITELLM_KEY, running.pid)
        finally:
            running.terminate()


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])


def wait_for(url: str, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            if time.monotonic() > ends:
                raise SystemExit(f"{url} does not answer") from None
            time.sleep(0.5)
        else:
            return


def load(target: Target, mode: str, count: int) -> dict[str, float]:
    argv = [sys.executable, str(HERE / "_gateway_load.py"), target.address, target.key]
    done = subprocess.run(
        [*argv, mode, str(count)], stdout=subprocess.PIPE, check=True, timeout=120
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def measured(target: Target, direct: Target, *, requests: int) -> Row:
    """All figures of one target."""
    load(target, "latency", 10)
    here, there = [], []
    for _ in range(ROUNDS):
        there.append(load(direct, "latency", requests)["p50_ms"])
        here.append(load(target, "latency", requests))
    before = cpu_s(target.pid) if target.pid else 0.0
    heavy = [load(target, "throughput", CONCURRENCY) for _ in range(2)]
    cpu_ms = None
    if target.pid:
        cpu_ms = (cpu_s(target.pid) - before) * 1000 / sum(row["requests"] for row in heavy)
    paced = load(target, "paced", STREAMS)
    best = min(here, key=lambda row: row["p50_ms"])
    return Row(
        name=target.name,
        latency_ms=best["p50_ms"],
        latency_p99_ms=best["p99_ms"],
        added_ms=best["p50_ms"] - min(there),
        per_s=max(row["per_s"] for row in heavy),
        cpu_ms=cpu_ms,
        memory_mb=memory_mb(target.pid) if target.pid else None,
        paced_s=paced["max_s"],
    )


def table(rows: list[Row]) -> str:
    base = rows[0]
    lines = [
        "| | latency p50 | p99 | added p50 | requests/s | of direct | CPU a request | memory "
        f"| {STREAMS} streams of 100/s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        cpu = "-" if row.cpu_ms is None else f"{row.cpu_ms:.2f} ms"
        memory = "-" if row.memory_mb is None else f"{row.memory_mb:.0f} MB"
        added = "-" if row is base else f"{row.added_ms:.2f} ms"
        lines.append(
            f"| {row.name} | {row.latency_ms:.2f} ms | {row.latency_p99_ms:.2f} ms | {added} "
            f"| {row.per_s:.0f} | {row.per_s / base.per_s:.2f} | {cpu} | {memory} "
            f"| {row.paced_s:.2f} s |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--no-litellm", action="store_true", help="leave LiteLLM out")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cab-bench-") as scratch, upstream() as direct:
        port = direct.address.rpartition(":")[2]
        rows = [measured(direct, direct, requests=150)]
        with ours("cab gateway", port, f"{scratch}/bodies") as target:
            rows.append(measured(target, direct, requests=150))
        with ours("cab gateway, no bodies", port, "-") as target:
            rows.append(measured(target, direct, requests=150))
        if not options.no_litellm:
            with litellm(port, scratch) as target:
                rows.append(measured(target, direct, requests=10))
    print(table(rows))
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")


if __name__ == "__main__":
    main()
