"""The files of /etc that every sandbox has of ours: one user, no names but its own."""

from __future__ import annotations

from typing import Final

from codingagentbench.sandboxes.values import HOME

HOSTNAME: Final = "sandbox"
_NSSWITCH: Final = (
    "passwd: files\ngroup: files\nshadow: files\nhosts: files\n"
    "networks: files\nprotocols: files\nservices: files\n"
)


def own_etc(uid: int, gid: int, *, names: bool = False) -> dict[str, str]:
    """Name below /etc -> content, for a program that is called ``uid`` and ``gid`` inside.

    A name is looked up in files alone; who asks a name server directly is refused at once, because
    nothing listens on that port of the sandbox's own loopback. With ``names`` it is asked there.
    """
    return {
        "passwd": f"root:x:0:0:root:/root:/usr/sbin/nologin\n"
        f"agent:x:{uid}:{gid}:agent:{HOME}:/bin/bash\n"
        "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
        "group": f"root:x:0:\nagent:x:{gid}:\nnogroup:x:65534:\n",
        "hosts": f"127.0.0.1 localhost {HOSTNAME}\n::1 localhost\n",
        "hostname": f"{HOSTNAME}\n",
        "resolv.conf": "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n",
        "nsswitch.conf": _NSSWITCH.replace("hosts: files", "hosts: files dns")
        if names
        else _NSSWITCH,
        "host.conf": "multi on\n",
        "shells": "/bin/sh\n/bin/bash\n",
    }
