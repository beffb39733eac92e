"use strict";
/* Two to four rows over all tasks, or cells of one task, side by side. The paired test is that of
   the command line: cab compare. */
(() => {
  const board = globalThis.cabRows;
  const form = document.querySelector("form.pick");
  const said = document.querySelector(".said");
  const result = document.querySelector(".result");
  if (!board || !form) return;
  const inner = (page) => page.replace(/^[a-z]+\//, "").replace(/\/index\.html$/, "");
  /* The folder of the latest attempt of a row on the task of that number. */
  const latest = (row, t) => {
    if (!row.latest[t]) return null;
    const [sweep, run, attempt] = row.latest[t];
    return `${board.sweeps[sweep]}/${inner(row.page)}/${inner(board.pages[t])}/run${run}/attempt${attempt}`;
  };
  const byName = new Map(board.rows.map((row) => [row.name, row]));

  /* ---- The paired test ---- */

  const shares = (row) => row.scored.map((n, t) => (n ? row.solved[t] / n : null));

  /* The coarsest grid that has all of them, in whole steps. */
  const steps = (values) => {
    for (let grid = 1; grid <= 64; grid++) {
      const scaled = values.map((value) => value * grid);
      if (scaled.every((value) => Math.abs(value - Math.round(value)) < 1e-7)) return scaled.map(Math.round);
    }
    return null;
  };

  /* Over all sign patterns; what is just as far as what was seen counts by half. */
  const signFlip = (differences) => {
    const other = differences.map(Math.abs).filter((value) => value > 0);
    const sum = Math.abs(differences.reduce((a, b) => a + b, 0));
    if (!other.length || sum < 1e-9) return 1;
    const whole = steps(other);
    if (!whole) return null;
    const total = whole.reduce((a, b) => a + b, 0);
    const seen = Math.round((sum * total) / other.reduce((a, b) => a + b, 0));
    const chance = new Float64Array(total + 1);
    chance[0] = 1;
    for (const step of whole)
      for (let at = total; at >= 0; at--) chance[at] = (chance[at] + (at >= step ? chance[at - step] : 0)) / 2;
    let [least, more] = [0, 0];
    chance.forEach((p, at) => {
      const far = Math.abs(total - 2 * at);
      if (far >= seen) least += p;
      if (far > seen) more += p;
    });
    return (least + more) / 2;
  };

  const interval = (differences) => {
    const n = differences.length;
    if (n < 2) return null;
    const mean = differences.reduce((a, b) => a + b, 0) / n;
    const deviation = Math.sqrt(differences.reduce((a, b) => a + (b - mean) ** 2, 0) / (n - 1));
    if (deviation >= 1e-12) {
      const half = (board.critical[n - 2] * deviation) / Math.sqrt(n);
      return [Math.max(-1, mean - half), Math.min(1, mean + half)];
    }
    const half = 1 - 0.025 ** (1 / n);
    let [low, high] = [Math.max(-1, mean - half), Math.min(1, mean + half)];
    if (2 ** -n > 0.05) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
    return [low, high];
  };

  const general = (value) => String(Number(value.toPrecision(3)));
  const tenth = (value) => String(Number(value.toFixed(1)) + 0);

  /* The sentence of cab compare, word for word. */
  const verdict = (a, b) => {
    const [mine, theirs] = [shares(a), shares(b)];
    const differences = mine.flatMap((m, t) => (m === null || theirs[t] === null ? [] : [m - theirs[t]]));
    const tasks = differences.length;
    if (!tasks) return `${a.name} and ${b.name} have no scored task in common: nothing can be said`;
    const bounds = interval(differences);
    if (!bounds) return `${a.name} and ${b.name} have one scored task in common: that says nothing of others`;
    const p = signFlip(differences);
    const pSaid = p === null ? "p not computed here" : p >= 0.001 ? `p = ${p.toFixed(3)}` : "p < 0.001";
    const more = differences.reduce((x, y) => x + y, 0);
    let [low, high] = bounds.map((bound) => bound * tasks);
    if (p === null || p > 0.05) {
      const amount = Math.abs(more) < 1e-9 ? "they solve as many" : `${general(Math.abs(more))} ${more > 0 ? "more" : "fewer"}`;
      return `${a.name} and ${b.name} are not told apart on ${tasks} tasks: ${amount} (95 %: ${tenth(low)} to ${tenth(high)}; ${pSaid})`;
    }
    let [first, second] = [a, b];
    if (more < 0) [first, second, low, high] = [b, a, -high, -low];
    return `${first.name} solves ${general(Math.abs(more))} more of ${tasks} tasks than ${second.name} (95 %: ${tenth(low)} to ${tenth(high)}; ${pSaid})`;
  };

  /* ---- Elements ---- */

  const make = (name, given = {}, ...inner) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
    made.append(...inner);
    return made;
  };
  const draw = (name, given, ...inner) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
    made.append(...inner);
    return made;
  };
  const scroll = (label, table) =>
    make("div", { class: "scroll whole", role: "region", tabindex: "0", "aria-label": label }, table);
  const link = (there, text) => make("a", { href: `../${encodeURI(there)}` }, text);
  const pairs = (list) => list.flatMap((a, i) => list.slice(i + 1).map((b) => [a, b]));
  const verdicts = (rows) =>
    make("ul", { class: "verdicts" }, ...pairs(rows).map(([a, b]) => make("li", {}, verdict(a, b))));

  /* ---- Rows ---- */

  const showRows = (rows) => {
    const all = rows.map(shares);
    const head = make("tr", {}, make("th", { scope: "col" }, "Task"),
      ...rows.map((row) => make("th", { scope: "col", class: "r" }, link(row.page, row.shown))));
    const lines = board.tasks.map((task, t) => {
      const known = all.map((one) => one[t]).filter((share) => share !== null);
      const differ = new Set(known).size > 1;
      const best = Math.max(...known);
      const line = make("tr", differ ? { class: "flip" } : {}, make("th", { scope: "row" }, link(board.pages[t], task)),
        ...all.map((one, n) => {
          const folder = latest(rows[n], t);
          const share = one[t] === null ? "not scored" : `${Math.round(one[t] * 100)}`;
          const text = folder ? link(`cells/${folder}/index.html`, share) : share;
          return make("td", { class: differ && one[t] === best ? "r ahead" : "r" }, text);
        }));
      line.dataset.differ = differ ? "1" : "";
      return line;
    });
    const figures = [["place", (row) => row.place], ["tokens per solved task", (row) => row.tokens === null ? "none solved" : Math.round(row.tokens).toLocaleString("en")],
      ["median time", (row) => row.seconds === null ? "not measured" : `${row.seconds.toFixed(2)} s`]].map(([name, of]) =>
      make("tr", {}, make("th", { scope: "row" }, name), ...rows.map((row) => make("td", { class: "r" }, of(row)))));
    const body = make("tbody", {}, ...lines);
    const only = make("input", { type: "checkbox", name: "only" });
    only.addEventListener("change", () => {
      for (const line of lines) line.hidden = only.checked && !line.dataset.differ;
    });
    const flips = lines.filter((line) => line.dataset.differ).length;
    result.replaceChildren(
      make("h2", {}, "Verdict"), verdicts(rows),
      make("h2", {}, "Task by task"),
      make("p", {}, `Share of scored runs that solved it, in per cent. ${flips} of ${lines.length} tasks differ. `,
        make("label", {}, only, " only those")),
      scroll("Task by task", make("table", { class: "compared" }, make("thead", {}, head), make("tbody", {}, ...figures), body)),
    );
  };

  /* ---- Cells ---- */

  const here = (a, b) => {
    if (a.solved === null || b.solved === null) return "not both are scored";
    if (a.solved === b.solved) return a.solved ? "both solve it" : "neither solves it";
    return `only ${(a.solved ? a : b).name} solves it`;
  };

  const timelines = (cells) => {
    const end = Math.max(1, ...cells.flatMap((cell) =>
      [...cell.spans.map((span) => span[2] + span[3]), ...cell.calls.map((call) => call[0] + call[1])]));
    const at = (value) => `${((100 * value) / end).toFixed(3)}%`;
    const wide = (value) => `${Math.max(0.25, (100 * value) / end).toFixed(3)}%`;
    return cells.map((cell) => {
      const depth = cell.spans.length + 1;
      const bars = cell.spans.map(([kind, name, start, length], n) =>
        draw("rect", { class: kind, x: at(start), width: wide(length), y: 2 + 8 * n, height: 6 },
          draw("title", {}, `${kind} ${name}: ${length.toFixed(0)} ms`)));
      const calls = cell.calls.map(([start, length, failed]) =>
        draw("rect", { class: failed ? "call failed" : "call", x: at(start), width: wide(length), y: 2 + 8 * (depth - 1), height: 6 },
          draw("title", {}, `model call: ${length.toFixed(0)} ms${failed ? ", failed" : ""}`)));
      return make("figure", {}, make("figcaption", {}, cell.name),
        draw("svg", { class: "beside", width: "100%", height: 8 * depth + 4, role: "img",
          "aria-label": `Spans and model calls of ${cell.name}, up to ${(end / 1000).toFixed(2)} s` }, ...bars, ...calls));
    });
  };

  const diff = (cell) => {
    const parts = cell.files.flatMap(([mark, path, stretches]) => [
      make("h4", {}, `${mark === "expected" ? "" : mark + " "}${path}`),
      make("pre", { tabindex: "0", "aria-label": `Diff of ${path}` },
        ...stretches.map(([kind, text]) => (kind === "same" ? `${text}\n` : make("span", { class: kind }, `${text}\n`)))),
    ]);
    return make("section", { "aria-label": `Diff of ${cell.name}` }, make("h3", {}, cell.name),
      ...(parts.length ? parts : [make("p", { class: "soft" }, "Nothing changed.")]));
  };

  const showCells = (paths) => {
    const cells = paths.map((path) => globalThis.cabCells[path]);
    const names = [...new Set(cells.flatMap((cell) => cell.figures.map(([name]) => name)))];
    const head = make("tr", {}, make("th", { scope: "col" }, "Figure"),
      ...cells.map((cell, n) => make("th", { scope: "col", class: "r" }, link(`cells/${paths[n]}/index.html`, cell.name))));
    const outcome = make("tr", {}, make("th", { scope: "row" }, "outcome"), ...cells.map((cell) =>
      make("td", { class: "r" }, make("span", { class: `outcome ${cell.outcome[2]}` },
        make("span", { class: "glyph", "aria-hidden": "true" }, cell.outcome[0]), " ", make("span", { class: "word" }, cell.outcome[1])))));
    const lines = names.map((name) => make("tr", {}, make("th", { scope: "row" }, name), ...cells.map((cell) =>
      make("td", { class: "r" }, cell.figures.find(([own]) => own === name)?.[1] ?? "–"))));
    const rows = [...new Set(cells.map((cell) => cell.row))].map((name) => byName.get(name)).filter(Boolean);
    result.replaceChildren(
      make("h2", {}, "Verdict"),
      make("ul", { class: "verdicts" }, ...pairs(cells).map(([a, b]) => make("li", {}, `${a.name} and ${b.name}: ${here(a, b)}`))),
      ...(rows.length > 1 ? [make("p", { class: "note" }, "Over all tasks:"), verdicts(rows)] : []),
      make("h2", {}, "Figures"),
      scroll("Figures", make("table", {}, make("thead", {}, head), make("tbody", {}, outcome, ...lines))),
      make("h2", {}, "Timelines on one axis"), ...timelines(cells),
      make("h2", {}, "Diffs"), make("div", { class: "diffs" }, ...cells.map(diff)),
    );
  };

  const load = (path) => new Promise((done, failed) => {
    if (globalThis.cabCells?.[path]) return done();
    const script = document.createElement("script");
    script.src = `../cells/${path.split("/").map(encodeURIComponent).join("/")}/cell.js`;
    script.addEventListener("load", done);
    script.addEventListener("error", () => failed(new Error(`no such cell: ${path}`)));
    document.head.append(script);
  });

  /* ---- What was chosen ---- */

  const chosen = new Map(); // the attempt of a row and a task that somebody came from
  const inputs = [...form.querySelectorAll("input[name=row]")];
  const taskBox = form.elements.task;
  for (const row of board.rows) form.querySelector("datalist").append(make("option", { value: row.name }));
  for (const task of board.tasks) taskBox.append(make("option", { value: task }, task));

  const tell = (text) => {
    said.textContent = text;
    result.replaceChildren();
  };

  const remember = (query) => {
    try {
      history.replaceState(null, "", `?${query}`);
    } catch {
      /* Some browsers allow it from a server only; the page works all the same. */
    }
  };

  const showPaths = async (paths) => {
    try {
      for (const path of paths) await load(path);
    } catch (error) {
      return tell(error.message);
    }
    said.textContent = "";
    showCells(paths);
  };

  const apply = () => {
    const names = inputs.map((input) => input.value.trim().replace(" × ", " x ")).filter(Boolean);
    const unknown = names.find((name) => !byName.has(name));
    if (unknown) return tell(`No row is called ${unknown}.`);
    const rows = [...new Set(names)].map((name) => byName.get(name));
    const task = taskBox.value;
    remember(new URLSearchParams([...rows.map((row) => ["row", row.name]), ...(task ? [["task", task]] : [])]));
    if (rows.length < 2) return tell("Choose two rows at least.");
    said.textContent = "";
    if (!task) return showRows(rows);
    const at = board.tasks.indexOf(task);
    const paths = rows.map((row) => chosen.get(`${row.name} ${task}`) ?? latest(row, at));
    const missing = rows.find((row, n) => !paths[n]);
    if (missing) return tell(`${missing.name} did not run ${task}.`);
    showPaths(paths);
  };

  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  const asked = new URLSearchParams(location.search);
  const cells = asked.getAll("cell").slice(0, 4);
  asked.getAll("row").slice(0, 4).forEach((name, n) => { inputs[n].value = name; });
  if (board.tasks.includes(asked.get("task"))) taskBox.value = asked.get("task");
  if (cells.length > 1) showPaths(cells);
  else if (cells.length) {
    load(cells[0]).then(() => {
      const cell = globalThis.cabCells[cells[0]];
      chosen.set(`${cell.row} ${cell.task}`, cells[0]);
      inputs[0].value = cell.row;
      taskBox.value = cell.task;
      apply();
    }, (error) => tell(error.message));
  } else if (inputs.some((input) => input.value)) apply();
  else tell("Choose two rows at least.");
})();
