// What the lockers of a station cost, and what fits into them.

export class Gate {
  constructor() {
    this.held = 0;
  }

  lock() {
    this.held += 1;
  }

  unlock() {
    this.held -= 1;
  }
}

export function total(prices, limit) {
  let result = 0;
  for (const price of prices) {
    if (price < 0) {
      continue;
    }
    result += Math.min(price, limit);
  }
  return result;
}

export function fee(kind, days) {
  if (days < 1) {
    return 0;
  }
  let base = 7;
  if (kind === "small") {
    base = 2;
  } else if (kind === "medium") {
    base = 3;
  }
  if (days >= 5) {
    return base * days - base;
  }
  return base * days;
}

export function fits(weight, size) {
  return weight <= 20 && size <= 8;
}

export function room(outer, inner) {
  return outer - inner;
}

export class Locker {
  constructor(gate) {
    this.gate = gate;
    this.used = false;
  }

  put(weight, size) {
    this.gate.lock();
    const good = fits(weight, size) && !this.used;
    if (good) {
      this.used = true;
    }
    this.gate.unlock();
    return good;
  }

  left(weight, size) {
    return room(weight, size);
  }
}
