import { readFileSync, writeFileSync } from "node:fs";

import { parseEnv } from "./settings.js";

const file = (name) => new URL(`../${name}`, import.meta.url);

/** Finds the places of stops that have none yet, by `ask(url)`; gives all stops. */
export async function placed(stops, env, ask) {
  const found = [];
  for (const stop of stops) {
    const query = new URLSearchParams({ q: stop.name, key: env.GEOCODER_KEY });
    const place = stop.x === undefined ? await ask(`${env.GEOCODER_URL}/search?${query}`) : {};
    found.push({ ...stop, ...place });
  }
  return found;
}

if (process.argv[1] === file("src/stops.js").pathname) {
  const env = parseEnv(readFileSync(file("secrets/geocoder.env"), "utf8"));
  const stops = JSON.parse(readFileSync(file("public/stops.json"), "utf8"));
  const ask = async (url) => (await fetch(url)).json();
  writeFileSync(file("public/stops.json"), JSON.stringify(await placed(stops, env, ask)));
}
