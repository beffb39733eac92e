"use strict";
/* Every number of the map leads to the cells behind it. */
(() => {
  const table = document.querySelector("table.heat");
  if (!table) return;
  const heads = table.tHead.rows[0].cells;
  const place = (event) => {
    const cell = event.target.closest("td");
    return cell && { cell, head: heads[cell.cellIndex], row: cell.parentNode.cells[0] };
  };
  table.addEventListener("pointerover", (event) => {
    const at = place(event);
    if (!at || at.cell.title) return;
    const share = at.cell.textContent;
    at.cell.title = `${at.row.textContent}, ${at.head.textContent}: ` + (share === "·" ? "not scored" : `${share} %`);
  });
  table.addEventListener("click", (event) => {
    const at = place(event);
    if (at && at.head.dataset.anchor)
      location.href = `${at.row.querySelector("a").href}#${encodeURIComponent(at.head.dataset.anchor)}`;
  });
})();

/* Sorting, filtering and ranking by one's own weights, on the rows that are there. */
(() => {
  const table = document.querySelector("table.board");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const form = document.querySelector("form.choose");
  const number = (row, key) => {
    const text = row.dataset[key];
    return text === "" || text === undefined ? null : Number(text);
  };
  /* What is better is more; of costs less is more, on their logarithm. */
  const directions = { best: 1, name: 1, ships: -1, stays: -1, tokens: 1, seconds: 1 };

  const sortBy = (key, down) => {
    const sign = directions[key] * (down ? -1 : 1);
    const sorted = [...rows].sort((a, b) => {
      if (key === "name") return sign * a.dataset.name.localeCompare(b.dataset.name);
      const [x, y] = [number(a, key), number(b, key)];
      if (x === null || y === null) return (x === null) - (y === null);
      return sign * (x - y);
    });
    body.replaceChildren(...sorted);
    for (const head of table.tHead.rows[0].cells) head.removeAttribute("aria-sort");
  };

  for (const head of table.tHead.rows[0].cells) {
    const key = head.dataset.sort;
    if (!key) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      sortBy(key, down);
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
    });
  }

  if (!form) return;
  const box = form.closest("details");
  box.hidden = false;
  const sure = form.querySelector(".sure");

  /* Each figure from 0 to 1 over the rows that are shown; the spread comes from the interval. */
  const scores = (shown, weights) => {
    const scale = {};
    for (const key of ["tokens", "seconds"]) {
      const known = shown.map((row) => number(row, key)).filter((v) => v !== null && v > 0);
      scale[key] = known.length ? [Math.log(Math.min(...known)), Math.log(Math.max(...known))] : null;
    }
    const value = (row, key) => {
      const plain = number(row, key);
      if (plain === null || plain < 0) return 0;
      if (!scale[key]) return plain;
      const [low, high] = scale[key];
      return high > low ? 1 - (Math.log(plain) - low) / (high - low) : 1;
    };
    const total = Object.values(weights).reduce((a, b) => a + b, 0) || 1;
    return shown.map((row) => {
      const score = Object.entries(weights).reduce((sum, [k, w]) => sum + w * value(row, k), 0) / total;
      const [low, high] = [number(row, "low"), number(row, "high")];
      const deviation = low === null ? 0 : ((high - low) / 3.92) * (weights.ships / total);
      return { row, score, deviation };
    });
  };

  const normal = (z) => {
    const t = 1 / (1 + 0.2316419 * Math.abs(z));
    const d = 0.3989423 * Math.exp((-z * z) / 2);
    const tail = d * t * (0.3193815 + t * (-0.3565638 + t * (1.781478 + t * (-1.821256 + t * 1.330274))));
    return z > 0 ? 1 - tail : tail;
  };

  const apply = (write) => {
    const chosen = new FormData(form);
    const weights = {};
    for (const key of ["ships", "stays", "tokens", "seconds"]) weights[key] = Number(chosen.get(key));
    for (const row of rows)
      row.hidden = Boolean(
        (chosen.get("agent") && row.dataset.agent !== chosen.get("agent")) ||
          (chosen.get("model") && row.dataset.model !== chosen.get("model")),
      );
    const shown = rows.filter((row) => !row.hidden);
    const ranked = scores(shown, weights).sort((a, b) => b.score - a.score);
    body.replaceChildren(...ranked.map((one) => one.row), ...rows.filter((row) => row.hidden));
    if (ranked.length > 1) {
      const [a, b] = ranked;
      const spread = Math.hypot(a.deviation, b.deviation);
      const chance = spread > 0 ? normal((a.score - b.score) / spread) : a.score > b.score ? 1 : 0.5;
      sure.textContent = `${a.row.dataset.name} is before ${b.row.dataset.name} with a chance of about ` +
        `${Math.round(100 * Math.min(chance, 0.99))} %, by the intervals of what they solve`;
    } else sure.textContent = "";
    if (write) {
      const query = new URLSearchParams();
      for (const [key, text] of chosen)
        if (text !== "" && text !== (key === "ships" ? "10" : "0")) query.set(key, text);
      try {
        history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
      } catch {
        /* Some browsers allow it from a server only; the page works all the same. */
      }
    }
  };

  const asked = new URLSearchParams(location.search);
  for (const [key, text] of asked) if (form.elements[key]) form.elements[key].value = text;
  if (asked.size) {
    box.open = true;
    apply(false);
  }
  form.addEventListener("input", () => apply(true));
  form.addEventListener("submit", (event) => event.preventDefault());
})();
