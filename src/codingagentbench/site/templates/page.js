"use strict";
(() => {
  const replay = document.querySelector(".replay");
  const total = replay ? Number(replay.dataset.total) : 0;
  const rows = [...document.querySelectorAll("tr[data-t]")];
  const steps = rows
    .map((row) => ({ row, t: Number(row.dataset.t) }))
    .sort((a, b) => a.t - b.t);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const length = (ms) => {
    const s = ms / 1000;
    if (s >= 0.9995) return s.toFixed(2).replace(/\B(?=(\d{3})+\b(?=.*\.))/g, ",") + " s";
    return (ms === 0 || ms >= 9.995 ? ms.toFixed(0) : ms.toFixed(2)) + " ms";
  };

  const node = (name, text) => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };

  /* What a row of the tables says, as a list of its columns; JSON is opened up by one level. */
  const facts = (row) => {
    const list = document.createElement("dl");
    list.className = "facts";
    const heads = row.closest("table").tHead.rows[0].cells;
    [...row.cells].forEach((cell, i) => {
      const text = cell.textContent.trim();
      let inner = null;
      if (cell.querySelector("code.json")) {
        try { inner = JSON.parse(cell.querySelector("code.json").textContent); } catch { inner = null; }
      }
      if (inner && typeof inner === "object") {
        for (const [key, value] of Object.entries(inner))
          list.append(node("dt", key), node("dd", typeof value === "string" ? value : JSON.stringify(value)));
      } else if (text) {
        list.append(node("dt", heads[i].textContent), node("dd", text));
      }
    });
    return list;
  };

  if (replay && steps.length) {
    const range = replay.querySelector("input");
    const button = replay.querySelector("button");
    const output = replay.querySelector("output");
    const panel = replay.querySelector(".now-panel");
    const scale = replay.querySelector(".scale");
    const lanes = replay.querySelector(".lanes");
    const cursor = document.createElement("div");
    cursor.className = "cursor";
    lanes.append(cursor);
    replay.querySelector(".controls").hidden = false;
    /* The whole run in at most twenty seconds; never slower than it was. */
    const rate = Math.max(1, total / 20000);
    let t = 0, step = -1, timer = 0, last = 0;

    const at = (time) => {
      let found = 0;
      for (let i = 0; i < steps.length && steps[i].t <= time; i += 1) found = i;
      return found;
    };

    const show = (time, which, from) => {
      t = Math.min(Math.max(time, 0), total);
      if (from !== "terminal")
        replay.dispatchEvent(new CustomEvent("cab-time", { detail: { t, playing: timer !== 0 } }));
      const next = which ?? at(t);
      range.value = String(t);
      output.textContent = "t = " + length(t) + " / " + length(total);
      range.setAttribute("aria-valuetext", length(t));
      const plot = scale.getBoundingClientRect(), box = lanes.getBoundingClientRect();
      cursor.style.left = plot.left - box.left + (plot.width * t) / total - 1 + "px";
      if (next !== step) {
        if (step >= 0) steps[step].row.classList.remove("now");
        step = next;
        steps[step].row.classList.add("now");
        panel.replaceChildren(facts(steps[step].row));
      }
    };

    const pause = () => {
      clearInterval(timer);
      timer = 0;
      button.textContent = "Play";
    };

    const play = () => {
      if (timer) return pause();
      if (t >= total) show(0);
      button.textContent = "Pause";
      last = performance.now();
      timer = setInterval(() => {
        const now = performance.now();
        show(t + (now - last) * rate);
        last = now;
        if (t >= total) pause();
      }, still ? 500 : 33);
    };

    const go = (by) => {
      pause();
      const next = Math.min(Math.max(step + by, 0), steps.length - 1);
      show(steps[next].t, next);
    };

    const keys = {
      " ": play,
      ArrowRight: () => go(1),
      ArrowLeft: () => go(-1),
      ",": () => { pause(); show(t - 100); },
      ".": () => { pause(); show(t + 100); },
    };

    button.addEventListener("click", play);
    range.addEventListener("input", () => { pause(); show(Number(range.value)); });
    replay.addEventListener("keydown", (event) => {
      const act = keys[event.key];
      const link = event.target.closest("a, summary");
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === " " && link) return;
      event.preventDefault();
      act();
    });
    /* A button is also pressed when space is let go. */
    replay.addEventListener("keyup", (event) => { if (event.key === " ") event.preventDefault(); });
    lanes.addEventListener("click", (event) => {
      if (event.target.closest("a")) return;
      const plot = scale.getBoundingClientRect();
      pause();
      show((total * (event.clientX - plot.left)) / plot.width);
      replay.focus({ preventScroll: true });
    });
    addEventListener("resize", () => show(t, step));
    replay.addEventListener("cab-terminal", (event) => {
      if (!timer) show(event.detail.t, undefined, "terminal");
    });
    show(Number(replay.dataset.begin));
  }

  for (const block of document.querySelectorAll("pre.ending")) block.scrollTop = block.scrollHeight;

  if (navigator.clipboard) {
    for (const block of document.querySelectorAll("pre.copyable")) {
      const button = node("button", "Copy");
      button.className = "copy";
      button.type = "button";
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(block.textContent);
          button.textContent = "Copied";
        } catch {
          getSelection().selectAllChildren(block);
          button.textContent = "Selected";
        }
      });
      block.before(button);
    }
  }
})();
