import { compares, contains, isSet, within } from "./compare.js";
import { ConditionError, tokens } from "./tokens.js";

const SIGNS = ["=", "!=", "<", "<=", ">", ">="];
const VALUES = ["number", "word", "text"];

/** A condition as a function of an item; see docs/conditions.md. */
export function parse(text) {
  const reader = new Reader(tokens(text));
  if (reader.is("end")) {
    return () => true;
  }
  const test = either(reader);
  reader.take("end");
  return test;
}

class Reader {
  #tokens;
  #next = 0;

  constructor(all) {
    this.#tokens = all;
  }

  is(...types) {
    return types.includes(this.#tokens[this.#next].type);
  }

  take(...types) {
    const token = this.#tokens[this.#next];
    if (!types.includes(token.type)) {
      throw new ConditionError(token.type === "end" ? "unfinished" : "unexpected", token.place);
    }
    this.#next += 1;
    return token;
  }
}

function either(reader) {
  const tests = [both(reader)];
  while (reader.is("or")) {
    reader.take("or");
    tests.push(both(reader));
  }
  return (item) => tests.some((test) => test(item));
}

function both(reader) {
  const tests = [single(reader)];
  while (reader.is("and")) {
    reader.take("and");
    tests.push(single(reader));
  }
  return (item) => tests.every((test) => test(item));
}

function single(reader) {
  if (reader.is("not")) {
    reader.take("not");
    const test = single(reader);
    return (item) => !test(item);
  }
  if (reader.is("(")) {
    reader.take("(");
    const test = either(reader);
    reader.take(")");
    return test;
  }
  return comparison(reader, reader.take("word").value);
}

function comparison(reader, field) {
  if (reader.is(...SIGNS)) {
    const sign = reader.take(...SIGNS).type;
    const { value } = reader.take(...VALUES);
    return (item) => compares(item[field], sign, value);
  }
  if (reader.is("in")) {
    reader.take("in");
    const low = reader.take("number").value;
    reader.take("..");
    const high = reader.take("number").value;
    return (item) => within(item[field], low, high);
  }
  if (reader.is("has")) {
    reader.take("has");
    const { value } = reader.take(...VALUES);
    return (item) => contains(item[field], value);
  }
  return (item) => isSet(item[field]);
}
