/** A condition that cannot be read; `place` counts characters from 1. */
export class ConditionError extends Error {
  constructor(message, place) {
    super(`${message} at ${place}`);
    this.name = "ConditionError";
    this.place = place;
  }
}

const PATTERN = /\s*(?:(-?\d+(?:\.\d+)?)|([A-Za-z_]\w*)|"([^"]*)"|(<=|>=|!=|\.\.|[<>=()]))/y;
const WORDS = ["and", "or", "not", "in", "has"];

/** The parts of a condition: `{ type, value, place }`, the last of type "end". */
export function tokens(text) {
  const found = [];
  let at = 0;
  const end = text.trimEnd().length;
  while (at < end) {
    PATTERN.lastIndex = at;
    const match = PATTERN.exec(text);
    if (match === null) {
      const blank = text.slice(at).search(/\S/);
      throw new ConditionError("not understood", at + blank + 1);
    }
    const [whole, number, word, quoted, sign] = match;
    const place = at + whole.length - whole.trimStart().length + 1;
    if (number !== undefined) {
      found.push({ type: "number", value: Number(number), place });
    } else if (word !== undefined) {
      found.push({ type: WORDS.includes(word) ? word : "word", value: word, place });
    } else if (quoted !== undefined) {
      found.push({ type: "text", value: quoted, place });
    } else {
      found.push({ type: sign, value: sign, place });
    }
    at += whole.length;
  }
  found.push({ type: "end", value: "", place: text.length + 1 });
  return found;
}
