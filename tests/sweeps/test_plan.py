"""The file, the plan and the lock: what is wrong is said, what has changed is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from codingagentbench.errors import CabError, ResultsError, UsageError
from codingagentbench.sweeps import lock_of, settle, unsupported_of
from codingagentbench.sweeps.session import MANY

from .kit import make_agent, make_sweep, opened


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "small"', "name = ", "not valid TOML"),
        ('name = "small"', 'name = "Small One"', "key 'name'"),
        ("runs = 2", "runs = 0", "key 'runs'"),
        ("runs = 2", "run = 2", "key 'run': extra inputs"),
        ("runs = 2", 'runs = "two"', "key 'runs'"),
        ("agents = [", "agents = []\nx = [", "key 'agents'"),
        ('models = ["idle"]', 'models = ["idle", "idle"]', "model 'idle' is listed twice"),
        ('models = ["idle"]', 'models = ["idel"]', "did you mean the built-in 'idle'?"),
        ('tasks = ["made-up/*"]', 'tasks = ["other/*"]', "other/*"),
        ('tasks = ["made-up/*"]', 'tasks = ["suite:nothing"]', "nothing"),
        ("runs = 2", "runs = 2\n[budget]\ncalls = 0", "key 'budget.calls'"),
        ("runs = 2", "runs = 2\n[[exclude]]\ntask = '**'", "no cell is left of the matrix"),
        ("script/agent.toml", "script/other.toml", "there is no such agent file"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_sentence(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    file = make_sweep(tmp_path)
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(CabError) as raised:
        opened(file)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_million_cells_are_asked_about(tmp_path: Path) -> None:
    file = make_sweep(tmp_path, runs=10_000)
    file.write_text(file.read_text().replace('["idle"]', '["idle", "wrong", "oracle"]'))
    with pytest.raises(UsageError, match=r"are 120,000 cells.*--yes"):
        opened(file)
    assert MANY < 120_000


def test_the_matrix_less_what_is_left_out(tmp_path: Path) -> None:
    file = make_sweep(tmp_path, tasks=3, runs=2)
    make_agent(tmp_path, "other")
    text = file.read_text().replace(
        'agents = ["./script/agent.toml"]', 'agents = ["./script/agent.toml", "./other/agent.toml"]'
    )
    file.write_text(text.replace('["idle"]', '["idle", "wrong"]'))
    whole = opened(file)
    assert 2 * 2 * 3 * 2 == len(whole.states)
    file.write_text(file.read_text() + '[[exclude]]\nagent = "*"\nmodel = "wrong"\n')
    assert 2 * 1 * 3 * 2 == len(opened(file).states)
    file.write_text(file.read_text() + '[[include]]\ntask = "made-up/word-1"\n')
    assert {"made-up/word-1"} == {one.cell.pair.task for one in opened(file).states}


def test_a_plugin_makes_another_agent_of_it(tmp_path: Path) -> None:
    file = make_sweep(tmp_path, tasks=1, runs=1)
    (tmp_path / "rules.toml").write_text('name = "brief"\nrules = "Be brief."\n')
    one = '"./script/agent.toml"'
    with_rules = f'{{ name = {one}, plugins = ["rules.toml"] }}'
    file.write_text(file.read_text().replace(f"[{one}]", f"[{one}, {with_rules}]"))
    assert {"script", "script+brief"} == {p.agent for p in opened(file).plan.pairs}


def test_an_agent_that_is_not_installed(tmp_path: Path) -> None:
    file = make_sweep(tmp_path)
    file.write_text(file.read_text().replace('["./script', '["pi@0.0.99", "./script'))
    found = opened(file)
    assert 1 == len(found.plan.missing)
    with pytest.raises(CabError, match=r"run: cab agents install pi@0\.0\.99"):
        settle(found, amend=False)


def test_what_an_agent_cannot_speak_is_unsupported_and_not_run(tmp_path: Path) -> None:
    file = make_sweep(tmp_path, tasks=2, runs=3)
    agent = make_agent(tmp_path, "other")
    agent.write_text(agent.read_text().replace('"chat"', '"gemini"'))
    text = file.read_text().replace("./script/", "./other/")
    model = '["idle", { name = "m", endpoint = "http://127.0.0.1:9/v1" }]'
    file.write_text(text.replace('["idle"]', model))
    found = opened(file)
    assert {"m"} == {pair.model for pair in found.plan.unsupported}
    assert {"idle"} == {state.cell.pair.model for state in found.states}
    reason = "other speaks gemini, which the endpoint is not said to speak"
    assert {reason: 6} == unsupported_of(found.plan)


def test_a_lock_names_all_that_has_changed(tmp_path: Path) -> None:
    file = make_sweep(tmp_path)
    first = opened(file)
    first.home.folder.mkdir(parents=True)
    lock = settle(first, amend=False)
    assert lock == settle(opened(file), amend=False)

    readme = tmp_path / "tasks" / "made-up" / "word-0" / "tree" / "README"
    readme.write_text("something\n")
    script = tmp_path / "script" / "run.sh"
    script.write_text(script.read_text() + "\n")
    shutil.rmtree(tmp_path / "tasks" / "made-up" / "word-3")
    file.write_text(file.read_text().replace("runs = 2", "runs = 3"))
    with pytest.raises(ResultsError) as raised:
        settle(opened(file), amend=False)
    for said in (
        "runs: was 2, now 3",
        "task made-up/word-0: was sha256:",
        "task made-up/word-3 is gone",
        "agent script: was 1.0+",
        "--amend",
    ):
        assert said in str(raised.value)
    amended = settle(opened(file), amend=True)
    assert lock_of(opened(file).plan) == amended
    assert lock.tasks == json.loads((first.home.folder / "lock.1.json").read_text())["tasks"]


def test_how_it_is_run_may_change_at_any_time(tmp_path: Path) -> None:
    file = make_sweep(tmp_path)
    opened(file).home.folder.mkdir(parents=True)
    settle(opened(file), amend=False)
    file.write_text(file.read_text() + "[machine]\njobs = 7\n[retry]\nattempts = 9\n")
    settle(opened(file), amend=False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"format": 99, "version": "7.0"}', "use codingagentbench 7.0"),
        ('{"format": 1, "version"', "not a whole lock"),
        ("[]", "not a whole lock"),
    ],
)
def test_a_lock_that_cannot_be_read(text: str, said: str, tmp_path: Path) -> None:
    file = make_sweep(tmp_path)
    home = opened(file).home
    home.folder.mkdir(parents=True)
    home.lock_path.write_text(text)
    with pytest.raises(ResultsError, match=said):
        settle(opened(file), amend=False)
