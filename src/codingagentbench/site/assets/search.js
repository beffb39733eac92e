"use strict";
/* Search in the browser: all words have to be in an entry; what begins with them comes first. */
(() => {
  const index = globalThis.cabIndex ?? [];
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
      .filter(([text]) => words.every((word) => text.toLowerCase().includes(word)))
      .sort(([a], [b]) => a.toLowerCase().indexOf(words[0]) - b.toLowerCase().indexOf(words[0]));
    found.textContent = hits.length.toLocaleString("en") + " found" +
      (hits.length > shown ? ", the first " + shown + " shown" : "");
    for (const [text, href, kind] of hits.slice(0, shown)) {
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
