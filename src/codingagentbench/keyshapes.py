"""What well-known keys look like: found in bytes, taken out of bytes, also while they arrive.

One table for what is taken out where evidence is written (:mod:`codingagentbench.redact`) and for
what is looked for afterwards (``cab results scan``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_INSIDE: Final = ("k_", "ea", "PR")  # shapes that are the end of a word

#: What each kind looks like, and a text that all of its kind have: looking for that first is many
#: times faster. The first that fits gives the name. A group ``key`` is what is secret of it.
SHAPES: Final[Mapping[str, tuple[str, str]]] = {
    "Anthropic key": ("sk-ant-", r"sk-ant-[A-Za-z0-9_-]{20,}"),
    "OpenRouter key": ("sk-or-v1-", r"sk-or-v1-[0-9a-f]{32,}"),
    "OpenAI key": ("sk-", r"sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}"),
    "Google key": ("AIza", r"AIza[0-9A-Za-z_-]{35}"),
    "GitHub token": ("gh", r"gh[pousr]_[A-Za-z0-9]{36,}"),
    "GitHub fine token": ("github_pat_", r"github_pat_[A-Za-z0-9_]{40,}"),
    "GitLab token": ("glpat-", r"glpat-[A-Za-z0-9_-]{20,}"),
    "AWS key id": ("AKIA", r"AKIA[A-Z0-9]{16}"),
    "AWS session key id": ("ASIA", r"ASIA[A-Z0-9]{16}"),
    "Slack token": ("xox", r"xox[abprs]-[A-Za-z0-9-]{10,}"),
    "Hugging Face token": ("hf_", r"hf_[A-Za-z0-9]{30,}"),
    "Groq key": ("gsk_", r"gsk_[A-Za-z0-9]{30,}"),
    "NVIDIA key": ("nvapi-", r"nvapi-[A-Za-z0-9_-]{40,}"),
    "npm token": ("npm_", r"npm_[A-Za-z0-9]{36}"),
    "PyPI token": ("pypi-", r"pypi-[A-Za-z0-9_-]{50,}"),
    "Stripe key": ("k_live_", r"k_live_[A-Za-z0-9]{20,}"),
    "xAI key": ("xai-", r"xai-[A-Za-z0-9]{40,}"),
    "private key": (
        "PRIVATE KEY-----",
        r"PRIVATE KEY-----(?P<key>(?:\s|\\[nr])+[A-Za-z0-9+/=]{16,}"
        r"(?:(?:\s|\\[nr])+[A-Za-z0-9+/=]{1,76}+(?![^\s\\A-Za-z0-9+/=])){0,200})",
    ),
    "JSON web token": (
        ".eyJ",
        r"eyJ[A-Za-z0-9_-]{10,400}\.eyJ[A-Za-z0-9_-]{10,8000}+\.[A-Za-z0-9_-]{10,}",
    ),
    "password in a URL": (
        "://",
        r"://[^\s/:@\"'<>\[\]{}$\\]{1,80}:(?P<key>[^\s/:@\"'<>\[\]{}$\\]{3,200})@[\w.-]",
    ),
    "token in a URL": (
        "=",
        r"[?&](?:access_token|api_?key|apikey|auth|key|sig|token)="
        r"(?P<key>[A-Za-z0-9._~%+/-]{16,})",
    ),
    "bearer token": ("earer", r"earer\s{1,4}(?!\[)(?P<key>[A-Za-z0-9._~+/-]{20,})"),
}

#: The longest piece of a stream that is held back for what may still be coming.
HELD: Final = 16_384
_BEGINNINGS: Final = (
    b"sk-", b"AIza", b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_", b"github_pat_", b"glpat-",
    b"AKIA", b"ASIA", b"xoxa-", b"xoxb-", b"xoxp-", b"xoxr-", b"xoxs-", b"hf_", b"gsk_", b"nvapi-",
    b"npm_", b"pypi-", b"k_live_", b"xai-", b"eyJ", b"://", b"?", b"&", b"earer",
    b"PRIVATE KEY-----",
)  # fmt: skip
_LONGEST: Final = max(map(len, _BEGINNINGS))
#: Those that do not begin in the middle of a word.
_WORDS: Final = frozenset(
    one for one in _BEGINNINGS if one[:1].isalnum() and one[:2].decode() not in _INSIDE
)


class Key(NamedTuple):
    """One find: where what is secret begins and ends, and of what kind it is."""

    start: int
    end: int
    kind: str
    begin: int  # of all that makes it one: "Bearer " is no secret, but tells one
    until: int


def _compiled() -> Iterator[tuple[str, bytes, re.Pattern[bytes]]]:
    """A shape that begins with a letter does not begin in the middle of a word."""
    for kind, (literal, shape) in SHAPES.items():
        whole = shape[0].isalpha() and shape[:2] not in _INSIDE
        edge = r"(?<![A-Za-z0-9])" if whole else ""
        yield kind, literal.encode(), re.compile((edge + shape).encode())


_PATTERNS: Final = tuple(_compiled())


def keys(data: bytes, at: int = 0) -> list[Key]:
    """Every key in ``data`` from ``at`` on, in order; none overlaps another."""
    found: list[Key] = []
    for kind, literal, pattern in _PATTERNS:
        if literal in data:
            group = "key" if pattern.groupindex else 0
            place = at
            while (match := pattern.search(data, place)) is not None:
                begin, until = match.span()
                found.append(Key(*match.span(group), kind, begin, until))
                # The end of one may be the beginning of another: a word is in both.
                place = max(begin + 1, until - _LONGEST)
    if len(found) < 2:
        return found
    order = {kind: number for number, (kind, _, _) in enumerate(_PATTERNS)}
    found.sort(key=lambda key: (key.start, order[key.kind]))
    apart: list[Key] = []
    for key in found:
        if not apart or key.start >= apart[-1].end:
            apart.append(key)
        elif key.end > apart[-1].end:  # two shapes in one another: all of it is secret
            begin = min(apart[-1].begin, key.begin)
            apart[-1] = apart[-1]._replace(end=key.end, begin=begin, until=key.until)
    return apart


def taken_out(data: bytes, at: int = 0) -> bytes:
    """``data`` from ``at`` on with ``[kind]`` in the place of every key."""
    found = keys(data, at)
    if not found:
        return data[at:] if at else data
    pieces = []
    for key in found:
        pieces += [data[at : key.start], f"[{key.kind}]".encode()]
        at = key.end
    return taken_out(b"".join((*pieces, data[at:])))  # what stood behind one may now be another


def held_from(data: bytes) -> int:
    """Where the part of ``data`` begins that may be the beginning of a key; its length if none."""
    recent = data[-HELD:]
    begins = [at for look in (_word, _address, _query, _bearer, _private) for at in look(recent)]
    if begins:
        return len(data) - len(recent) + min(begins)
    tail = data[-_LONGEST:]
    for at in range(len(tail)):
        place = len(data) - len(tail) + at
        inside = data[place - 1 : place].isalnum() if place else False
        if any(
            beginning.startswith(tail[at:]) and not (inside and beginning in _WORDS)
            for beginning in _BEGINNINGS
        ):
            return place
    return len(data)


# Each of these looks back from the end over what a shape goes on with (quick, whatever the bytes
# are), and then for how it would have begun there.

_ALNUM: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_WORD: Final = re.compile(
    rb"k_live_|(?<![A-Za-z0-9])(?:sk-|AIza|gh[pousr]_|github_pat_|glpat-|AKIA|ASIA|xox[abprs]-|hf_"
    rb"|gsk_|nvapi-|npm_|pypi-|xai-|eyJ)"
)
_NOT_IN_ADDRESS: Final = b" \t\r\n\f\v/\"'<>[]{}$\\"
_IN_ADDRESS: Final = bytes(one for one in range(256) if one not in _NOT_IN_ADDRESS)
_NAME: Final = re.compile(rb"[?&][a-z_]{0,12}=?\Z")


def _word(data: bytes) -> Iterator[int]:
    start = len(data.rstrip(_ALNUM + b"_.-"))
    if (begin := _WORD.search(data, start)) is not None:
        yield begin.start()


def _address(data: bytes) -> Iterator[int]:
    start = len(data.rstrip(_IN_ADDRESS))
    if data.endswith(b"://", 0, start):
        yield start - 3


def _query(data: bytes) -> Iterator[int]:
    for start in (len(data), len(data.rstrip(_ALNUM + b"._~%+/-"))):
        name = _NAME.search(data, max(start - 14, 0), start)
        if name is not None:
            yield name.start()


def _bearer(data: bytes) -> Iterator[int]:
    start = len(data[: len(data.rstrip(_ALNUM + b"._~+/-"))].rstrip())
    if data.endswith(b"earer", 0, start):
        yield start - 5


def _private(data: bytes) -> Iterator[int]:
    start = len(data.rstrip(_ALNUM + b"+/= \t\r\n\f\v\\"))
    if data.endswith(b"PRIVATE KEY-----", 0, start):
        yield start - 16
