export const COINS = [200, 100, 50, 20, 10, 5];

/** The sum of a list of coins. */
export function total(coins) {
  return coins.reduce((sum, coin) => sum + coin, 0);
}

/** How many coins of each kind the machine holds. */
export class Stock {
  #counts = new Map();

  constructor(coins = []) {
    this.add(coins);
  }

  add(coins) {
    for (const coin of coins) {
      this.#counts.set(coin, this.count(coin) + 1);
    }
  }

  remove(coins) {
    for (const coin of coins) {
      this.#counts.set(coin, this.count(coin) - 1);
    }
  }

  count(coin) {
    return this.#counts.get(coin) ?? 0;
  }

  /** Coins of this stock that make `amount`, as large ones as work out; null when none do. */
  change(amount) {
    return this.#made(amount, 0);
  }

  #made(amount, kind) {
    if (amount === 0) {
      return [];
    }
    if (kind === COINS.length) {
      return null;
    }
    const coin = COINS[kind];
    let count = this.count(coin);
    while (count * coin > amount) {
      count -= 1;
    }
    for (; count >= 0; count -= 1) {
      const rest = this.#made(amount - count * coin, kind + 1);
      if (rest !== null) {
        return [...Array(count).fill(coin), ...rest];
      }
    }
    return null;
  }
}
