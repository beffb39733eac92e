// A small stand-in for jest: describe and test, hooks, expect with the usual matchers, jest.fn.
// Tests marked with an x are run, since the mark only means "not yet" in exercises.
import { inspect, isDeepStrictEqual } from "node:util";

const root = { name: "", before: [], after: [], each: [], done: [], items: [], parent: null };
let suite = root;
let counts = null; // of the test that runs

export function describe(name, body) {
  const outer = suite;
  suite = { name: `${outer.name}${name} > `, before: [], after: [], each: [], done: [], items: [], parent: outer };
  outer.items.push(suite);
  try {
    body();
  } finally {
    suite = outer;
  }
}

export function test(name, body) {
  suite.items.push({ name: suite.name + name, body });
}

const nothing = () => {};
test.only = test;
test.skip = test.todo = nothing;
describe.only = describe;
describe.skip = nothing;
test.each = (table) => (name, body) => {
  for (const row of table) {
    const words = Array.isArray(row) ? row : [row];
    test(`${name} ${inspect(words)}`, () => body(...words));
  }
};
export const it = test, xtest = test, xit = test, fit = test;
export const xdescribe = describe, fdescribe = describe;
export const beforeAll = (body) => { suite.before.push(body); };
export const afterAll = (body) => { suite.after.push(body); };
export const beforeEach = (body) => { suite.each.push(body); };
export const afterEach = (body) => { suite.done.push(body); };

const shown = (value) => inspect(value, { depth: 4, breakLength: 100 }).slice(0, 300);
const fail = (words) => { throw new Error(words); };

/** Something that stands for many values in a comparison. */
class Like {
  constructor(matches, words) { this.matches = matches; this.words = words; }
  [inspect.custom]() { return this.words; }
}

const primitive = (kind, value) =>
  (kind === String && typeof value === "string") || (kind === Number && typeof value === "number") ||
  (kind === Boolean && typeof value === "boolean") || (kind === Function && typeof value === "function") ||
  (kind === BigInt && typeof value === "bigint") || (kind === Symbol && typeof value === "symbol") ||
  (kind === Object && typeof value === "object");

const isObject = (value) => value !== null && typeof value === "object";
const keys = (value, strict) =>
  Reflect.ownKeys(value).filter((key) =>
    Object.prototype.propertyIsEnumerable.call(value, key) && (strict || value[key] !== undefined));

/** jest's recursive equality; without `strict`, properties that are undefined are as good as absent. */
function equals(a, b, strict = false, seen = []) {
  if (a instanceof Like) return a.matches(b);
  if (b instanceof Like) return b.matches(a);
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  if (a instanceof Error && b instanceof Error) return a.message === b.message;
  if (seen.some(([x, y]) => x === a && y === b)) return true;
  const now = [...seen, [a, b]];
  const kind = Object.prototype.toString.call(a);
  if (kind !== Object.prototype.toString.call(b)) return false;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date || a instanceof RegExp || a instanceof Number || a instanceof String ||
      a instanceof Boolean || ArrayBuffer.isView(a)) return isDeepStrictEqual(a, b);
  if (a instanceof Set || a instanceof Map) {
    if (!(b.constructor === a.constructor) || a.size !== b.size) return false;
    const left = [...b];
    return [...a].every((one) => {
      const at = left.findIndex((other) => equals(one, other, strict, now));
      return at >= 0 && left.splice(at, 1).length === 1;
    });
  }
  if (Array.isArray(a) && a.length !== b.length) return false;
  const mine = keys(a, strict), theirs = keys(b, strict);
  return mine.length === theirs.length &&
    mine.every((key) => theirs.includes(key) && equals(a[key], b[key], strict, now));
}

/** Whether `value` has everything that `wanted` has, at any depth. */
const covers = (value, wanted) =>
  isObject(wanted) && !(wanted instanceof Like) && !Array.isArray(wanted) && isObject(value)
    ? Reflect.ownKeys(wanted).every((key) => key in value && covers(value[key], wanted[key]))
    : Array.isArray(wanted) && Array.isArray(value)
      ? wanted.length === value.length && wanted.every((one, at) => covers(value[at], one))
      : equals(value, wanted);

function has(value, path, ...wanted) {
  const parts = Array.isArray(path) ? path : String(path).split(/[.[\]]+/).filter(Boolean);
  for (const part of parts) {
    if (value === null || value === undefined || !(part in Object(value))) return false;
    value = value[part];
  }
  return wanted.length === 0 || equals(value, wanted[0]);
}

/** Whether calling `action` throws what is wanted; `action` may be what was thrown already. */
function throws(action, wanted, thrown) {
  if (!thrown) {
    if (typeof action !== "function") fail("toThrow needs a function");
    try {
      action();
      return false;
    } catch (error) {
      action = error;
    }
  }
  const message = action?.message ?? String(action);
  if (wanted === undefined) return true;
  if (typeof wanted === "string") return message.includes(wanted);
  if (wanted instanceof RegExp) return wanted.test(message);
  if (wanted instanceof Like) return wanted.matches(action);
  if (typeof wanted === "function") return action instanceof wanted;
  return message === wanted.message;
}

const calls = (mock) => mock?.mock?.calls ?? fail("it is no jest.fn()");
const size = (value) => value?.length ?? fail("it has no length");

//: matcher -> (value, ...wanted) => whether it holds
export const MATCHERS = {
  toBe: (a, b) => Object.is(a, b),
  toEqual: (a, b) => equals(a, b),
  toStrictEqual: (a, b) => equals(a, b, true),
  toBeTruthy: (a) => Boolean(a),
  toBeFalsy: (a) => !a,
  toBeNull: (a) => a === null,
  toBeUndefined: (a) => a === undefined,
  toBeDefined: (a) => a !== undefined,
  toBeNaN: (a) => Number.isNaN(a),
  toBeCloseTo: (a, b, digits = 2) => a === b || Math.abs(a - b) < 10 ** -digits / 2,
  toBeGreaterThan: (a, b) => a > b,
  toBeGreaterThanOrEqual: (a, b) => a >= b,
  toBeLessThan: (a, b) => a < b,
  toBeLessThanOrEqual: (a, b) => a <= b,
  toContain: (a, b) => typeof a === "string" ? a.includes(b) : [...a].includes(b),
  toContainEqual: (a, b) => [...a].some((one) => equals(one, b)),
  toHaveLength: (a, b) => size(a) === b,
  toHaveProperty: has,
  toMatch: (a, b) => typeof b === "string" ? a.includes(b) : b.test(a),
  toMatchObject: covers,
  toBeInstanceOf: (a, b) => a instanceof b,
  toHaveBeenCalled: (a) => calls(a).length > 0,
  toHaveBeenCalledTimes: (a, b) => calls(a).length === b,
  toHaveBeenCalledWith: (a, ...b) => calls(a).some((one) => equals(one, b)),
  toHaveBeenLastCalledWith: (a, ...b) => equals(calls(a).at(-1), b),
  toThrow: throws,
  toThrowError: throws,
};

function checks(value, { not = false, thrown = false } = {}) {
  const found = {};
  for (const [name, holds] of Object.entries(MATCHERS)) {
    found[name] = (...wanted) => {
      if (counts) counts.made++;
      const all = name.startsWith("toThrow") ? [wanted[0], thrown] : wanted;
      if (Boolean(holds(value, ...all)) === not) {
        fail(`expected ${shown(value)} ${not ? "not " : ""}${name} ${wanted.map(shown).join(", ")}`);
      }
    };
  }
  return found;
}

const later = (promise, options, rejected) =>
  new Proxy({}, {
    get: (_, name) => name === "not"
      ? later(promise, { ...options, not: !options.not }, rejected)
      : async (...wanted) => {
        const [value, threw] = await Promise.resolve(typeof promise === "function" ? promise() : promise)
          .then((answer) => [answer, false], (error) => [error, true]);
        if (threw !== rejected) fail(`the promise was ${threw ? "rejected" : "resolved"}: ${shown(value)}`);
        checks(value, { ...options, thrown: rejected })[name](...wanted);
      },
  });

export function expect(value) {
  return {
    ...checks(value),
    not: checks(value, { not: true }),
    resolves: later(value, {}, false),
    rejects: later(value, {}, true),
  };
}

expect.any = (kind) => new Like((value) => primitive(kind, value) || value instanceof kind, `any ${kind.name}`);
expect.anything = () => new Like((value) => value !== null && value !== undefined, "anything");
expect.arrayContaining = (wanted) => new Like(
  (value) => Array.isArray(value) && wanted.every((one) => value.some((other) => equals(one, other))),
  `array with ${shown(wanted)}`);
expect.objectContaining = (wanted) => new Like(
  (value) => isObject(value) && Object.keys(wanted).every((key) => equals(value[key], wanted[key])),
  `object with ${shown(wanted)}`);
expect.stringContaining = (wanted) => new Like(
  (value) => typeof value === "string" && value.includes(wanted), `string with ${shown(wanted)}`);
expect.stringMatching = (wanted) => new Like(
  (value) => typeof value === "string" && new RegExp(wanted).test(value), `string like ${wanted}`);
expect.assertions = (number) => { if (counts) counts.wanted = number; };
expect.hasAssertions = () => { if (counts) counts.wanted = "some"; };

export const jest = {
  fn(body = nothing) {
    const mock = function (...words) {
      mock.mock.calls.push(words);
      return body.apply(this, words);
    };
    mock.mock = { calls: [] };
    mock.mockReturnValue = (value) => { body = () => value; return mock; };
    mock.mockImplementation = (other) => { body = other; return mock; };
    mock.mockResolvedValue = (value) => { body = async () => value; return mock; };
    mock.mockRejectedValue = (value) => { body = async () => { throw value; }; return mock; };
    mock.mockClear = mock.mockReset = () => { mock.mock.calls.length = 0; return mock; };
    return mock;
  },
};

/** A hook or a test: it may take `done`, or give a promise back. */
const settled = (body) => body.length > 0
  ? new Promise((resolve, reject) => {
    const done = (error) => (error ? reject(error) : resolve());
    done.fail = reject;
    Promise.resolve(body(done)).catch(reject);
  })
  : body();

const chain = (at) => (at ? [...chain(at.parent), at] : []);

async function once(item, within) {
  counts = { made: 0, wanted: null };
  const around = chain(within);
  try {
    for (const outer of around) for (const hook of outer.each) await settled(hook);
    await settled(item.body);
    const { made, wanted } = counts;
    if (wanted === "some" ? made === 0 : wanted !== null && made !== wanted) {
      fail(`${made} assertions were made, not ${wanted}`);
    }
  } finally {
    for (const outer of around.reverse()) for (const hook of outer.done) await settled(hook);
  }
}

/** Run every test that was declared; `say` gets {test, ok, why} of each, in their order. */
export async function run(say, within = root) {
  let trouble = null;
  try {
    for (const hook of within.before) await settled(hook);
  } catch (error) {
    trouble = error;
  }
  for (const item of within.items) {
    if (item.items) {
      await run(say, trouble ? { ...item, before: [() => { throw trouble; }] } : item);
      continue;
    }
    try {
      if (trouble) throw trouble;
      await once(item, within);
      say({ test: item.name, ok: true, why: "" });
    } catch (error) {
      say({ test: item.name, ok: false, why: String(error?.message ?? error) });
    }
  }
  for (const hook of within.after) await settled(hook);
}

Object.assign(globalThis, {
  describe, xdescribe, fdescribe, test, it, xtest, xit, fit,
  beforeAll, afterAll, beforeEach, afterEach, expect, jest,
});
