"""Every reader of foreign bytes against what was found before, and against changed good inputs.

What a long search found (``python -m tests.fuzz``) lies in ``found/TARGET/`` and is fed again here.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, Target

FOUND = Path(__file__).parent / "found"
_ODD = st.sampled_from(
    [b"\x00", b"\xff\xfe", b"\r", b"\n\n", b'"', b"'", b"\\", b"{", b"}", b"[" * 200, b"= 1e999",
     b"-1", b"9" * 30, b"null", b"true", b"NaN", b"../", b"/etc/passwd", b"\xed\xa0\x80", b"$",
     "é\u202e".encode(), b"<<", b"${", b'"""', b"#", b"data:", b"[DONE]", b"\x1b["]
)  # fmt: skip
_EDIT = st.tuples(st.floats(0, 1), st.floats(0, 1), st.one_of(_ODD, st.binary(max_size=8)))

every_target = pytest.mark.parametrize("target", TARGETS, ids=lambda one: one.name)


def changed(seed: bytes, edits: list[tuple[float, float, bytes]]) -> bytes:
    """``seed`` with stretches of it replaced: (where, how much of the rest, by what)."""
    for where, share, by in edits:
        start = int(where * len(seed))
        end = start + int(share**4 * (len(seed) - start))
        seed = seed[:start] + by + seed[end:]
    return seed


@every_target
def test_good_inputs_and_all_that_was_ever_found(target: Target) -> None:
    seeds = target.seeds()
    assert seeds
    found = FOUND / target.name.replace(" ", "-")
    for data in [b"", *seeds, *(path.read_bytes() for path in sorted(found.glob("*")))]:
        target.run(data)


@every_target
@settings(
    max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(data=st.data())
def test_changed_inputs_are_refused_in_words_at_the_worst(
    target: Target, data: st.DataObject
) -> None:
    seed = data.draw(st.one_of(st.sampled_from(target.seeds()), st.binary(max_size=80)))
    target.run(changed(seed, data.draw(st.lists(_EDIT, max_size=6))))


@pytest.mark.nightly
@pytest.mark.timeout(400)
@every_target
def test_a_search_led_by_coverage_finds_nothing(target: Target, tmp_path: Path) -> None:
    pytest.importorskip("atheris")
    from tests.fuzz.__main__ import search

    assert None is search(target.name, seconds=20, corpus=tmp_path)
