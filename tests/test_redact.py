"""Secrets are taken out whole, in every spelling, however the bytes arrive."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.keyshapes import SHAPES, held_from, keys, taken_out
from codingagentbench.redact import Redactor, host_paths
from tests.results.test_scanning import PLANTED

KEY = 'sk-a"b/c\\d é0123'
ORDINARY = st.text(alphabet="xyz \n", max_size=40)


@pytest.mark.parametrize(
    "spelling", [KEY, json.dumps(KEY)[1:-1], quote(KEY, safe="")], ids=["plain", "json", "url"]
)
def test_every_spelling_is_replaced(spelling: str) -> None:
    redactor = Redactor({KEY: "key"})
    assert "before [key] after" == redactor.text(f"before {spelling} after")


def test_a_secret_within_a_longer_one_leaves_nothing_behind() -> None:
    redactor = Redactor({"secret": "short", "secret-and-more": "long"})
    assert "[long] [short]" == redactor.text("secret-and-more secret")


def test_a_secret_too_short_to_tell_from_text_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer than four"):
        Redactor({"abc": "key"})


def test_paths_of_the_host_get_a_stand_in() -> None:
    redactor = Redactor({}, {"/home/someone": "~"})
    assert "~/notes and \\\\x" == redactor.text("/home/someone/notes and \\\\x")


@given(st.binary(max_size=200))
def test_what_has_no_secret_is_left_alone(data: bytes) -> None:
    assert data == Redactor({"0123456789abcdef-no": "key"}).bytes(data)


@given(ORDINARY, ORDINARY, st.lists(st.integers(1, 9), min_size=1, max_size=30))
def test_a_stream_says_what_the_whole_would(before: str, after: str, sizes: list[int]) -> None:
    """Cut anywhere, also in the middle of the secret; and nothing is held back for ever."""
    redactor = Redactor({KEY: "key"})
    data = f"{before}{KEY}{after}{KEY}".encode()
    stream, out, at = redactor.stream(), b"", 0
    for size in sizes * (len(data) // sum(sizes) + 1):
        out += stream.feed(data[at : at + size])
        at += size
    out += stream.feed(data[at:]) + stream.flush()
    assert redactor.bytes(data) == out
    assert KEY.encode() not in out


@given(st.text(alphabet="uvw", min_size=1, max_size=30))
def test_ordinary_text_is_passed_on_at_once(text: str) -> None:
    assert text.encode() == Redactor({KEY: "key"}).stream().feed(text.encode())


@pytest.mark.parametrize("odd", [chr(0xD800), chr(0xDCFF), f"a{chr(0xDFFF)}b"])
def test_lone_surrogates_survive(odd: str) -> None:
    assert f"{odd} [key]" == Redactor({KEY: "key"}).text(f"{odd} {KEY}")


def test_a_path_is_taken_out_only_where_it_stands_as_one() -> None:
    redactor = Redactor({}, {"/root": "~"})
    kept = "a/root </root> /rooted /root-2 https://x/root"
    assert kept == redactor.text(kept)
    assert "~ ~/x '~' ~:~/bin (~)" == redactor.text("/root /root/x '/root' /root:/root/bin (/root)")


PIECES = st.sampled_from(
    [*PLANTED.values(), "task-", "sk-", "a", " ", "\n", "see https://host.example/x?page=2 ",
     "Bearer of news", "-----BEGIN PUBLIC KEY-----", "eyes", "://", "ghp", "Proxy", "k_live_"]
)  # fmt: skip


@pytest.mark.parametrize("kind", SHAPES)
def test_what_looks_like_a_key_is_taken_out_though_nobody_knew_it(kind: str) -> None:
    clean = Redactor({}).text(f"first {PLANTED[kind]} last")
    assert f"[{kind}]" in clean
    assert clean.startswith("first ")
    assert clean.endswith(" last")
    assert [] == keys(clean.encode()), "once is enough"


@given(st.lists(PIECES, max_size=12), st.lists(st.integers(1, 40), min_size=1, max_size=30))
def test_a_stream_takes_out_the_same_shapes(words: list[str], sizes: list[int]) -> None:
    data = "".join(words).encode()
    stream, out, at = Redactor({KEY: "key"}).stream(), b"", 0
    for size in sizes * (len(data) // sum(sizes) + 1):
        out += stream.feed(data[at : at + size])
        at += size
    out += stream.feed(data[at:]) + stream.flush()
    assert taken_out(data) == out
    assert [] == keys(out)


@given(st.binary(max_size=300))
def test_what_is_taken_out_stays_out(data: bytes) -> None:
    clean = taken_out(data)
    assert clean == taken_out(clean)
    assert 0 <= held_from(data) <= len(data)


def test_a_whole_private_key_goes_and_what_follows_stays() -> None:
    lines = "\n".join("QmFzZTY0" * 8 for _ in range(20))
    begin, end = "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----\nand so"
    text = f"{begin}\n{lines}\nMore==\n{end}"
    assert f"{begin}[private key]\n{end}" == Redactor({}).text(text)
    escaped = json.dumps(text)
    assert "QmFz" not in Redactor({}).text(escaped)
    assert "text" == json.loads(Redactor({}).text(json.dumps({"a": text, "b": "text"})))["b"]


@pytest.mark.parametrize(
    "text",
    ["https://example.org:8080/x", "git@github.com:a/b.git", "sk-learn and scikit",
     "task-force-of-the-seven-seas", "?key=short", "bearer of bad news", "--api-key=PLACEHOLDER",
     "PRIVATE KEY-----", "ghp_",
     "http://[::1]:80@x"],
)  # fmt: skip
def test_what_only_begins_like_one_is_left(text: str) -> None:
    assert text == Redactor({}).text(text)


def test_the_users_and_the_hosts_name_go_where_they_stand_as_such(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "annas-laptop")
    entry = type("Entry", (), {"pw_name": "anna"})
    monkeypatch.setattr("pwd.getpwuid", lambda _uid: entry)
    redactor = Redactor({}, host_paths())
    assert "~/x ~ [host]: anna banana /home/annabel" == redactor.text(
        "/home/anna/x /Users/anna annas-laptop: anna banana /home/annabel"
    )
    for anybodys in ("localhost", "python", "build", "ubuntu.local", "a-1"):
        monkeypatch.setattr("socket.gethostname", lambda name=anybodys: name)
        assert anybodys not in host_paths()


@pytest.mark.parametrize("kind", PLANTED)
def test_a_key_that_comes_byte_by_byte_is_taken_out(kind: str) -> None:
    data = f"so {PLANTED[kind]} it is".encode()
    stream = Redactor({}).stream()
    out = b"".join(stream.feed(data[at : at + 1]) for at in range(len(data))) + stream.flush()
    assert taken_out(data) == out
    assert f"[{kind}]".encode() in out
