"use strict";
/* A sweep that runs now: asks the server that watches it, once a second. */
(() => {
  const at = (name) => document.querySelector(name);
  const make = (name, given, ...inner) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
    made.append(...inner);
    return made;
  };
  const time = (s) => {
    if (s === null) return "an unknown time";
    if (s < 90) return `${s.toFixed(0)} s`;
    return s < 5400 ? `${(s / 60).toFixed(0)} min` : `${(s / 3600).toFixed(1)} h`;
  };
  const outcome = ([glyph, word, colour]) => make("span", { class: `outcome ${colour}` },
    make("span", { class: "glyph", "aria-hidden": "true" }, glyph), " ", make("span", { class: "word" }, word));
  const whole = (number) => number.toLocaleString("en");

  const show = (told) => {
    at(".state").textContent = `${whole(told.done)} of ${whole(told.to_do)} cells, ${told.a_minute.toFixed(1)} a minute, ` +
      `${whole(told.tokens)} tokens, ${time(told.took_s)} so far` +
      (told.works ? `, about ${time(told.left_s)} to come` : "; nobody is working on it now");
    at("progress").max = Math.max(told.to_do, 1);
    at("progress").value = told.done;
    at(".outcomes").replaceChildren(...told.outcomes.flatMap(([glyph, word, colour, n]) =>
      [outcome([glyph, word, colour]), ` ${whole(n)}  `]));
    at(".said").textContent = told.said;
    at(".running").replaceChildren(...told.running.map(([cell, s]) => make("li", {}, `${cell} `, make("span", { class: "soft" }, time(s)))));
    if (document.activeElement?.closest(".newest")) return; // nobody loses the link they are on
    at(".newest").replaceChildren(...told.newest.map((one) => make("tr", {},
      make("th", { scope: "row" }, one.page ? make("a", { href: `../${one.page}` }, one.cell) : one.cell),
      make("td", {}, outcome(one.seen), one.again ? ", tried again" : ""),
      make("td", { class: "r" }, one.tokens === null ? "not measured" : whole(one.tokens)),
      make("td", { class: "r" }, one.agent_s === null ? "not measured" : `${one.agent_s.toFixed(2)} s`))));
  };

  const ask = async () => {
    try {
      const answer = await fetch("../live.json", { cache: "no-store" });
      show(await answer.json());
    } catch {
      at(".said").textContent = "Whoever watched the sweep has ended; this is how it stood.";
    }
    setTimeout(ask, 1000);
  };
  ask();
})();
