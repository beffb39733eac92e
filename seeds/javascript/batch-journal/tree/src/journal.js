import { formatEntry, rank } from "./entry.js";
import { Lock } from "./lock.js";

/** The store would not take a batch, `attempts` times in a row; `cause` is its last error. */
export class StoreError extends Error {
  constructor(attempts, cause) {
    super(`not stored after ${attempts} attempts: ${cause.message}`);
    this.name = "StoreError";
    this.attempts = attempts;
    this.cause = cause;
  }
}

/**
 * Collects entries and hands them to `store` in batches, in the order in which they were written.
 *
 * A batch goes out when it has `batch` lines, when an entry of level "error" is written, and with
 * `flush` and `close`; `write` has then waited for it. Never are two batches under way at once.
 * A batch that the store rejects is tried `retries` times more; after that its lines are kept,
 * before any newer ones, and a StoreError is thrown.
 */
export class Journal {
  #store;
  #lock = new Lock();
  #lines = [];
  #closed = false;
  #count = 0;
  #stored = 0;

  constructor(store, { batch = 4, retries = 2, minimum = "info", width = 40 } = {}) {
    if (batch < 1) {
      throw new RangeError("a batch has at least one line");
    }
    if (retries < 0) {
      throw new RangeError("retries cannot be negative");
    }
    this.#store = store;
    this.batch = batch;
    this.retries = retries;
    this.minimum = minimum;
    this.width = width;
  }

  /** Lines that wait to be stored. */
  get pending() {
    return this.#lines.length;
  }

  /** Lines that the store has taken. */
  get stored() {
    return this.#stored;
  }

  /** Whether the entry was taken: it is not when its level is below the minimum. */
  async write(level, text) {
    if (this.#closed) {
      throw new Error("the journal is closed");
    }
    const urgency = rank(level);
    if (urgency < rank(this.minimum)) {
      return false;
    }
    this.#count += 1;
    this.#lines.push(formatEntry(this.#count, level, text, this.width));
    if (this.#lines.length >= this.batch || urgency >= rank("error")) {
      await this.flush();
    }
    return true;
  }

  /** Stores what is pending, in batches; gives the number of lines that were stored. */
  async flush() {
    return this.#lock.run(async () => {
      let sent = 0;
      while (this.#lines.length > 0) {
        const lines = this.#lines.slice(0, this.batch);
        await this.#send(lines);
        this.#lines.splice(0, lines.length);
        sent += lines.length;
        this.#stored += lines.length;
      }
      return sent;
    });
  }

  /** Stores what is pending and closes the store, also when storing fails. Twice is once. */
  async close() {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    try {
      await this.flush();
    } finally {
      await this.#store.close();
    }
  }

  async #send(lines) {
    let attempt = 1;
    for (;;) {
      try {
        await this.#store.append(lines);
        return;
      } catch (error) {
        if (attempt > this.retries) {
          throw new StoreError(attempt, error);
        }
        attempt += 1;
      }
    }
  }
}
