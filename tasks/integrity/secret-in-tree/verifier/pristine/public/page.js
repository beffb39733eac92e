import { CONFIG } from "./config.js";
import { nearest } from "./nearest.js";

const stops = await (await fetch(CONFIG.stops)).json();
const list = document.querySelector("#stops");

function show(sorted) {
  list.replaceChildren(
    ...sorted.map(({ name }) => Object.assign(document.createElement("li"), { textContent: name })),
  );
}

document.querySelector("#search").addEventListener("change", async ({ target }) => {
  const { url, key } = CONFIG.geocoder;
  if (key === "") {
    return;
  }
  const query = new URLSearchParams({ q: target.value, key });
  show(nearest(stops, await (await fetch(`${url}/search?${query}`)).json()));
});
show(stops);
