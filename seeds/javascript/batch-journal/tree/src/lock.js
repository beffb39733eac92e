/** One at a time, first come, first served. */
export class Lock {
  #held = false;
  #waiting = [];

  get held() {
    return this.#held;
  }

  /** How many wait for their turn. */
  get queue() {
    return this.#waiting.length;
  }

  async acquire() {
    if (!this.#held) {
      this.#held = true;
      return;
    }
    await new Promise((resolve) => this.#waiting.push(resolve));
  }

  release() {
    if (!this.#held) {
      throw new Error("the lock is not held");
    }
    const next = this.#waiting.shift();
    if (next) {
      next();
    } else {
      this.#held = false;
    }
  }

  /** Runs `task` while the lock is held, and gives its result; the lock is free afterwards. */
  async run(task) {
    await this.acquire();
    try {
      return await task();
    } finally {
      this.release();
    }
  }
}
