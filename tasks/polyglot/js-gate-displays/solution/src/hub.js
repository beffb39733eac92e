/**
 * Carries news to those who asked for it.
 *
 * Listeners of a topic are called in the order in which they were added, with what was published.
 * Adding the same listener twice means that it is called twice. A listener may add and remove
 * listeners, itself included: that counts from the next news on. Who was listening when the news
 * was published hears it; nobody else does, even if added meanwhile.
 */
export class Hub {
  #topics = new Map();

  /** Calls `listener` for all news of `topic`; gives a function that ends this. */
  on(topic, listener) {
    return this.#add(topic, { listener, single: false });
  }

  /** Calls `listener` for the next news of `topic` alone; `off` ends the wait for it as well. */
  once(topic, listener) {
    return this.#add(topic, { listener, single: true });
  }

  /** Ends one `on` or `once` of this listener, the oldest; tells whether there was one. */
  off(topic, listener) {
    const entries = this.#topics.get(topic) ?? [];
    return this.#remove(topic, entries.find((entry) => entry.listener === listener));
  }

  /** Tells `news` to all who listen to `topic`; gives how many were told. */
  publish(topic, ...news) {
    const entries = [...(this.#topics.get(topic) ?? [])];
    for (const entry of entries) {
      if (entry.single) {
        this.#remove(topic, entry);
      }
      entry.listener(...news);
    }
    return entries.length;
  }

  /** How many listen to `topic`. */
  count(topic) {
    return (this.#topics.get(topic) ?? []).length;
  }

  #add(topic, entry) {
    const entries = this.#topics.get(topic) ?? [];
    entries.push(entry);
    this.#topics.set(topic, entries);
    return () => this.#remove(topic, entry);
  }

  #remove(topic, entry) {
    const entries = this.#topics.get(topic) ?? [];
    const at = entries.indexOf(entry);
    if (at < 0) {
      return false;
    }
    entries.splice(at, 1);
    return true;
  }
}
