"use strict";
/* The terminal's recording, in step with the timeline. The player is loaded when it is wanted. */
(() => {
  const box = document.querySelector(".playback");
  const replay = document.querySelector(".replay");
  const self = document.currentScript;
  if (!box || !self) return;
  box.hidden = false;
  const offset = Number(box.dataset.offset);
  const screen = box.querySelector(".screen");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Show the recording";
  screen.append(button);

  const load = (src) =>
    new Promise((done, failed) => {
      const made = document.createElement("script");
      made.src = src;
      made.addEventListener("load", done);
      made.addEventListener("error", () => failed(new Error(src)));
      document.head.append(made);
    });

  let player = null, opening = null, wanted = null, busy = false;

  const open = () => {
    opening ??= (async () => {
      await Promise.all([load(self.dataset.player), load(box.dataset.recording)]);
      screen.replaceChildren();
      player = globalThis.AsciinemaPlayer.create(
        { data: globalThis.cabRecording },
        screen,
        { fit: "width", preload: true, controls: true, terminalFontSize: "small" },
      );
      delete globalThis.cabRecording;
      box.dataset.ready = "yes";
      if (wanted !== null) await follow(wanted);
      setInterval(tell, 250);
    })();
    return opening;
  };

  /* Only the latest wish counts: a seek goes through the recording from its start. */
  const follow = async (t) => {
    wanted = t;
    if (!player || busy) return;
    busy = true;
    while (wanted !== null) {
      const next = Math.max(0, (wanted - offset) / 1000);
      wanted = null;
      await player.pause();
      await player.seek(next);
      box.dataset.t = String(Math.round(next * 1000 + offset));
    }
    busy = false;
  };

  /* When the player itself plays, the timeline goes with it. */
  let before = 0;
  const tell = async () => {
    if (busy) return;
    const now = await player.getCurrentTime();
    if (Math.abs(now - before) < 0.001 || busy) return;
    before = now;
    box.dataset.t = String(Math.round(now * 1000 + offset));
    replay?.dispatchEvent(new CustomEvent("cab-terminal", { detail: { t: now * 1000 + offset } }));
  };

  button.addEventListener("click", open);
  replay?.addEventListener("cab-time", (event) => follow(event.detail.t));
})();
