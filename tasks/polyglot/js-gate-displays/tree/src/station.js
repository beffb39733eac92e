import { Board } from "./board.js";
import { Hub } from "./hub.js";

/** The gates of a station and the screens that follow them. */
export class Station {
  constructor(hub = new Hub()) {
    this.hub = hub;
    this.boards = new Map();
  }

  /** The screen of this name, made when it is asked for first. */
  board(name) {
    if (!this.boards.has(name)) {
      this.boards.set(name, new Board(name));
    }
    return this.boards.get(name);
  }

  open(gate) {
    return this.hub.publish(gate, "open");
  }

  shut(gate) {
    return this.hub.publish(gate, "shut");
  }
}
