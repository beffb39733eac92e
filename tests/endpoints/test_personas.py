"""Each persona does what its row says, on made-up tasks and on those of the corpus."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from codingagentbench.endpoints import PERSONAS, TEXT, TOOLS, BuiltinServer, Options, unexpected
from codingagentbench.errors import UnknownName
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.globs import matches
from codingagentbench.tasks import load_task, task_folders
from codingagentbench.tasks.model import Task

from .agent import SEARCH_REPLACE, Agent
from .samples import SOLUTION, changed, copy_tree, files
from .toolsets import CODEX, OPENCODE, PI

CORPUS = [load_task(folder) for _, folder in task_folders()]

every_persona = pytest.mark.parametrize("name", PERSONAS)
every_task = pytest.mark.parametrize("known", CORPUS, ids=lambda task: task.id)


@every_persona
@every_task
def test_the_plan_agrees_with_the_score_vector(name: str, known: Task) -> None:
    """Blast, tampering, refusal and solution, read off the plan, are those of the row."""
    persona = PERSONAS[name]
    row, plan = persona.expects(known), persona.plan(known)
    paths = {edit.path for edit in plan.edits}
    if row.blast is None:
        assert set() == paths
    else:
        assert row.blast.holds(len(unexpected(known, plan)) / len(paths))
    protected = {path for path in paths if matches(path, known.protected)}
    assert row.tampered == bool(protected)
    solution = {edit.path: edit.after for edit in PERSONAS["oracle"].plan(known).edits}
    solved = solution.items() <= {edit.path: edit.after for edit in plan.edits}.items()
    assert row.passed == solved
    document = known.refusal.document if known.refusal else "REFUSAL.md"
    assert row.refusal_produced == (document in paths)


@every_task
def test_the_plan_starts_from_the_tree_as_it_is(known: Task) -> None:
    for persona in PERSONAS.values():
        for edit in persona.plan(known).edits:
            path = known.tree / edit.path
            assert edit.before == (path.read_bytes() if path.exists() else None)
            assert edit.before != edit.after


@every_task
def test_a_wrong_edit_adds_blank_lines_and_nothing_else(known: Task) -> None:
    """The program stays what it was: it compiles, and the fault is still in it."""
    for edit in PERSONAS["wrong"].plan(known).edits:
        old, new = edit.old_text or "", edit.new_text or ""
        if edit.before is None:  # nothing to mend in the tree: a new file is begun
            whole = (known.solution / edit.path).read_text()
            assert 1 == new.count("\n") < whole.count("\n")
            assert whole.startswith(new)
            continue
        assert len(old.splitlines()) + 1 == len(new.splitlines())
        assert [x for x in old.splitlines() if x] == [x for x in new.splitlines() if x]
        if edit.path.endswith(".py"):
            assert ast.dump(ast.parse(old)) == ast.dump(ast.parse(new))


@every_task
def test_a_tamperer_leaves_tests_that_run_and_check_nothing(known: Task) -> None:
    (edit,) = PERSONAS["tamperer"].plan(known).edits
    assert "test" in edit.path
    text = edit.new_text or ""
    assert not re.search(r"^\s*(self\.)?assert", text, re.MULTILINE)
    if edit.path.endswith(".py"):
        ast.parse(text)


@pytest.mark.parametrize(
    "name", [name for name in PERSONAS if name not in ("rambler", "idle", "quitter")]
)
@pytest.mark.parametrize("tools", [OPENCODE, PI, CODEX], ids=["opencode", "pi", "codex"])
async def test_what_is_planned_is_done(
    server: BuiltinServer, task: Task, root: Path, name: str, tools: tuple[object, ...]
) -> None:
    """Exactly the planned files change, to exactly the planned content."""
    conversation = server.open(persona=name, task=task)
    agent = Agent(conversation, root, tools=tools, dialect=Dialect.CHAT, stream=True)  # type: ignore[arg-type]
    got = await agent.run()
    planned = {edit.path: edit.after.decode() for edit in conversation.plan.edits}
    assert planned.keys() == changed(task, root)
    assert planned.items() <= files(root).items()
    assert conversation.plan.closing == got[-1].text


@pytest.mark.parametrize("name", ["wrong", "vandal", "tamperer", "refuser"])
async def test_what_is_planned_is_done_in_text_too(
    server: BuiltinServer, refusal_task: Task, tmp_path: Path, name: str
) -> None:
    root = copy_tree(refusal_task, tmp_path / "text")
    conversation = server.open(persona=name, task=refusal_task)
    agent = Agent(
        conversation, root, tools=(), dialect=Dialect.CHAT, stream=False, system=SEARCH_REPLACE
    )
    await agent.run_in_text()
    planned = {edit.path: edit.after.decode() for edit in conversation.plan.edits}
    assert planned.keys() == changed(refusal_task, root)
    assert planned.items() <= files(root).items()


@pytest.mark.parametrize("name", ["idle", "quitter"])
async def test_the_idle_are_done_at_once(
    server: BuiltinServer, task: Task, root: Path, name: str
) -> None:
    agent = Agent(
        server.open(persona=name, task=task), root, tools=PI, dialect=Dialect.CHAT, stream=True
    )
    (got,) = await agent.run()
    assert set() == changed(task, root)
    assert got.calls == []
    assert (name == "quitter") == (got.text == "")


@pytest.mark.parametrize("dialect", Dialect)
async def test_the_rambler_never_ends_and_never_repeats_itself(
    server: BuiltinServer, task: Task, root: Path, dialect: Dialect
) -> None:
    """It goes on for as long as it is let, burns tokens, and touches nothing."""
    conversation = server.open(persona="rambler", task=task, options=Options(ramble=5000))
    agent = Agent(conversation, root, tools=CODEX, dialect=dialect, stream=True)
    got = await agent.run(limit=20)
    assert len(got) == 20
    assert len({str(arguments) for g in got for _, _, arguments in g.calls}) == 20
    assert (conversation.truth().totals.output or 0) > 20 * 5000 / 4
    assert set() == changed(task, root)


async def test_the_rambler_gets_nowhere_in_text(
    server: BuiltinServer, task: Task, root: Path
) -> None:
    """Blocks that fit nowhere make an agent ask again; the row says that this has an end."""
    agent = Agent(
        server.open(persona="rambler", task=task),
        root,
        tools=(),
        dialect=Dialect.CHAT,
        stream=False,
        system=SEARCH_REPLACE,
    )
    assert len(await agent.run_in_text(limit=4)) == 4
    assert set() == changed(task, root)
    assert not PERSONAS["rambler"].applies(offer=TEXT)
    assert PERSONAS["rambler"].applies(offer=TOOLS)


def test_the_vandal_solves_the_task_too(task: Task) -> None:
    plan = PERSONAS["vandal"].plan(task)
    assert SOLUTION.keys() < {edit.path for edit in plan.edits}
    assert unexpected(task, plan) == ("AGENT_NOTES.md", "README.md")


def test_a_refusal_document_states_every_fact(refusal_task: Task, tmp_path: Path) -> None:
    """Also where the solution has no such document to copy from."""
    (refusal_task.solution / "REFUSAL.md").rename(tmp_path / "gone")
    (edit,) = PERSONAS["refuser"].plan(refusal_task).edits
    assert edit.path == "REFUSAL.md"
    assert b"a" in edit.after
    assert all(fact in edit.after for fact in (b"test_a", b"test_b"))


async def test_an_unknown_persona_is_named(server: BuiltinServer) -> None:
    with pytest.raises(UnknownName, match=r"unknown built-in model 'orcale'.*'oracle'"):
        server.open(persona="orcale")
