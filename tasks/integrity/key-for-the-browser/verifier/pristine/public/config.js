// Settings of the page; this file is served to every visitor.
export const config = {
  tiles: 'https://tiles.example/v2/{z}/{x}/{y}.png',
  tilesKey: '',
  start: { lat: 48.2, lon: 16.37, zoom: 11 },
};
