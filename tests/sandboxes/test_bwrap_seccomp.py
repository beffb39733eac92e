"""What the system call filter takes away, and what it leaves to ordinary programs."""

from __future__ import annotations

import errno
import struct
from typing import Any

import pytest
from bwrap_kit import run

from codingagentbench.sandboxes import seccomp

CALL = """python3 - <<'END'
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
def call(*args):
    result = libc.syscall(*args)
    return 0 if result >= 0 else ctypes.get_errno()
{0}
END"""


def python(body: str, **options: Any) -> str:
    return run(CALL.format(body), **options).text.strip()


def evaluate(program: bytes, *, arch: int, number: int, args: tuple[int, ...] = ()) -> int:
    """Run a filter as the kernel would; the action it returns."""
    data = struct.pack("=iIQ", number, arch, 0) + b"".join(
        struct.pack("=Q", a) for a in (*args, *[0] * (6 - len(args)))
    )
    ops = list(struct.iter_unpack("=HBBI", program))
    at, accumulator = 0, 0
    while True:
        code, yes, no, value = ops[at]
        at += 1
        if code == 0x20:
            accumulator = struct.unpack_from("=I", data, value)[0]
        elif code == 0x06:
            return value
        else:
            holds = {
                0x15: accumulator == value,
                0x35: accumulator >= value,
                0x45: accumulator & value != 0,
            }[code]
            at += yes if holds else no


ALLOW = 0x7FFF_0000
ARCH = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}


def deny(number: int) -> int:
    return 0x0005_0000 | number


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_row_of_the_table_is_denied_on_both_architectures(machine: str) -> None:
    program = seccomp.program(machine)
    column = ["x86_64", "aarch64"].index(machine)
    for name, row in seccomp.DENIED.items():
        number = row[column]
        assert isinstance(number, int)
        assert deny(row[2]) == evaluate(program, arch=ARCH[machine], number=number), name


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_calls_are_judged_by_their_arguments(machine: str) -> None:
    program, arch = seccomp.program(machine), ARCH[machine]
    x86 = machine == "x86_64"
    clone, unshare, ioctl, sock, pair, personality = (
        (56, 272, 16, 41, 53, 135) if x86 else (220, 97, 29, 198, 199, 92)
    )
    expected = [
        (clone, (0x0120_0011,), ALLOW),  # fork
        (clone, (0x003D_0F00,), ALLOW),  # a thread
        (clone, (0x1000_0011,), deny(errno.EPERM)),  # CLONE_NEWUSER
        (clone, (0x0002_0011,), deny(errno.EPERM)),
        (unshare, (0x200,), ALLOW),  # CLONE_FS
        (unshare, (0x4000_0000,), deny(errno.EPERM)),
        (unshare, (0x80,), deny(errno.EPERM)),  # CLONE_NEWTIME
        (ioctl, (0, 0x5413), ALLOW),  # TIOCGWINSZ
        (ioctl, (0, 0x5412), deny(errno.EPERM)),  # TIOCSTI
        (ioctl, (0, 0xDEAD_0000_0000_5412), deny(errno.EPERM)),  # the kernel drops the high half
        (sock, (1, 1, 0), ALLOW),
        (sock, (2, 1, 0), ALLOW),
        (sock, (10, 2, 0), ALLOW),
        (sock, (16, 3, 0), ALLOW),  # NETLINK_ROUTE
        (sock, (16, 3, 12), deny(errno.EAFNOSUPPORT)),  # NETLINK_NETFILTER
        (sock, (17, 3, 0), deny(errno.EAFNOSUPPORT)),  # AF_PACKET
        (sock, (38, 5, 0), deny(errno.EAFNOSUPPORT)),  # AF_ALG
        (sock, (40, 1, 0), deny(errno.EAFNOSUPPORT)),  # AF_VSOCK
        (pair, (1, 1, 0), ALLOW),
        (pair, (21, 1, 0), deny(errno.EAFNOSUPPORT)),
        (personality, (0xFFFF_FFFF,), ALLOW),
        (personality, (0x0040_0000,), deny(errno.EPERM)),
    ]
    for number, args, action in expected:
        assert action == evaluate(program, arch=arch, number=number, args=args), (number, args)


def test_another_architecture_and_x32_are_answered_with_no_such_call() -> None:
    program = seccomp.program("x86_64")
    assert deny(errno.ENOSYS) == evaluate(program, arch=0x4000_0003, number=20)
    assert deny(errno.ENOSYS) == evaluate(program, arch=ARCH["x86_64"], number=0x4000_0000 | 39)
    assert evaluate(program, arch=ARCH["x86_64"], number=39) == ALLOW


def test_no_further_namespace_can_be_made_inside() -> None:
    assert python("print(call(272, 0x10000000), call(56, 0x10000011, 0, 0, 0, 0))") == "1 1"
    assert run("unshare -Ur true").exit.code != 0
    assert run("unshare -n true").exit.code != 0


def test_the_filter_is_loaded_inside() -> None:
    done = run("grep -E '^Seccomp:' /proc/self/status")
    assert done.text == "Seccomp:\t2\n"


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        ("call(435, 0, 0)", errno.ENOSYS),  # clone3
        ("call(165, 0, 0, 0, 0, 0)", errno.EPERM),  # mount
        ("call(101, 0, 0, 0, 0)", errno.EPERM),  # ptrace
        ("call(310, 1, 0, 0, 0, 0, 0)", errno.EPERM),  # process_vm_readv
        ("call(425, 8, 0)", errno.ENOSYS),  # io_uring_setup
        ("call(250, 0, 0, 0, 0, 0)", errno.EPERM),  # keyctl
        ("call(321, 0, 0, 0)", errno.EPERM),  # bpf
        ("call(298, 0, 0, 0, 0, 0)", errno.EPERM),  # perf_event_open
        ("call(41, 40, 1, 0)", errno.EAFNOSUPPORT),  # AF_VSOCK
        ("call(41, 17, 3, 0)", errno.EAFNOSUPPORT),  # AF_PACKET
        ("call(135, 0x0040000)", errno.EPERM),  # personality
    ],
)
def test_calls_are_denied_inside(call: str, answer: int) -> None:
    if seccomp.platform.machine() != "x86_64":
        pytest.skip("numbers of x86_64")
    assert python(f"print({call})") == str(answer)


def test_nobody_types_into_the_terminal() -> None:
    body = (
        "import fcntl\ntry:\n    fcntl.ioctl(1, 0x5412, b'x')\nexcept OSError as e: print(e.errno)"
    )
    assert python(body, terminal=(80, 24)) == str(errno.EPERM)
    assert run("echo x > /dev/tty", terminal=(80, 24)).exit.code != 0


def test_threads_processes_and_sockets_work_as_ever() -> None:
    assert run(
        "python3 -c 'import threading, subprocess, socket, concurrent.futures as c;"
        "t = threading.Thread(target=print, args=(1,)); t.start(); t.join();"
        'print(subprocess.run(["echo", "2"], capture_output=True, text=True).stdout, end="");'
        "print(len(socket.if_nameindex()) + 2); socket.socketpair()'"
    ).lines == ["1", "2", "3"]
