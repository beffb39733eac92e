"""Validation finds what is wrong with a task, says it in a sentence, and lets sound ones be."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from codingagentbench.cells import Bench
from codingagentbench.corpus import Validated, report, validate
from codingagentbench.tasks import corpus_root, new_task
from codingagentbench.tasks.skeleton_texts import SKELETONS

Change = Callable[[Path], None]


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with Bench() as opened:
        yield opened


async def proved(bench: Bench, folder: Path, *, repeats: int = 1) -> Validated:
    name = f"{folder.parent.name}/{folder.name}"
    (found,) = await validate([(name, folder)], bench=bench, repeats=repeats)
    return found


@pytest.mark.parametrize("language", SKELETONS)
async def test_a_new_task_is_sound(bench: Bench, tmp_path: Path, language: str) -> None:
    found = await proved(bench, new_task("mine/first", language=language, root=tmp_path), repeats=4)
    assert ([], "sound") == (found.problems, found.status)
    assert (3, 1, 2, 1) == (
        found.hidden,
        found.failing_hidden,
        found.visible,
        found.failing_visible,
    )


def edit(path: str, before: str, after: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / path).read_text()
        assert before in text
        (folder / path).write_text(text.replace(before, after))

    return change


def write(path: str, text: str) -> Change:
    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)

    return change


VERIFY = "verifier/verify.py"
REPORT = 'import os\nout = os.fdopen(3, "w")\n'
ALL = [("hidden", n) for n in ("every_limit", "just_above", "heaviest")]
ALL += [("visible", n) for n in ("light_parcel", "at_the_limit")]
PASSES = REPORT + "".join(
    f'print(\'{{"suite": "{suite}", "test": "{name}", "outcome": "pass"}}\', file=out)\n'
    for suite, name in ALL
)
PASSES += "print('{\"done\": 5}', file=out)\n"
DICE = "import random\nif random.random() < 0.5:\n    EXPECTED['heaviest'] = 'tails'\n"

#: what is done to a sound task -> the check that sees it, and what it says.
BROKEN: dict[str, tuple[Change, str, str]] = {
    "no prompt": (lambda folder: (folder / "prompt.md").unlink(), "load", "prompt.md"),
    "another id": (edit("task.toml", "mine/first", "mine/other"), "load", "cannot share an id"),
    "a link out": (
        lambda folder: (folder / "tree" / "way-out").symlink_to("/etc/passwd"),
        "load",
        "a link that leaves tree/",
    ),
    "a large tree": (
        lambda folder: (folder / "tree" / "big.bin").write_bytes(b"\0" * (200 << 20)),
        "size",
        "the tree has more than 20 MB",
    ),
    "a reference that fails": (
        edit("solution/src/parcels.py", "grams <= limit", "grams < limit + 1.0 and grams != 5000"),
        "reference",
        "'every_limit' is fail on the reference",
    ),
    "nothing to do": (
        edit("tree/src/parcels.py", "grams < limit", "grams <= limit"),
        "start",
        "no hidden test fails at the start",
    ),
    "tests that break": (
        edit(VERIFY, '"heaviest": "-1"', '"heaviest": 1 // 0 if False else "-1"'),
        "",
        "",
    ),
    "a verifier that errs": (
        edit(VERIFY, "verifier.finish()", 'verifier.record("hidden", "x", "error")'),
        "verifier",
        "cannot be believed",
    ),
    "a verifier that always passes": (write(VERIFY, PASSES), "start", "no hidden test fails"),
    "a verifier that prints nothing": (
        write(VERIFY, "raise SystemExit(0)"),
        "verifier",
        "reporting nothing",
    ),
    "a verifier that hangs": (
        lambda folder: (
            write(VERIFY, "import time\ntime.sleep(99)")(folder),
            edit("task.toml", "verifier = 60", "verifier = 1")(folder),
        )[0],
        "verifier",
        "it cannot work over the start",
    ),
    "a coin that is tossed": (
        edit(VERIFY, "verifier = cab", DICE + "verifier = cab"),
        "flaky",
        "in run",
    ),
    "a rule that nobody reads": (
        edit(
            "tree/AGENTS.md",
            "- Keep a change small: at most 40 lines added and removed together.\n",
            "",
        ),
        "rules",
        "no bullet of AGENTS.md says 'Keep a change small",
    ),
    "a rule that nobody checks": (
        edit("tree/AGENTS.md", "- Keep", "- Sing while you work.\n- Keep"),
        "rules",
        "AGENTS.md demands 'Sing while you work.'",
    ),
    "a rule that the reference breaks": (
        edit("task.toml", "max = 40", "max = 1"),
        "rules",
        "the reference does not keep 'max-lines-changed'",
    ),
    "an unexpected change": (
        write("solution/src/more.py", "x = 1\n"),
        "solution",
        "src/more.py is not in",
    ),
    "a protected change": (
        write("solution/tests/test_parcels.py", "pass\n"),
        "solution",
        "tests/test_parcels.py is protected",
    ),
    "a repository": (write("tree/.git/HEAD", "ref: x\n"), "leak", ".git is in the tree"),
    "the solution in the tree": (
        lambda folder: (
            (folder / "tree" / "old.py").write_text(
                (folder / "solution" / "src" / "parcels.py").read_text()
            )
            and None
        ),
        "leak",
        "old.py of the tree is src/parcels.py of the solution",
    ),
    "no visible test": (
        edit("task.toml", 'visible = ["light_parcel", "at_the_limit"]', "visible = []"),
        "tests",
        "no visible test",
    ),
    "a name in both": (
        edit("task.toml", '"heaviest"]', '"heaviest", "light_parcel"]'),
        "tests",
        "'light_parcel' is both hidden and visible",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_what_is_wrong_is_found(bench: Bench, tmp_path: Path, name: str) -> None:
    change, check, said = BROKEN[name]
    folder = new_task("mine/first", root=tmp_path)
    change(folder)
    found = await proved(bench, folder, repeats=12 if check == "flaky" else 1)
    if not check:
        assert "sound" == found.status
        return
    assert "unsound" == found.status
    told = [problem.what for problem in found.problems if problem.check == check]
    assert any(said in what for what in told), found.problems


HOSTILE = {
    "writes outside": 'open("/verifier/x", "w")\nopen("/usr/bin/x", "w")\n',
    "prints a megabyte": 'print("x" * 2_000_000)\n',
    "leaves a process": "import subprocess\n"
    "subprocess.Popen(['sleep', '300'], start_new_session=True)\n",
    "forks": "import os\nfor _ in range(20):\n    os.fork() or __import__('time').sleep(60)\n",
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_verifier_harms_nobody(bench: Bench, tmp_path: Path, name: str) -> None:
    """It fails its own task at worst; the next one is proved as ever."""
    bad = new_task("mine/bad", root=tmp_path)
    path = bad / "verifier" / "verify.py"
    path.write_text(path.read_text().replace("import os\n", HOSTILE[name] + "import os\n", 1))
    edit("task.toml", "verifier = 60", "verifier = 5")(bad)
    good = new_task("mine/good", root=tmp_path)
    first, second = await validate(
        [("mine/bad", bad), ("mine/good", good)], bench=bench, repeats=1, jobs=1
    )
    assert "sound" == second.status
    assert first.status == ("unsound" if name == "writes outside" else "sound")
    assert not (bad / "verifier" / "x").exists()


async def test_the_report_says_what_was_found(bench: Bench, tmp_path: Path) -> None:
    good, bad = new_task("mine/good", root=tmp_path), new_task("other/bad", root=tmp_path)
    edit("task.toml", "max = 40", "max = 1")(bad)
    found = await validate([("mine/good", good), ("other/bad", bad)], bench=bench, repeats=1)
    text = report(found, command="cab tasks validate")
    assert "2 tasks: 1 sound, 1 unsound. 4 runs of verifiers, 0 flaky tasks." in text
    assert "| `mine/good` | python | easy | 3 (1) | 2 (1) | 2 |" in text
    assert "- `other/bad` rules: the reference does not keep 'max-lines-changed'" in text
    assert str(tmp_path) not in text


@pytest.mark.parametrize("name", ["integrity/unsolvable-refusal", "polyglot/sql-monthly-revenue"])
async def test_tasks_of_the_corpus_are_sound(bench: Bench, tmp_path: Path, name: str) -> None:
    """A taste; ``cab tasks validate`` proves them all."""
    shutil.copytree(corpus_root() / name, tmp_path / name)
    assert [] == (await proved(bench, tmp_path / name, repeats=2)).problems
