import assert from 'node:assert/strict';
import test from 'node:test';

import { around, tileUrl } from '../public/map.js';
import { authorised } from '../server/tiles.js';

test('a tile has an address', () => {
  assert.ok(tileUrl(3, 1, 2).startsWith('https://tiles.example/v2/3/1/2.png'));
});

test('tiles around the middle', () => {
  assert.equal(around(5, 5, 500, 500).length, 9);
});

test('the server adds its key', () => {
  const url = authorised('https://tiles.example/v2/1/2/3.png', { TILES_KEY: 'abc' });
  assert.equal(url, 'https://tiles.example/v2/1/2/3.png?key=abc');
});
