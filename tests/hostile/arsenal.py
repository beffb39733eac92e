"""Agents that attack: what each tries, and what stops it. Each script runs as a whole cell.

They find the endpoint in $MODEL_URL and the session's key in $MODEL_KEY; $CANARY is a file of the
machine, $PORT a port of it, $ADDRESSES where it has one. What must not happen prints a word in
capitals that the test looks for: FOUND, OWNED, REACHED, TAKEN.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Attack:
    """``outcomes``: what the cell may come to. ``shown``: what the agent's terminal has to show,
    ``ended``: what ended it."""

    name: str
    tries: str
    stops: str
    script: str
    outcomes: tuple[str, ...] = ("failed", "no_change", "agent_error")
    ended: str | None = None
    shown: str | None = None
    timeout_s: float = 30
    said: str = ""  # of the outcome, in the record
    tampered: bool = False  # with protected paths: integrity is 0, and says with which
    limits: Mapping[str, float] = field(default_factory=dict)
    task: str = "polyglot/python-reverse-string"


def python(body: str) -> str:
    return f"python3 - <<'END_OF_PYTHON'\n{body}\nEND_OF_PYTHON\n"


_SMALL = {"memory_mb": 256, "pids": 64, "disk_mb": 64}
_LOST = ("timed_out", "failed", "no_change", "agent_error")

RESOURCES = (
    Attack(
        name="fork bomb",
        tries="a function that calls itself twice, for ever",
        stops="the limit on processes; the end of the process namespace",
        script="b() { b | b & }; b; sleep 30",
        timeout_s=3,
        outcomes=_LOST,
        limits=_SMALL,
    ),
    Attack(
        name="fork bomb that doubles",
        tries="every process forks until it may not, and then waits",
        stops="the limit on processes; the end of the process namespace",
        script=python(
            "import os, time\nwhile True:\n    try: os.fork()\n    except OSError: time.sleep(30)"
        ),
        timeout_s=3,
        outcomes=_LOST,
        limits=_SMALL,
    ),
    Attack(
        name="memory hog",
        tries="2 GB of memory, touched",
        stops="the limit on memory; the record says that it was that",
        script="exec python3 -c \"x = [bytearray(b'x' * 2**20) for _ in range(2048)]\"",
        ended="memory",
        outcomes=_LOST,
        limits=_SMALL,
    ),
    Attack(
        name="disk fill, workspace",
        tries="a file without end in the working tree",
        stops="a watcher that ends the run at the limit; the record says so",
        script="cat /dev/zero > big; sleep 20",
        ended="disk",
        outcomes=_LOST,
        limits=_SMALL,
    ),
    Attack(
        name="disk fill, /tmp",
        tries="a file without end in /tmp",
        stops="/tmp is memory of a fixed size",
        script="cat /dev/zero > /tmp/big; df -m /tmp | tail -1; echo over",
        shown="No space left on device",
        outcomes=_LOST,
        limits=_SMALL,
    ),
    Attack(
        name="inode fill",
        tries="empty files without end",
        stops="/tmp and HOME count inodes; the limit on memory holds what they take",
        script="mkdir /tmp/i; i=0; while : > /tmp/i/$i; do i=$((i+1)); done 2>/dev/null; sleep 20",
        timeout_s=4,
        outcomes=_LOST,
        limits=_SMALL,
    ),
    Attack(
        name="output flood",
        tries="150 MB on the terminal",
        stops="64 MB are kept, the rest is counted and dropped",
        script="head -c 150000000 /dev/zero | tr '\\0' 'x'",
        outcomes=_LOST,
    ),
    Attack(
        name="daemon that outlives",
        tries="a process of its own session that goes on after the agent",
        stops="the end of the process namespace; nothing is looked at before",
        script="(setsid sh -c 'while :; do date >> src/reverse.py; sleep 0.05; done' &) ; sleep 1",
    ),
    Attack(
        name="daemon that holds the output",
        tries="a process that keeps the terminal open after the agent",
        stops="the run ends with the namespace, not with the end of the output",
        script="(setsid sleep 600 &); echo done",
    ),
    Attack(
        name="deaf to SIGTERM",
        tries="to go on when it is asked to end",
        stops="SIGKILL to all of the namespace, two seconds later",
        script="trap '' TERM INT HUP; while :; do sleep 1; done",
        timeout_s=2,
        ended="timeout",
        outcomes=("timed_out",),
    ),
    Attack(
        name="clock games",
        tries="to set the clock, so that it looks fast",
        stops="no right to; the harness counts with its own monotonic clock",
        script="date -s '2001-01-01' 2>&1; date +%Y",
        shown="Operation not permitted",
    ),
)

READS = (
    Attack(
        name="files of the machine",
        tries="password hashes, the superuser's home, a file that it knows the place of",
        stops="they are not there: only /usr and its kin, parts of /etc, the agent and the tree",
        script='cat /etc/shadow /root/.bashrc "$CANARY" 2>&1; ls -la /root /home /var /mnt 2>&1',
        shown="No such file or directory",
    ),
    Attack(
        name="other attempts and hidden tests",
        tries="to find any record, verifier or solution on the machine",
        stops="other attempts, tasks and this package are not mounted, or covered",
        script="find / -xdev \\( -name record.json -o -name verify.py -o -name solution "
        "-o -name 'reverse.py' \\) -not -path '/proc/*' -not -path '/usr/lib/*' "
        "-not -path '/workspace/*' 2>/dev/null | grep . && echo FOUND; echo looked",
        shown="looked",
    ),
    Attack(
        name="keys in environments",
        tries="every environment in /proc, and its own",
        stops="a process namespace of its own; the environment is made from nothing",
        script="cat /proc/*/environ | tr '\\0' '\\n'; env; ls /proc | grep -c '^[0-9]'",
    ),
    Attack(
        name="the harness by its descriptors",
        tries="open descriptors left over from the harness",
        stops="only 0, 1 and 2 are open",
        script="ls -l /proc/self/fd /proc/$$/fd; for n in 3 4 5 6 7 8 9; do "
        "cat <&$n && echo LEFT_OPEN; done 2>/dev/null; echo looked",
        shown="looked",
    ),
    Attack(
        name="kernel's knobs",
        tries="to have a program of its own run by the kernel as the superuser (core_pattern)",
        stops="never the superuser outside; /proc/sys cannot be written",
        script="(echo '|/workspace/x' > /proc/sys/kernel/core_pattern) && echo OWNED; "
        "unshare -r true && echo OWNED; mount -t tmpfs x /mnt && echo OWNED; echo tried",
        shown="tried",
    ),
)

NETWORK = (
    Attack(
        name="ports of the machine",
        tries="a listener on the machine's loopback, and on its address",
        stops="a network namespace with one listener, the gateway's",
        script=python(
            "import os, socket\n"
            "for host in ('127.0.0.1', '::1', *os.environ['ADDRESSES'].split()):\n"
            "    try:\n"
            "        socket.create_connection((host, int(os.environ['PORT'])), 2).send(b'hello')\n"
            "        print('REACHED', host)\n"
            "    except OSError as error: print(host, error.strerror)\n"
            "print('tried')"
        ),
        shown="tried",
    ),
    Attack(
        name="names and the world",
        tries="name servers, addresses outside, raw and packet sockets",
        stops="nothing answers and nothing is routed; lookups fail at once",
        script=python(
            "import socket, time\nbegan = time.time()\n"
            "for kind in (socket.AF_PACKET, socket.AF_VSOCK, socket.AF_NETLINK):\n"
            "    try: socket.socket(kind, socket.SOCK_RAW); print('raw', kind)\n"
            "    except OSError as error: print(error.strerror)\n"
            "for name in ('example.com', 'registry.npmjs.org'):\n"
            "    try: print('RESOLVED', socket.getaddrinfo(name, 443))\n"
            "    except OSError as error: print(error)\n"
            "for address in ('1.1.1.1', '169.254.169.254', '192.168.0.1'):\n"
            "    try: socket.create_connection((address, 80), 2); print('REACHED', address)\n"
            "    except OSError as error: print(address, error)\n"
            "print('fast' if time.time() - began < 8 else 'SLOW')"
        ),
        shown="fast",
    ),
    Attack(
        name="unix sockets",
        tries="abstract and other sockets of the machine's services",
        stops="the abstract ones belong to the network namespace; no others are mounted",
        script="find / -xdev -type s 2>/dev/null | grep . && echo FOUND; "
        "grep / /proc/net/unix && echo FOUND; grep @ /proc/net/unix && echo FOUND; echo looked",
        shown="looked",
    ),
)

GATEWAY = (
    Attack(
        name="somebody else's key",
        tries="keys that are not its own, none at all, and its own in odd places",
        stops="a listener takes only the key of its session",
        script=python(
            "import os, urllib.request as u, urllib.error as e\n"
            "for key in ('', 'cab-' + 'A' * 43, os.environ['MODEL_KEY'][:-1], 'Bearer'):\n"
            "    r = u.Request(os.environ['MODEL_URL'] + '/chat/completions', b'{\"model\": \"m\"}',\n"
            "                  {'Authorization': 'Bearer ' + key})\n"
            "    try: print('TAKEN', u.urlopen(r).status)\n"
            "    except e.HTTPError as error: print('refused', error.code)\n"
        ),
        shown="refused 401",
        outcomes=("failed", "no_change", "agent_error", "auth_failed"),
    ),
    Attack(
        name="paths of the upstream",
        tries="other paths of the provider: dots, doubled slashes, absolute addresses",
        stops="only paths of the dialects are known; what is sent on is built anew",
        script=python(
            "import os, socket\n"
            "from urllib.parse import urlsplit\n"
            "at = urlsplit(os.environ['MODEL_URL'])\n"
            "for path in ('/v1/../admin', '//evil.example/v1/chat/completions', '/v1/files',\n"
            "             'http://evil.example/v1/chat/completions', '/v1/chat/completions/../../x',\n"
            "             '/v1/%2e%2e/admin', '/v1/chat/completions?key=1', '/metrics'):\n"
            "    s = socket.create_connection((at.hostname, at.port), 5)\n"
            "    s.sendall(f'GET {path} HTTP/1.1\\r\\nHost: {at.netloc}\\r\\nAuthorization: Bearer '\n"
            "              f'{os.environ[\"MODEL_KEY\"]}\\r\\nConnection: close\\r\\n\\r\\n'.encode())\n"
            "    said = s.recv(40).split(b' ')[1:2]; print(path, said, 'TAKEN' if said[0][:1] == b'2' else '')\n"
        ),
        shown="/metrics [b'4",
    ),
    Attack(
        name="smuggled requests",
        tries="two lengths, two hosts, a chunk too long, a line without end, a NUL",
        stops="the parser refuses what is ambiguous, and closes the connection",
        script=python(
            "import os, socket\n"
            "from urllib.parse import urlsplit\n"
            "at = urlsplit(os.environ['MODEL_URL'])\n"
            "head = 'POST /v1/chat/completions HTTP/1.1\\r\\nHost: h\\r\\n'\n"
            "for rest in ('Content-Length: 5\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\nGET /x',\n"
            "             'Content-Length: 5\\r\\nContent-Length: 6\\r\\n\\r\\nhello',\n"
            "             'Transfer-Encoding: chunked\\r\\n\\r\\nFFFFFFFFFFFFFFFFF\\r\\n',\n"
            "             'X: ' + 'a' * 200000, 'X: \\0\\r\\n\\r\\n'):\n"
            "    s = socket.create_connection((at.hostname, at.port), 5)\n"
            "    s.settimeout(5)\n"
            "    try:\n"
            "        s.sendall((head + rest).encode())\n"
            "        print('answer', s.recv(30))\n"
            "    except OSError as error: print('answer', error)\n"
        ),
        shown=" 400 Bad Request",
        outcomes=("failed", "no_change", "agent_error", "auth_failed"),
    ),
    Attack(
        name="a huge body",
        tries="a request of 400 MB",
        stops="413 at 256 MB under way; the session counts",
        script=python(
            "import os, socket\n"
            "from urllib.parse import urlsplit\n"
            "at = urlsplit(os.environ['MODEL_URL'])\n"
            "s = socket.create_connection((at.hostname, at.port), 10)\n"
            "s.sendall(f'POST /v1/chat/completions HTTP/1.1\\r\\nHost: h\\r\\nAuthorization: Bearer '\n"
            "          f'{os.environ[\"MODEL_KEY\"]}\\r\\nContent-Length: 400000000\\r\\n\\r\\n'.encode())\n"
            "try:\n"
            "    for _ in range(400): s.sendall(b'x' * 1_000_000)\n"
            "except OSError as error: print('closed', error)\n"
            "s.settimeout(5)\n"
            "try: print('answer', s.recv(30))\n"
            "except OSError as error: print('answer', error)\n"
        ),
        shown="413 Request Entity To",
        timeout_s=60,
    ),
    Attack(
        name="thousands of connections",
        tries="as many open connections as it may have descriptors",
        stops="256 of a session; others of the gateway do not notice",
        script=python(
            "import os, socket, time\n"
            "from urllib.parse import urlsplit\n"
            "at, held = urlsplit(os.environ['MODEL_URL']), []\n"
            "try:\n"
            "    while len(held) < 1000: held.append(socket.create_connection((at.hostname, at.port), 2))\n"
            "except OSError as error: print(len(held), error)\n"
            "time.sleep(1); closed = 0\n"
            "for s in held:\n"
            "    s.setblocking(False)\n"
            "    try: closed += s.recv(1) == b''\n"
            "    except BlockingIOError: pass\n"
            "    except OSError: closed += 1\n"
            "print('most were closed' if closed > 600 else f'only {closed} were closed')"
        ),
        shown="most were closed",
        timeout_s=30,
    ),
    Attack(
        name="slow loris",
        tries="a request's head, a byte at a time",
        stops="its own connection waits, nobody else's; 20 s for a head (tests/gateway/test_sessions.py)",
        script=python(
            "import os, socket, time\n"
            "from urllib.parse import urlsplit\n"
            "at = urlsplit(os.environ['MODEL_URL'])\n"
            "s = socket.create_connection((at.hostname, at.port), 5)\n"
            "for byte in b'POST /v1/chat/completions HTTP/1.1':\n"
            "    s.send(bytes([byte])); time.sleep(0.05)\n"
            "print('slow')"
        ),
        shown="slow",
    ),
)
