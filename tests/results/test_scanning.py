"""The scanner: planted secrets of every kind are found, wherever they lie; else it is silent."""

from __future__ import annotations

import base64
import gzip
import json
import random
import string
import subprocess
import sys
from pathlib import Path

import pytest
import zstandard

from codingagentbench.errors import ResultsError
from codingagentbench.keyshapes import SHAPES
from codingagentbench.results import scan
from tests.site import laid, make

CAB = Path(sys.executable).with_name("cab")
LETTERS = string.ascii_letters + string.digits


def drawn(count: int, letters: str = LETTERS) -> str:
    """Like a key, and no key of anybody's."""
    return "".join(random.Random(count).choices(letters, k=count))


def web_token() -> str:
    parts = [json.dumps({"alg": "none", "n": n}).encode() for n in range(2)]
    return ".".join([*(base64.urlsafe_b64encode(p).decode().strip("=") for p in parts), drawn(30)])


PLANTED = {
    "Anthropic key": f"sk-ant-{drawn(60)}",
    "OpenRouter key": f"sk-or-v1-{drawn(64, 'abcdef0123456789')}",
    "OpenAI key": f"sk-proj-{drawn(40)}",
    "Google key": f"AIza{drawn(35)}",
    "GitHub token": f"ghp_{drawn(36)}",
    "GitHub fine token": f"github_pat_{drawn(60)}",
    "GitLab token": f"glpat-{drawn(20)}",
    "AWS key id": f"AKIA{drawn(16, string.ascii_uppercase + string.digits)}",
    "AWS session key id": f"ASIA{drawn(16, string.ascii_uppercase + string.digits)}",
    "Slack token": f"xoxb-{drawn(24)}",
    "Hugging Face token": f"hf_{drawn(34)}",
    "Groq key": f"gsk_{drawn(52)}",
    "NVIDIA key": f"nvapi-{drawn(64)}",
    "npm token": f"npm_{drawn(36)}",
    "PyPI token": f"pypi-{drawn(80)}",
    "Stripe key": f"sk_live_{drawn(24)}",
    "xAI key": f"xai-{drawn(80)}",
    "private key": f"-----BEGIN OPENSSH PRIVATE KEY-----\n{drawn(70)}\n{drawn(31)}\n-----END",
    "JSON web token": web_token(),
    "password in a URL": f"https://me:{drawn(9)}@host.example/x",
    "token in a URL": f"https://host.example/v1?api_key={drawn(24)}",
    "bearer token": f"Authorization: Bearer {drawn(32)}",
}


def test_there_is_a_planted_secret_of_every_shape() -> None:
    assert list(SHAPES) == list(PLANTED)
    assert 22 == len(PLANTED)


@pytest.mark.parametrize("kind", PLANTED)
@pytest.mark.parametrize("how", ["text", "zstd", "gzip", "json"])
def test_each_is_found(kind: str, how: str, tmp_path: Path) -> None:
    text = f"some line\nthen {PLANTED[kind]} here\n"
    data = (json.dumps({"said": text}) if how == "json" else text).encode()
    packed = {
        "zstd": zstandard.ZstdCompressor().compress(data),
        "gzip": gzip.compress(data),
    }.get(how, data)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(packed)
    found = scan(tmp_path)
    assert found.leaks, kind
    assert kind in {leak.kind for leak in found.leaks}
    leak = found.leaks[0]
    assert Path("deep/file") == leak.path
    assert PLANTED[kind] not in leak.shown
    assert len(leak.shown) <= 5


def test_known_values_are_found_in_every_spelling(tmp_path: Path) -> None:
    secret = 'pass"word/with=all'
    spellings = (secret, json.dumps(secret), "pass%22word%2Fwith%3Dall")
    for number, text in enumerate(spellings):
        (tmp_path / f"{number}.txt").write_text(f"\n\n{text}\n")
    found = scan(tmp_path, secrets={secret: "$MINE"})
    assert {"0.txt", "1.txt", "2.txt"} == {str(leak.path) for leak in found.leaks}
    assert {(3, "the secret $MINE")} == {(leak.line, leak.kind) for leak in found.leaks}


def test_ordinary_evidence_is_clean(tmp_path: Path) -> None:
    for run in (1, 2):
        made = make.record(agent="pi", run=run, sweep="s")
        laid.stored(tmp_path / "r", made, patch=make.PATCH, cast=laid.cast("hello"))
    (tmp_path / "r" / "notes.txt").write_text(
        "sk-short, [key], Bearer [session key], task-skeleton-of-a-very-long-name-that-is-no-key, "
        "https://host.example:8080/v1?key=short, git@host.example:me/it, //a:b@c\n"
    )
    (tmp_path / "r" / "half.zst").write_bytes(b"\x28\xb5\x2f\xfd rest")
    found = scan(tmp_path / "r")
    assert () == found.leaks
    assert found.files > 6


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="no such folder"):
        scan(tmp_path / "nowhere")


def test_the_verb(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("fine\n")
    (tmp_path / "key").write_text("correct horse\n")

    def cab(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [CAB, "results", "scan", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    assert 0 == cab(".").returncode
    found = cab(".", "--secret-file", "key")
    assert (1, True) == (found.returncode, "key:1: the secret key: corr…" in found.stdout)
    assert 2 == cab(".", "--secret-env", "NOT_SET_AT_ALL").returncode
    assert 1 == len(json.loads(cab(".", "--secret-file", "key", "--json").stdout))
