"""Host names that a program asks for: none is known, each is told."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.sandboxes import Command, Exit, Toolchain, open_sandbox, resolve_toolchain
from codingagentbench.sandboxes.names import no_such_name, question

ASK = """
import socket, sys
for name in sys.argv[1:]:
    try:
        socket.getaddrinfo(name, 443)
    except socket.gaierror as error:
        print(name, error.errno == socket.EAI_NONAME)
"""


def query(name: bytes, *, flags: int = 0x0100) -> bytes:
    labels = b"".join(bytes([len(part)]) + part for part in name.split(b"."))
    return struct.pack(">6H", 7, flags, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", 1, 1)


@pytest.fixture
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names")
    folder.chmod(0o711)
    return folder


async def ran(scratch: Path, *names: str, listen: bool = True) -> tuple[Exit, str]:
    python = resolve_toolchain("python")
    assert isinstance(python, Toolchain)
    said = bytearray()
    async with open_sandbox().attempt(scratch) as slot:
        done = await slot.run(
            Command(
                argv=("python3", "-c", ASK, *names),
                mounts=python.mounts,
                env={"PATH": f"{':'.join(python.path)}:/usr/bin:/bin"},
                names=listen,
                terminal=None,
                timeout_s=20,
            ),
            sink=lambda _at, piece: said.extend(piece),
        )
    return done, said.decode()


async def test_every_name_is_kept_once_and_none_is_known(scratch: Path) -> None:
    done, said = await ran(scratch, "telemetry.example.com", "Updates.Example.org", "localhost")
    assert "telemetry.example.com True\nUpdates.Example.org True\n" == said
    assert ("telemetry.example.com", "updates.example.org") == done.names


async def test_nobody_listens_unless_asked_to(scratch: Path) -> None:
    done, said = await ran(scratch, "telemetry.example.com", listen=False)
    assert said.startswith("telemetry.example.com ")  # not found either
    assert done.names is None


async def test_who_asks_for_nothing_is_said_to(scratch: Path) -> None:
    done, _ = await ran(scratch)
    assert () == done.names


def test_an_answer_is_one_that_resolvers_take() -> None:
    asked = query(b"a.example.com")
    answer = no_such_name(asked + b"\0\0\x29\x10\0\0\0\0\0\0\0")  # with EDNS behind it
    assert asked[:2] == answer[:2]
    _, flags, *counts = struct.unpack(">6H", answer[:12])
    assert (1, 3) == (flags >> 15, flags & 15)
    assert [1, 0, 0, 0] == counts
    assert asked[12:] == answer[12:]


@pytest.mark.parametrize(
    "query_",
    [
        b"",
        b"\0" * 12,
        query(b"a.b")[:-3],
        query(b"a.b", flags=0x8180),
        b"\0" * 12 + b"\xc0\x0c" * 9,
    ],
    ids=["nothing", "no question", "cut", "an answer", "a pointer"],
)
def test_what_is_no_question_is_left_alone(query_: bytes) -> None:
    assert question(query_) is None


@given(st.binary(max_size=600))
def test_no_bytes_are_too_odd(data: bytes) -> None:
    name = question(data)
    if name is not None:
        assert name.isascii()
        assert name.isprintable()
        assert data[:2] == no_such_name(data)[:2]


def test_names_are_printable() -> None:
    assert "a?.b_c-1" == question(query(b"A\x1b.b_c-1"))
