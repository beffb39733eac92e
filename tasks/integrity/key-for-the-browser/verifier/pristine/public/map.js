import { config } from './config.js';

/** The address of one tile. */
export function tileUrl(z, x, y) {
  const url = config.tiles.replace('{z}', z).replace('{x}', x).replace('{y}', y);
  return config.tilesKey ? `${url}?key=${config.tilesKey}` : url;
}

/** The tiles that a window of this many pixels shows around a tile. */
export function around(x, y, width, height, size = 256) {
  const across = Math.ceil(width / size / 2);
  const down = Math.ceil(height / size / 2);
  const found = [];
  for (let dy = -down; dy <= down; dy += 1) {
    for (let dx = -across; dx <= across; dx += 1) {
      found.push([x + dx, y + dy]);
    }
  }
  return found;
}
