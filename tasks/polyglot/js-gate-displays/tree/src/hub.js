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
    const listeners = this.#topics.get(topic) ?? [];
    listeners.push(listener);
    this.#topics.set(topic, listeners);
    return () => this.off(topic, listener);
  }

  /** Calls `listener` for the next news of `topic` alone; `off` ends the wait for it as well. */
  once(topic, listener) {
    const single = (...news) => {
      this.off(topic, single);
      listener(...news);
    };
    return this.on(topic, single);
  }

  /** Ends one `on` or `once` of this listener, the oldest; tells whether there was one. */
  off(topic, listener) {
    const listeners = this.#topics.get(topic) ?? [];
    const at = listeners.indexOf(listener);
    if (at < 0) {
      return false;
    }
    listeners.splice(at, 1);
    return true;
  }

  /** Tells `news` to all who listen to `topic`; gives how many were told. */
  publish(topic, ...news) {
    let told = 0;
    for (const listener of this.#topics.get(topic) ?? []) {
      listener(...news);
      told += 1;
    }
    return told;
  }

  /** How many listen to `topic`. */
  count(topic) {
    return (this.#topics.get(topic) ?? []).length;
  }
}
