"""JavaScript in a verifier: one node for all hidden cases, one for all visible ``node:test`` files.

No package script, runner's config or ``node_modules`` of the tree has a say: node is given the
files by name. Node 18 or later. A driver (``driver.mjs``) exports its cases and judges nothing:

    import { Basket } from `${workspace}/src/basket.js`   // as a dynamic import

    export default {
      async empty_basket_costs_nothing(say) { say(new Basket().total()); },
    };

``say`` prints one line of its arguments: strings as they are, anything else as JSON with sorted
keys. It throws after 1000 lines. What a case throws is printed as ``threw NAME: message``,
what nobody catches as ``lost ...`` or ``uncaught ...``.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence

import cabverify

_CASE_SECONDS = 2.0  # after which a case that still waits is given up

#: Loads the driver and answers the cases by name. Printing is synchronous, so that nothing is
#: lost; rejections that nobody handles are the case's own, since it is not over before they show.
#: After the first case that is late the others are given a quarter of the time.
_RUNNER = """
import { writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
const [file, milliseconds, ...names] = process.argv.slice(1);
let patience = Number(milliseconds);
const later = globalThis.setTimeout, soon = globalThis.setImmediate, stop = process.exit;
const print = (text) => { writeSync(1, text + "\\n"); };
const byName = ([a], [b]) => (a < b ? -1 : 1);
const plain = (_, v) =>
  typeof v === "bigint" ? `${v}n`
    : Object.is(v, -0) ? "-0"
    : typeof v === "number" && !Number.isFinite(v) ? String(v)
    : v === undefined ? "undefined"
    : v !== null && typeof v === "object" && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(byName))
    : v;
const shown = (value) =>
  typeof value === "string" ? value
    : value === undefined ? "undefined"
    : JSON.stringify(value, plain);
const driver = await import(pathToFileURL(file).href).catch((error) => ({
  default: new Proxy({}, { get: () => async () => { throw error; } }),
}));
const begin = new Script("globalThis.cabCase()");
const told = (what, error) =>
  error instanceof Error ? `${what} ${error.name}: ${error.message}` : `${what} ${shown(error)}`;
let answer = () => {};
process.on("unhandledRejection", (error) => answer(told("lost", error)));
process.on("uncaughtException", (error) => answer(told("uncaught", error)));
for (const name of names) {
  print(`== ${name}`);
  let open = true, lines = 0;
  answer = (line) => { if (open) print(line); };
  const say = (...values) => {
    if (lines++ >= 1000) throw new RangeError("a case has said 1000 lines");
    answer(values.map(shown).join(" "));
  };
  const late = () => {
    answer(`no answer within ${patience} ms`);
    patience = Math.max(1, Math.floor(milliseconds / 4));
  };
  globalThis.cabCase = () => driver.default[name](say);
  try {
    const timer = new Promise((resolve) => later(resolve, patience, late).unref());
    const first = await Promise.race([begin.runInThisContext({ timeout: patience }), timer]);
    if (first === late) late();
  } catch (error) {
    if (error?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") late();
    else answer(told("threw", error));
  }
  await new Promise((resolve) => soon(() => soon(resolve)));
  open = false;
  print("== .");
}
stop(0);
"""

#: Imports test files one after the other into one process.
_TESTS = """
import { pathToFileURL } from "node:url";
for (const file of process.argv.slice(1)) await import(pathToFileURL(file).href);
"""

_POINT = re.compile(r"^( *)(not ok|ok) \d+(?: - (.*?))?( # (?:SKIP|TODO)\b.*)?$")
_BEGUN = re.compile(r"^( *)# Subtest: (.*)$")


def driver(path: str, *, case_seconds: float = _CASE_SECONDS) -> list[str]:
    """What starts ``path``, a module that exports cases by name, for :func:`cabverify.compare`."""
    patience = str(round(case_seconds * 1000))
    return ["node", "--input-type=module", "--eval", _RUNNER, "--", path, patience]


def visible(
    verifier: cabverify.Verifier,
    files: Sequence[str],
    names: Sequence[str],
    *,
    seconds: float = 10.0,
) -> None:
    """Run ``node:test`` files of the workspace once, and report each of ``names``.

    A test inside a ``describe`` or another test is called ``"outer > inner"``. A test that waits
    for ever takes those after it along. They share their process with the program under test,
    which can fool them: never the only proof.
    """
    found, child = outcomes(files, seconds=seconds)
    for name in names:

        @verifier.test("visible", name)
        def _(name: str = name) -> None:
            if name not in found:
                why = cabverify.tail(child.stderr) or f"node ended with code {child.code}"
                if child.code is None:
                    why = f"node did not end within {child.seconds:.0f} s"
                raise cabverify.Failed(f"the test did not report: {why}")
            good, message = found[name]
            cabverify.require(good, message)


def outcomes(
    files: Sequence[str], *, seconds: float = 10.0
) -> tuple[dict[str, tuple[bool, str]], cabverify.Child]:
    """Each test of these files: whether it passed (a skipped one did not), and what it said."""
    paths = [os.path.join(cabverify.WORKSPACE, file) for file in files]
    with tempfile.TemporaryDirectory() as scratch:
        report = os.path.join(scratch, "report.tap")
        told = ["--test-reporter=tap", f"--test-reporter-destination={report}"]
        argv = ["--input-type=module", "--eval", _TESTS, "--", *paths]
        child = cabverify.run(["node", *told, *argv], seconds=seconds)
        if child.code == 9 and "bad option" in child.stderr:  # before 18.15: TAP is all there is
            child = cabverify.run(["node", *argv], seconds=seconds)
            return tap(child.stdout), child
        try:
            with open(report, "rb") as handle:
                text = handle.read(4 * cabverify.OUTPUT_CAP).decode("utf-8", "replace")
        except FileNotFoundError:
            text = ""
    return tap(text), child


def tap(text: str) -> dict[str, tuple[bool, str]]:
    """A TAP report as {name: (passed, message)}; nested names are joined by `` > ``.

    Of two tests with one name the one that failed counts.
    """
    found: dict[str, tuple[bool, str]] = {}
    open_names: dict[int, str] = {}  # depth -> the test that is being reported
    lines = text.split("\n")
    for at, line in enumerate(lines):
        begun = _BEGUN.match(line)
        if begun:
            depth = len(begun.group(1)) // 4
            open_names = {d: n for d, n in open_names.items() if d < depth}
            open_names[depth] = _plain(begun.group(2))
            continue
        point = _POINT.match(line)
        if point is None:
            continue
        depth = len(point.group(1)) // 4
        outer = [open_names[d] for d in sorted(open_names) if d < depth]
        name = " > ".join([*outer, _plain(point.group(3) or "")])
        good = point.group(2) == "ok" and not point.group(4)
        if found.get(name, (True, ""))[0]:
            found[name] = (good, "" if good else _reason(point.group(4), lines[at + 1 : at + 60]))
    return found


def _plain(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name).strip()


def _reason(directive: str | None, following: Sequence[str]) -> str:
    """The ``error`` of a failed test's block, without the stack."""
    if directive:
        return directive.strip(" #")
    said: list[str] = []
    inside = False
    for line in following:
        text = line.strip()
        if text == "..." or (inside and re.match(r"(code|name|stack|expected|actual): ", text)):
            break
        if text.startswith("error: "):
            inside = True
            text = text[len("error: ") :].strip("'|-")
        if inside and text:
            said.append(text)
    return cabverify.tail(" ".join(said)) or "the test failed"
