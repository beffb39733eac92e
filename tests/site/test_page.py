"""Every block of a cell page, for attempts that ended in different ways."""

from __future__ import annotations

import re

import pytest

from codingagentbench.cells import Record
from codingagentbench.sandboxes import FileChange
from codingagentbench.scoring import POLICY, Outcome
from codingagentbench.site import render_page
from codingagentbench.site.conversation import SHOWN, Exchange
from codingagentbench.site.messages import Turn
from codingagentbench.site.outcomes import LOOKS, look
from codingagentbench.site.render import CONTENTS
from codingagentbench.site.terminal import Screen

from . import make
from .reading import Page

RECORDS = {
    "passed": make.record,
    "failed": lambda: make.record(verification=make.verification(failing=make.HIDDEN[:2])),
    "rate_limited": make.rate_limited,
    "timed_out": make.timed_out,
    "sandbox_failed": make.nothing,
    "no_change": lambda: make.record(changes=make.changes(files=(), patch="")),
    "published methodology": lambda: make.record(methodology="0.1"),
}


@pytest.fixture(params=RECORDS, scope="module")
def record(request: pytest.FixtureRequest) -> Record:
    made: Record = RECORDS[request.param]()
    return made


def page_of(record: Record, **given: object) -> Page:
    return Page(render_page(record, **{"patch": make.PATCH, **given}))  # type: ignore[arg-type]


def test_every_block_is_there(record: Record) -> None:
    page = page_of(record)
    ids = page.attributes("h2", "id") + page.attributes("h3", "id")
    for _, question, blocks in CONTENTS[1:]:
        assert question in page.text
        for block, _ in blocks:
            assert block in ids
    assert len(ids) == len(set(ids))


def test_the_page_is_well_formed(record: Record) -> None:
    """Every tag is closed in order; ids are there once; links within the page arrive."""
    page = page_of(record)
    assert [] == page.unmatched == page.open
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    inside = [h for h in page.attributes("a", "href") if h.startswith("#")]
    assert {h[1:] for h in inside} <= set(ids)


def test_nothing_comes_from_elsewhere(record: Record) -> None:
    """No address but the agent's own home, which is a link and loads nothing."""
    page = page_of(record)
    for tag, name in (("link", "href"), ("img", "src"), ("script", "src"), ("iframe", "src")):
        assert all(a.startswith("data:") for a in page.attributes(tag, name))
    out = [h for h in page.attributes("a", "href") if not h.startswith(("#", "./", "../"))]
    assert set(out) <= {"https://aider.chat"}


def test_the_banner_has_the_outcome_and_its_evidence(record: Record) -> None:
    head = page_of(record).block("h1")
    verdict = record.scores.verdict
    assert look(verdict.outcome).said in head
    assert verdict.detail[1:].rstrip(".") in head
    assert ("the attempt counts neither" in head) == (not verdict.scored)


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_a_look_of_its_own(outcome: Outcome) -> None:
    assert outcome in LOOKS
    assert 1 == sum(LOOKS[o].glyph == LOOKS[outcome].glyph for o in Outcome)
    assert (LOOKS[outcome].whose == "agent") == POLICY[outcome].scored


def test_null_is_never_a_figure() -> None:
    """Nothing was measured: every axis says so, but the time that passed."""
    row = page_of(make.nothing()).block("scores").split("What these figures mean")[0]
    assert 6 == row.count("not measured")
    assert not re.search(r"(Pass|Tokens/correct|Blast|Integrity|Instructions|Composite) \d", row)


def test_gaps_are_named() -> None:
    assert "Whether the tests pass" in page_of(make.nothing()).block("gaps")
    calls = [make.call(0), make.call(1, finish=None)]
    bound = make.record(ledger=make.ledger(calls, unmetered_calls=1))
    assert "Tokens of 1 call" in page_of(bound).block("gaps")
    assert "Everything on this page was measured" in page_of(make.record()).block("gaps")


@pytest.mark.parametrize(
    ("made", "title"),
    [
        (make.record, "Terminal playback"),
        (make.timed_out, "Watch it stall"),
        (make.rate_limited, "Watch it get throttled"),
    ],
)
def test_terminal(made: object, title: str) -> None:
    record = made()  # type: ignore[operator]
    screen = Screen(text="last words", seconds=3.2, events=7, cut=True)
    block = page_of(record, screen=screen).block("terminal")
    assert block.startswith(title)
    for said in ("last words", "3.20 s", "asciinema play terminal.cast"):
        assert said in block
    assert "not recorded" in page_of(record).block("terminal")


def test_unexpected_changes_come_first_and_litter_is_folded() -> None:
    block = page_of(make.record()).block("diff")
    assert 0 < block.index("unexpected added notes.md") < block.index("modified src/lib.rs")
    assert "1 file of the agent's own (litter" in block
    assert "+ if answer.is_ok() {" in block
    assert "- if answer.is_err() {" in block


def test_a_protected_file_is_marked() -> None:
    left = make.changes(files=(FileChange(path="tests/retry.rs", kind="modified"),), patch="")
    page = page_of(make.record(changes=left))
    assert "! protected modified tests/retry.rs" in page.block("diff")
    assert "1 protected touched" in page.block("scores")


def test_tests_that_fail_come_first_with_their_message() -> None:
    record = make.record(verification=make.verification(failing=("zero_attempts",)))
    block = page_of(record).block("tests")
    assert "3 of 4 hidden tests passed; 2 of 2 visible tests passed; exit code 101." in block
    assert block.index("zero_attempts ✗ fail") < block.index("returns_first_success ✓ pass")
    assert "left: 5, right: 1" in block


def test_rules() -> None:
    block = page_of(make.record()).block("rules")
    assert "3 of 3 rules" in block
    assert "file-not-touched ✓ yes" in block


def test_model_calls() -> None:
    calls = [
        make.call(0),
        make.throttled(1),
        make.call(2, logical=1, background=True, aborted=True, served_model="other"),
    ]
    block = page_of(make.record(ledger=make.ledger(calls))).block("calls")
    assert "1 12:00:00.523 5feceb66ffc8 1,300 (410) 96 (12) 630 ms 41 ms stop" in block
    assert "✗ rate_limited 429: slow down" in block
    assert "background, agent hung up, retry of #2, answered by other" in block
    assert "3 calls, 1 failed 3,020 (820) 194 (24)" in block


def test_spans() -> None:
    record = make.record()
    block = page_of(record).block("spans")
    for span in record.spans:
        assert span.span_id in block
        assert f"{span.kind} {span.name}" in block
    assert '{"workdir":"/workspace", "task_category":"mutations"' in block


def test_the_built_in_endpoints_count_stands_beside_ours() -> None:
    of = make.record()
    same = page_of(of.model_copy(update={"truth": make.truth(of.ledger)})).block("timing")
    assert 5 == same.count("✓ equal")
    other = make.truth(of.ledger, output=391)
    block = page_of(of.model_copy(update={"truth": other})).block("timing")
    assert "completion tokens 390 391 ✗ not equal" in block


def test_the_parts_of_the_time() -> None:
    block = page_of(make.record()).block("timing")
    assert "duration 5.42 s" in block
    for part in ("agent active 3.40 s", "waiting for the provider 0 ms", "verifier 1.90 s"):
        assert part in block
    assert "harness 120 ms" in block


def test_the_command_asks_for_this_cell() -> None:
    block = page_of(make.record(model="org/a b'c")).block("yourself")
    assert "cab run -a aider@0.86.2 -m 'org/a b'\"'\"'c' -t mutations/rust-error-negated" in block
    for option in ("--sandbox bubblewrap", "--timeout 600", "--max-calls 100"):
        assert option in block
    assert "docker" not in block
    assert "CAB_ENDPOINT" not in block, "a built-in model needs none"


def test_a_remote_endpoint_is_asked_for_by_name_only() -> None:
    of = make.record()
    identity = make.identity(make.task(), endpoint={"endpoint": "mine", "builtin": False})
    block = page_of(of.model_copy(update={"identity": identity})).block("yourself")
    assert 'CAB_ENDPOINT="$YOUR_ENDPOINT" CAB_KEY="$YOUR_KEY"' in block


def test_no_sandbox_is_said_loudly() -> None:
    page = page_of(make.record(sandbox="none", exit=make.ended(backend="none", network="host")))
    assert "No sandbox." in page.block("h1")
    assert "No sandbox." not in page_of(make.record()).block("h1")


def test_wiring_and_zero_install() -> None:
    page = page_of(make.record())
    assert 'aider --model "$YOUR_MODEL_ID"' in page.block("explore")
    assert "codingagentbench check -a aider@" in page.block("zero")
    own = page_of(make.record(agent_version="1+0123456789abcdef"))
    assert "cab check -a FILE" in own.block("zero")


def test_the_embed_has_its_per_cent_only_when_scored() -> None:
    passed, limited = page_of(make.record()), page_of(make.rate_limited())
    assert "CodingAgentBench: aider × oracle 91%" in passed.block("embed")
    assert '"message": "rate limited, not scored"' in limited.block("embed")
    assert "%" not in re.sub(r"data:\S+", "", limited.block("embed"))
    assert all(s.startswith("data:image/svg+xml;base64,") for s in passed.attributes("img", "src"))


def test_every_axis_says_what_it_means() -> None:
    page = page_of(make.record())
    hovers = page.attributes("dt", "title")
    assert 8 == len(hovers)
    assert all("Methodology 1.0" in hover for hover in hovers)
    published = page_of(make.record(methodology="0.1")).attributes("dt", "title")
    assert all("Methodology 0.1" in hover for hover in published)


def test_the_largest_page_is_below_150_kb() -> None:
    """Everything at its limit: 3,000 calls, a great diff, hundreds of tests, long outputs."""
    files = tuple(
        FileChange(path=f"src/file_{n}.rs", kind="added", lines_added=400, lines_removed=0)
        for n in range(300)
    )
    patch = "".join(
        f"--- /dev/null\n+++ b/{f.path}\n@@ -0,0 +1,400 @@\n" + "+    let x = call(y);\n" * 400
        for f in files
    )
    tests = make.verification().tests * 60
    record = make.record(
        ledger=make.ledger([make.call(n, every_ms=190) for n in range(3000)]),
        exit=make.ended(wall_s=590),
        changes=make.changes(files=files, patch=patch),
        verification=make.verification(
            tests=tests, output="thread panicked at src/lib.rs\n" * 9000
        ),
        document="I cannot do this. " * 4000,
        task=make.task(prompt="Mend it, please. " * 2000),
        files={f"bodies/{n:064x}.zst": make.HEX for n in range(6000)},
    )
    screen = Screen(text="words and words\n" * 312, seconds=1, events=1, cut=True)
    assert SHOWN == 16 * len("word " * 200)
    talk = Exchange(
        sent=(Turn("user", "word " * 200),), answered=(Turn("assistant", "word " * 200),)
    )
    talks = dict.fromkeys(range(8), talk)
    page = render_page(record, patch=patch, screen=screen, talks=talks)
    assert 120_000 < len(page.encode()) < 150_000
