/** One screen: shows the last news of its gate. */
export class Board {
  constructor(name) {
    this.name = name;
    this.text = "-";
    this.shown = 0;
  }

  show(text) {
    this.text = `${this.name}: ${text}`;
    this.shown += 1;
  }

  /** Shows what happens at `gate` from now on; gives a function that ends this. */
  follow(hub, gate) {
    return hub.on(gate, (text) => this.show(text));
  }

  /** Shows the next thing that happens at `gate` and nothing after it. */
  showNext(hub, gate) {
    return hub.once(gate, (text) => this.show(text));
  }
}
