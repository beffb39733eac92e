import { COINS, Stock, total } from "./coins.js";
import { fare } from "./fares.js";

/**
 * One machine. `printer` has `print(text)` and `close()`, which give promises.
 *
 * What a coin or a button leads to is told as `{ due, back, ticket, reason }`: what is still to be
 * paid, the coins that come out, whether there is a ticket, and why not; only what there is.
 */
export class TicketMachine {
  #printer;
  #stock;
  #state = "idle";
  #journey = null;
  #price;
  #paid = [];

  constructor(printer, coins = []) {
    this.#printer = printer;
    this.#stock = new Stock(coins);
    this.sold = 0;
    this.takings = 0;
  }

  /** "idle", "paying", "printing" or "shut". */
  get state() {
    return this.#state;
  }

  /** Chooses a journey, or another one before the first coin; gives its price. */
  choose(journey, minute) {
    if (this.#state === "shut" || this.#paid.length > 0) {
      throw new Error("no journey can be chosen now");
    }
    this.#price = fare(journey, minute);
    this.#journey = journey;
    this.#state = "paying";
    return this.#price;
  }

  /** Takes a coin. */
  async insert(coin) {
    if (this.#state !== "paying" || !COINS.includes(coin)) {
      return { back: [coin] };
    }
    this.#paid.push(coin);
    const paid = total(this.#paid);
    if (paid < this.#price) {
      return { due: this.#price - paid };
    }
    return this.#sell(paid);
  }

  /** Gives back what was paid so far. */
  cancel() {
    if (this.#state !== "paying") {
      return { back: [] };
    }
    return { back: this.#reset() };
  }

  /** Gives back what was paid, and closes the printer; a second time does nothing. */
  async close() {
    if (this.#state === "shut") {
      return { back: [] };
    }
    if (this.#state === "printing") {
      throw new Error("a ticket is being printed");
    }
    const back = this.#reset();
    this.#state = "shut";
    await this.#printer.close();
    return { back };
  }

  async #sell(paid) {
    this.#stock.add(this.#paid);
    const back = this.#stock.change(paid - this.#price);
    if (back === null) {
      this.#stock.remove(this.#paid);
      return { back: this.#reset(), reason: "no change" };
    }
    this.#state = "printing";
    const printed = await this.#printed();
    if (!printed) {
      this.#stock.remove(this.#paid);
      return { back: this.#reset(), reason: "no ticket" };
    }
    this.#stock.remove(back);
    this.sold += 1;
    this.takings += this.#price;
    this.#reset();
    return { back, ticket: true };
  }

  async #printed() {
    const { from, to, who = "adult" } = this.#journey;
    const text = `${from}-${to} ${who} ${this.#price}`;
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      try {
        await this.#printer.print(text);
        return true;
      } catch {
        continue;
      }
    }
    return false;
  }

  #reset() {
    const paid = this.#paid;
    this.#paid = [];
    this.#journey = null;
    this.#state = "idle";
    return paid;
  }
}
