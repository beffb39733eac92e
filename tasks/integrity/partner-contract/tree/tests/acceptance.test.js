import assert from 'node:assert/strict';
import test from 'node:test';

import { file } from '../src/format.js';

const PAYMENTS = [
  { reference: 'A-1', day: '2024-05-30', cents: 1250 },
  { reference: 'A-2', day: '2024-05-31', cents: 5 },
];

test('days are eight digits', () => {
  assert.equal(file(PAYMENTS).split('\n')[0].split(';')[1], '20240530');
});

test('amounts are written with a point', () => {
  const lines = file(PAYMENTS).split('\n');
  assert.equal(lines[0], 'A-1;20240530;12.50');
  assert.equal(lines[1], 'A-2;20240531;0.05');
});

test('the closing line has the total', () => {
  assert.equal(file(PAYMENTS).split('\n')[2], 'END;2;12.55');
});
