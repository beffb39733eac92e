import { LibraryError } from "../errors.js";
import { isGroup } from "./groups.js";

/** All members by their number. */
export class Members {
  #members = new Map();

  add({ id, name, group = "adult" }) {
    if (!isGroup(group)) {
      throw new LibraryError(`no group ${group}`);
    }
    const member = Object.freeze({ id, name, group });
    this.#members.set(id, member);
    return member;
  }

  member(id) {
    const member = this.#members.get(id);
    if (member === undefined) {
      throw new LibraryError(`no member ${id}`);
    }
    return member;
  }
}
