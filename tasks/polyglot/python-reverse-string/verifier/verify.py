"""Drives the module from outside: a child prints answers, this process knows the right ones."""

import json
import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
LONG = "".join(chr(0x61 + i % 26) + str(i) for i in range(3000))[:10_000]

#: test -> (texts, what they should become)
CASES = {
    "empty_stays_empty": ([""], [""]),
    "one_character": (["q", "ß"], ["q", "ß"]),
    "ascii_sentence": (["Was it a cat?", "abc def"], ["?tac a ti saW", "fed cba"]),
    "accents_survive": (["naïve façade", "žluťoučký"], ["edaçaf evïan", "ýkčuoťulž"]),
    "beyond_the_basic_plane": (["a🎲b", "🃏🎲"], ["b🎲a", "🎲🃏"]),
    "leading_and_trailing_space": (["  ab ", "\tz"], [" ba  ", "z\t"]),
    "line_ends_are_characters": (["ab\ncd", "x\r\ny"], ["dc\nba", "y\n\rx"]),
    "ten_thousand_characters": ([LONG], ["".join(LONG[i] for i in range(len(LONG) - 1, -1, -1))]),
}
VISIBLE = (
    "test_empty", "test_palindrome", "test_single", "test_accents", "test_spaces", "test_word",
)

verifier = cabverify.Verifier()


def answers(texts):
    argv = [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), os.path.join(WORKSPACE, "src")]
    return cabverify.run(argv, stdin=json.dumps(texts)).json()


for name, (texts, expected) in CASES.items():

    @verifier.test("hidden", name)
    def _(texts=texts, expected=expected):
        cabverify.equal(expected, answers(texts))


@verifier.test("hidden", "twice_is_the_same")
def _():
    text = "Doch, ja! 42 🎲"
    once = answers([text])
    cabverify.require(once != [text], "the text did not change")
    cabverify.equal([text], answers(once))


for name in VISIBLE:

    @verifier.test("visible", name)
    def _(name=name):
        cabverify.unittest(
            "test_reverse.TestReverse." + name,
            paths=[os.path.join(WORKSPACE, "tests"), os.path.join(WORKSPACE, "src")],
        )


verifier.finish()
