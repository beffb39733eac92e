import { Chain } from "./chain.js";

/**
 * Tiles by key, within `budget` bytes.
 *
 * To make room the tiles that were not used (put or got) for longest are dropped. A tile that is
 * pinned is never dropped; it is free again when it was unpinned as often as it was pinned.
 */
export class TileCache {
  #budget;
  #used = 0;
  #fixed = 0;
  #nodes = new Map();
  #chain = new Chain();

  constructor(budget) {
    if (!Number.isInteger(budget) || budget <= 0) {
      throw new RangeError("the budget must be a whole number of bytes above zero");
    }
    this.#budget = budget;
  }

  /** `{ tiles, used, pinned }`: how many tiles there are, their bytes, and bytes of pinned ones. */
  get statistics() {
    let pinned = 0;
    for (const node of this.#chain) {
      pinned += node.pins > 0 ? node.size : 0;
    }
    return { tiles: this.#nodes.size, used: this.#used, pinned };
  }

  /** The keys, those that would be dropped last at the end. */
  keys() {
    return Array.from(this.#chain, (node) => node.key);
  }

  /**
   * Keeps `tile` under `key`, dropping others as far as needed; tells whether it is kept.
   *
   * It is not when there could be no room for it beside the pinned tiles; nothing is dropped then.
   * Under a key that is there already the tile is replaced, and stays pinned as it was.
   */
  put(key, tile, size) {
    const known = this.#nodes.get(key);
    const fixed = this.#fixed - (known && known.pins > 0 ? known.size : 0);
    if (fixed + size > this.#budget) {
      return false;
    }
    const pins = known ? known.pins : 0;
    if (known) {
      this.#forget(known);
    }
    this.#makeRoom(this.#budget - size);
    this.#keep({ key, tile, size, pins });
    return true;
  }

  /** The tile under `key`, from now on the one that was used last; undefined when there is none. */
  get(key) {
    const node = this.#nodes.get(key);
    if (node === undefined) {
      return undefined;
    }
    this.#chain.remove(node);
    this.#chain.add(node);
    return node.tile;
  }

  /** Protects the tile under `key` from being dropped; tells whether there is one. */
  pin(key) {
    const node = this.#nodes.get(key);
    if (node === undefined) {
      return false;
    }
    node.pins += 1;
    if (node.pins >= 1) {
      this.#fixed += node.size;
    }
    return true;
  }

  /** Takes one `pin` back; tells whether there was one. */
  unpin(key) {
    const node = this.#nodes.get(key);
    if (node === undefined || node.pins === 0) {
      return false;
    }
    node.pins -= 1;
    if (node.pins === 0) {
      this.#fixed -= node.size;
    }
    return true;
  }

  /** Drops the tile under `key`, pinned or not; tells whether there was one. */
  delete(key) {
    const node = this.#nodes.get(key);
    if (node === undefined) {
      return false;
    }
    this.#forget(node);
    return true;
  }

  #keep(node) {
    this.#nodes.set(node.key, node);
    this.#chain.add(node);
    this.#used += node.size;
    if (node.pins > 0) {
      this.#fixed += node.size;
    }
  }

  #forget(node) {
    this.#nodes.delete(node.key);
    this.#chain.remove(node);
    this.#used -= node.size;
    if (node.pins > 0) {
      this.#fixed -= node.size;
    }
  }

  #makeRoom(limit) {
    for (const node of this.#chain) {
      if (this.#used <= limit) {
        return;
      }
      if (node.pins === 0) {
        this.#forget(node);
      }
    }
  }
}
