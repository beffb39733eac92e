"use strict";
/* Search in the browser: all words have to be in an entry; what begins with them comes first. */
(() => {
  const given = globalThis.cabIndex ?? { pages: [], cells: [] };
  const index = given.pages.map((page) => page);
  for (let at = 0; at < given.cells.length; at += 6) {
    const [row, task, sweep, outcome, run, attempt] = given.cells.slice(at, at + 6);
    const path = [given.sweeps[sweep][1], given.rows[row][1], given.tasks[task][1]].join("/");
    index.push([
      `${given.rows[row][0]} ${given.tasks[task][0]}`,
      `cells/${path}/run${run}/attempt${attempt}/index.html`,
      given.outcomes[outcome][0],
    ]);
  }
  for (const entry of index) entry.push(entry[0].toLowerCase(), encodeURI(entry[1]));
  const input = document.querySelector("#q");
  const list = document.querySelector(".results");
  const found = document.querySelector(".found");
  const shown = 50;

  const look = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!words.length) {
      found.textContent = index.length.toLocaleString("en") + " entries";
      return;
    }
    const hits = index
      .filter((entry) => words.every((word) => entry[3].includes(word)))
      .sort((a, b) => a[3].indexOf(words[0]) - b[3].indexOf(words[0]));
    found.textContent = hits.length.toLocaleString("en") + " found" +
      (hits.length > shown ? ", the first " + shown + " shown" : "");
    for (const [text, , kind, , href] of hits.slice(0, shown)) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = "../" + href;
      link.textContent = text;
      const note = document.createElement("span");
      note.className = "soft";
      note.textContent = " " + kind;
      item.append(link, note);
      list.append(item);
    }
  };

  input.form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", look);
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) input.value = asked;
  look();
})();
