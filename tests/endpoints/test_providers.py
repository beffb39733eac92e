"""From a model's name to an endpoint: sources, order, keys kept secret, clear refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from codingagentbench.endpoints import PERSONAS, Price, resolve
from codingagentbench.errors import CabError
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.values import Usage

KEY = "sk-0123456789abcdef"
CONFIG = """
default = "nebula"

[endpoints.nebula]
base_url = "https://llm.example.org/v1/"
dialects = ["chat", "responses"]
key_env = "NEBULA_KEY"
headers = { X-Title = "bench" }
header_env = { X-Org = "NEBULA_ORG" }
drop_fields = ["store"]

[endpoints.nebula.limits]
requests_per_minute = 60
concurrency = 4

[endpoints.nebula.models]
small = "vendor/small-4"

[endpoints.nebula.prices."vendor/small-4"]
input = 0.15
cached = 0.015
output = 0.6

[endpoints.home]
base_url = "http://127.0.0.1:8080/v1"
"""
ENV = {"NEBULA_KEY": KEY, "NEBULA_ORG": "organisation-77"}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG)
    return path


@pytest.mark.parametrize("name", PERSONAS)
def test_built_in_models_need_nothing(name: str, tmp_path: Path) -> None:
    """No key, no network, no config; not even where an endpoint is set for others."""
    for environ in ({"HOME": str(tmp_path)}, {"CAB_ENDPOINT": "https://x.example/v1"}):
        target = resolve(name, environ=environ)
        assert target.builtin
        assert {"model": name, "endpoint": "builtin", "builtin": True} == target.public()
        assert tuple(Dialect) == target.dialects
        assert target.secrets() == {}


def test_a_configured_endpoint_is_read_in_full(config: Path) -> None:
    target = resolve("small", config=config, environ=ENV)
    upstream = target.upstream
    assert upstream is not None
    assert upstream.key is not None
    assert upstream.key.get_secret_value() == KEY
    assert (target.model, target.endpoint, upstream.model) == ("small", "nebula", "vendor/small-4")
    assert upstream.base_url == "https://llm.example.org/v1"
    assert target.dialects == (Dialect.CHAT, Dialect.RESPONSES)
    assert Price(input=0.15, cached=0.015, output=0.6) == target.price
    assert target.secrets() == {KEY: "upstream key", "organisation-77": "header X-Org"}


def test_nothing_secret_is_public(config: Path) -> None:
    target = resolve("small", config=config, environ=ENV)
    for text in (str(target.public()), repr(target), str(target.upstream)):
        assert KEY not in text
        assert "organisation-77" not in text
    assert target.public()["headers"] == ["X-Org", "X-Title"]


def test_a_name_before_a_colon_picks_an_endpoint_where_there_is_one(config: Path) -> None:
    """Else the colon belongs to the model's id."""
    home = resolve("home:llama:7b", config=config, environ={})
    assert (home.endpoint, home.model) == ("home", "llama:7b")
    other = resolve("llama:7b", config=config, environ=ENV)
    assert (other.endpoint, other.model) == ("nebula", "llama:7b")
    named = resolve("home:oracle", config=config, environ={})
    assert (named.endpoint, named.builtin) == ("home", False)


def test_later_sources_win(config: Path, tmp_path: Path) -> None:
    """File, then environment, then flags."""
    file = tmp_path / "key"
    file.write_text(KEY + "-file\n")
    environ = {**ENV, "CAB_ENDPOINT": "https://env.example:8443/v1", "CAB_KEY": KEY + "-env"}
    cases = (
        ({"environ": ENV}, "nebula", KEY),
        ({"environ": environ}, "env.example:8443", KEY + "-env"),
        ({"environ": environ, "endpoint": "nebula"}, "nebula", KEY),
        ({"environ": environ, "endpoint": "https://flag.example/v1"}, "flag.example", KEY + "-env"),
        ({"environ": environ, "key_file": file}, "env.example:8443", KEY + "-file"),
        ({"environ": environ, "endpoint": "nebula", "key_env": "CAB_KEY"}, "nebula", KEY + "-env"),
    )
    for arguments, name, key in cases:
        target = resolve("m", config=config, **arguments)  # type: ignore[arg-type]
        assert target.upstream is not None
        assert target.upstream.key is not None
        assert (name, key) == (target.endpoint, target.upstream.key.get_secret_value())


def test_a_key_goes_nowhere_it_was_not_given_for(config: Path) -> None:
    """CAB_KEY is not sent to a configured endpoint that has no key."""
    environ = {"CAB_KEY": KEY, "CAB_ENDPOINT": "https://env.example/v1"}
    target = resolve("home:m", config=config, environ=environ)
    assert target.upstream is not None
    assert target.upstream.key is None


def test_dialects_come_from_the_environment_or_the_host() -> None:
    def dialects(url: str, **extra: str) -> tuple[Dialect, ...]:
        return resolve("m", environ={"CAB_ENDPOINT": url, **extra}).dialects

    assert dialects("https://some.example/v1") == (Dialect.CHAT,)
    assert dialects("https://api.anthropic.com") == (Dialect.MESSAGES,)
    given = dialects("https://some.example", CAB_DIALECT="responses, chat")
    assert given == (Dialect.RESPONSES, Dialect.CHAT)


def test_the_config_lies_where_the_user_keeps_configs(config: Path, tmp_path: Path) -> None:
    folder = tmp_path / "xdg/codingagentbench"
    folder.mkdir(parents=True)
    config.rename(folder / "config.toml")
    assert resolve("home:m", environ={"XDG_CONFIG_HOME": str(tmp_path / "xdg")}).endpoint == "home"


def test_a_price_counts_each_token_once() -> None:
    """Cached tokens are part of the input, and cheaper."""
    price = Price(input=1.0, cached=0.1, output=2.0)
    usage = Usage(input=1000, cached=600, output=100)
    assert pytest.approx((400 * 1.0 + 600 * 0.1 + 100 * 2.0) / 1e6) == price.usd(usage)
    assert price.usd(Usage(input=1000)) is None


def bad(tmp_path: Path, model: str = "m", text: str | None = None, **arguments: object) -> str:
    """The one sentence that this leads to."""
    environ = {"HOME": str(tmp_path), **arguments.pop("environ", {})}  # type: ignore[dict-item]
    if text is not None:
        (tmp_path / "c.toml").write_text(text)
        arguments["config"] = tmp_path / "c.toml"
    with pytest.raises(CabError) as caught:
        resolve(model, environ=environ, **arguments)  # type: ignore[arg-type]
    assert KEY not in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


URL = {"CAB_ENDPOINT": "https://x.example/v1"}


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    said = bad(tmp_path, "orcale")
    assert "no endpoint is configured for model 'orcale'" in said
    assert "did you mean the built-in 'oracle'?" in said
    assert "CAB_ENDPOINT" in said
    assert "config" in said
    assert "several endpoints" in bad(tmp_path, text=CONFIG.replace("default", "#"), environ=ENV)
    assert "NEBULA_KEY is not set" in bad(tmp_path, text=CONFIG)
    assert "did you mean 'nebula'" in bad(tmp_path, text=CONFIG, endpoint="nebulla")
    assert "empty" in bad(tmp_path, "", environ=URL)
    assert "uses no endpoint" in bad(tmp_path, "oracle", endpoint="https://x.example/v1")
    missing = tmp_path / "none"
    assert "no such config file" in bad(tmp_path, config=missing)
    assert "no such config file" in bad(tmp_path, environ={"CAB_CONFIG": str(missing)})


def test_a_bad_key_is_refused_and_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "key"
    assert "cannot be read" in bad(tmp_path, environ=URL, key_file=file)
    file.write_text("\n")
    assert "is empty" in bad(tmp_path, environ=URL, key_file=file)
    file.write_text("abc")
    assert "fewer than 8 characters" in bad(tmp_path, environ=URL, key_file=file)
    file.write_text(f"{KEY}\nsecond line")
    assert "no HTTP header can carry" in bad(tmp_path, environ=URL, key_file=file)
    file.write_bytes(b"\xff" * 20)
    assert "not text" in bad(tmp_path, environ=URL, key_file=file)
    assert "name, not the key" in bad(tmp_path, environ=URL, key_env=KEY)
    both = {"key_env": "X", "key_file": file}
    assert "both" in bad(tmp_path, environ={**URL, "X": KEY}, **both)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://x", "not a base URL"),
        ("https://", "not a base URL"),
        (f"https://me:{KEY}@x.example/v1", "holds a user or password"),
        ("https://x.example/v1/chat/completions", "leave '/chat/completions' away"),
        ("https://x.example/v1?key=1", "no '?'"),
        ("https://x.example:port/v1", "cannot be read"),
        ("http://[::1", "cannot be read"),
    ],
)
def test_a_bad_url_is_refused(tmp_path: Path, url: str, words: str) -> None:
    assert words in bad(tmp_path, environ={"CAB_ENDPOINT": url})
    assert words in bad(tmp_path, endpoint=url)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("default = \n", "at line 1"),
        ("defualt = 'x'", "did you mean 'default'"),
        ("default = 'x'", "not among the endpoints (none)"),
        ("[endpoints.a]\n", "'endpoints.a.base_url': field required"),
        ("[endpoints.a]\nbase_url = 7", "'endpoints.a.base_url'"),
        ("[endpoints.a]\nbase_url='https://x'\nbase_ulr='y'", "did you mean 'base_url'"),
        (f"[endpoints.a]\nbase_url='https://x'\nkey='{KEY}'", "keys are never written here"),
        (
            f"[endpoints.a]\nbase_url='https://x'\nheaders={{Authorization='{KEY}'}}",
            "Authorization looks like a key",
        ),
        ("[endpoints.a]\nbase_url='https://x'\ndialects=['caht']", "'endpoints.a.dialects.0'"),
        (
            "[endpoints.a]\nbase_url='https://x'\n[endpoints.a.limits]\nconcurrency=0",
            "'endpoints.a.limits.concurrency'",
        ),
    ],
)
def test_a_bad_config_is_explained(tmp_path: Path, text: str, words: str) -> None:
    """The file, and the line or the key."""
    said = bad(tmp_path, text=text)
    assert words.casefold() in said.casefold()
    assert "c.toml" in said
