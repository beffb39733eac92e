"""What is left of a package manager's last words: the one line that says what was wrong."""

from __future__ import annotations

import pytest

from codingagentbench.agents.npm import npm_words
from codingagentbench.agents.pip import pip_words

NO_VERSION = """\
npm warn Unknown user config "x". This will stop working in the next major version of npm.
npm error code ETARGET
npm error notarget No matching version found for opencode-ai@99.1.1.
npm error notarget In most cases you or one of your dependencies are requesting a package version
npm error A complete log of this run can be found in: /x/_logs/debug-0.log"""
REFUSED = """\
npm error code ECONNREFUSED
npm error syscall connect
npm error errno ECONNREFUSED
npm error FetchError: request to http://r/p failed, reason: connect ECONNREFUSED 127.0.0.1:1
npm error     at ClientRequest.<anonymous> (/usr/lib/index.js:130:14)
npm error   code: 'ECONNREFUSED',
npm error }"""
OLD = "npm ERR! code E404\nnpm ERR! 404 Not Found - GET http://r/nothing - Not found\n"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (NO_VERSION, "ETARGET: No matching version found for opencode-ai@99.1.1."),
        (
            REFUSED,
            "FetchError: request to http://r/p failed, reason: connect ECONNREFUSED 127.0.0.1:1",
        ),
        (OLD, "E404: Not Found - GET http://r/nothing - Not found"),
        ("sh: 1: node: not found\n", "sh: 1: node: not found"),
        ("", ""),
    ],
)
def test_npm(said: str, kept: str) -> None:
    assert kept == npm_words(said.splitlines())


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "ERROR: Could not find a version for x\nERROR: No matching distribution for x\n",
            "No matching distribution for x",
        ),
        ("Collecting x\nKilled", "Killed"),
        ("", ""),
    ],
)
def test_pip(said: str, kept: str) -> None:
    assert kept == pip_words(said.splitlines())
