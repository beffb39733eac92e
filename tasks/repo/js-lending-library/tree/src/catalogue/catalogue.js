import { LibraryError } from "../errors.js";
import { item } from "./item.js";

/** All items by their number. */
export class Catalogue {
  #items = new Map();

  add(description) {
    const one = item(description);
    if (this.#items.has(one.id)) {
      throw new LibraryError(`item ${one.id} is there already`);
    }
    this.#items.set(one.id, one);
    return one;
  }

  item(id) {
    const one = this.#items.get(id);
    if (one === undefined) {
      throw new LibraryError(`no item ${id}`);
    }
    return one;
  }
}
