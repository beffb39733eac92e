/** A store in memory. `failures` batches are rejected before the first one is taken. */
export class MemoryStore {
  constructor(failures = 0) {
    this.failures = failures;
    this.batches = [];
    this.tries = 0;
    this.closes = 0;
  }

  async append(lines) {
    this.tries += 1;
    await new Promise((resolve) => setImmediate(resolve));
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error("store is busy");
    }
    this.batches.push([...lines]);
  }

  async close() {
    this.closes += 1;
  }
}
