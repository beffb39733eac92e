/** A doubly linked list of nodes `{ newer, older }`: the newest at one end, the oldest at the other. */
export class Chain {
  newest = null;
  oldest = null;

  /** Puts `node`, which is in no chain, at the new end. */
  add(node) {
    node.newer = null;
    node.older = this.newest;
    if (this.newest === null) {
      this.oldest = node;
    } else {
      this.newest.newer = node;
    }
    this.newest = node;
  }

  /** Takes `node` out of this chain. */
  remove(node) {
    if (node.newer === null) {
      this.newest = node.older;
    } else {
      node.newer.older = node.older;
    }
    if (node.older === null) {
      this.oldest = node.newer;
    } else {
      node.older.newer = node.newer;
    }
    node.newer = null;
    node.older = null;
  }

  /** The nodes, oldest first; the one that was given last may be removed meanwhile. */
  *[Symbol.iterator]() {
    let next = this.oldest;
    while (next !== null) {
      const node = next;
      next = node.newer;
      yield node;
    }
  }
}
