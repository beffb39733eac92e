const SECONDS = { '-': [true, true, true], '.': [true], ' ': [false] };

export class Light {
  constructor(rhythm) {
    this.seconds = [...rhythm].flatMap((sign) => {
      if (!(sign in SECONDS)) throw new Error(`unknown sign ${sign}`);
      return SECONDS[sign];
    });
  }

  get period() {
    return this.seconds.length;
  }

  at(second) {
    return this.seconds[second % this.period];
  }

  async watch(seconds, see) {
    let light = 0;
    for (let second = 0; second < seconds; second++) {
      see(this.at(second));
      light += Number(this.at(second));
    }
    return light;
  }
}
