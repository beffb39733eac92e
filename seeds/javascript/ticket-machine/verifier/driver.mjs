// One case a name: uses the machine and its parts and prints the answers; judges nothing.
const root = `${process.env.CAB_WORKSPACE ?? "/workspace"}/src`;
const { fare, isPeak, roundedUp } = await import(`${root}/fares.js`);
const { COINS, Stock, total } = await import(`${root}/coins.js`);
const { TicketMachine } = await import(`${root}/machine.js`);

const NOON = 720;
const pause = () => new Promise((resolve) => setImmediate(resolve));

function printer(say, failures = 0) {
  let left = failures;
  return {
    async print(text) {
      await pause();
      if (left > 0) {
        left -= 1;
        say("jam");
        throw new Error("paper jam");
      }
      say("printed", text);
    },
    async close() {
      await pause();
      say("closed");
    },
  };
}

async function tried(say, act) {
  try {
    say(await act());
  } catch (error) {
    say(error.name, error.message);
  }
}

async function pay(say, machine, ...coins) {
  for (const coin of coins) say(coin, await machine.insert(coin));
  say(machine.state, machine.sold, machine.takings);
}

export default {
  async every_distance(say) {
    for (const from of [1, 3, 6]) say([1, 2, 3, 4, 5, 6].map((to) => fare({ from, to }, NOON)));
  },
  async zones_that_do_not_exist(say) {
    for (const zone of [0, 7, -1, 1.5, undefined]) {
      await tried(say, () => fare({ from: zone, to: 1 }, NOON));
      await tried(say, () => fare({ from: 1, to: zone }, NOON));
    }
  },
  async dear_hours(say) {
    say([0, 419, 420, 421, 569, 570, 571, 1439].map(isPeak));
    say([419, 420, 569, 570].map((minute) => fare({ from: 2, to: 5 }, minute)));
  },
  async children(say) {
    say([1, 2, 3, 4].map((to) => fare({ from: 1, to, who: "child" }, NOON)));
    say([1, 2, 3, 4].map((to) => fare({ from: 1, to, who: "child", back: true }, 450)));
  },
  async dogs_and_others(say) {
    say(fare({ from: 1, to: 6, who: "dog" }, 450), fare({ from: 1, to: 1, who: "dog", back: true }, NOON));
    await tried(say, () => fare({ from: 1, to: 2, who: "cat" }, NOON));
    say(fare({ from: 1, to: 2, who: "adult" }, NOON));
  },
  async both_ways(say) {
    say([1, 2, 3, 4, 5, 6].map((to) => fare({ from: 1, to, back: true }, NOON)));
    say([4, 5, 6].map((to) => fare({ from: 1, to, back: true }, 430)));
  },
  async rounding(say) {
    say([0, 1, 4, 5, 6, 10.5, 431.9].map(roundedUp));
  },
  async sums_of_coins(say) {
    say(COINS, total([]), total([5]), total([200, 100, 50, 20, 10, 5]));
  },
  async counting_the_stock(say) {
    const stock = new Stock([50, 5, 50]);
    stock.add([5, 20]);
    stock.remove([50]);
    say([200, 50, 20, 5].map((coin) => stock.count(coin)));
  },
  async change_from_a_full_stock(say) {
    const stock = new Stock([200, 100, 50, 50, 20, 20, 20, 20, 10, 5, 5]);
    for (const amount of [0, 5, 10, 60, 80, 95, 120, 250, 500, 505, 35, 145]) say(amount, stock.change(amount));
  },
  async change_from_a_poor_stock(say) {
    say(new Stock([50, 20, 20, 20]).change(60), new Stock([100, 20, 20, 20, 20]).change(80));
    say(new Stock([]).change(5), new Stock([]).change(0), new Stock([20]).change(10));
    say(new Stock([50, 20, 20, 20, 10, 10, 10, 10]).change(80), new Stock([5]).change(3));
  },
  async exact_money(say) {
    const machine = new TicketMachine(printer(say));
    say(machine.choose({ from: 1, to: 2 }, NOON), machine.state);
    await pay(say, machine, 200, 20, 20);
  },
  async too_much_money(say) {
    const machine = new TicketMachine(printer(say), [10, 5, 5]);
    machine.choose({ from: 1, to: 2 }, NOON);
    await pay(say, machine, 200, 50);
    machine.choose({ from: 1, to: 2, who: "child" }, NOON);
    await pay(say, machine, 100, 20, 10);
  },
  async change_from_the_coins_just_paid(say) {
    const machine = new TicketMachine(printer(say));
    machine.choose({ from: 1, to: 1, who: "dog" }, NOON);
    await pay(say, machine, 50, 20, 10, 20);
    machine.choose({ from: 1, to: 1, who: "dog" }, NOON);
    await pay(say, machine, 20, 20, 20, 20, 20);
  },
  async paid_coins_serve_the_next(say) {
    const machine = new TicketMachine(printer(say));
    machine.choose({ from: 1, to: 1 }, NOON);
    await pay(say, machine, 100, 50, 20, 10);
    machine.choose({ from: 1, to: 1 }, NOON);
    await pay(say, machine, 200);
    machine.choose({ from: 1, to: 1 }, NOON);
    await pay(say, machine, 200, 10);
  },
  async change_is_gone_once_given(say) {
    const machine = new TicketMachine(printer(say), [20]);
    for (let n = 0; n < 2; n += 1) {
      machine.choose({ from: 1, to: 1 }, NOON);
      await pay(say, machine, 200);
    }
  },
  async coins_are_not_kept_without_change(say) {
    const machine = new TicketMachine(printer(say));
    machine.choose({ from: 1, to: 1 }, NOON);
    await pay(say, machine, 100, 100);
    machine.choose({ from: 1, to: 1 }, NOON);
    await pay(say, machine, 50, 50, 100);
    machine.choose({ from: 1, to: 2 }, NOON);
    await pay(say, machine, 20, 200, 50);
    machine.choose({ from: 1, to: 1 }, NOON);
    await pay(say, machine, 200);
  },
  async strange_coins(say) {
    const machine = new TicketMachine(printer(say));
    await pay(say, machine, 100);
    machine.choose({ from: 1, to: 1 }, NOON);
    await pay(say, machine, 25, 1, 500, 0);
    say(machine.cancel());
  },
  async printer_that_fails_once(say) {
    const machine = new TicketMachine(printer(say, 1));
    machine.choose({ from: 2, to: 2 }, 430);
    await pay(say, machine, 200, 20);
  },
  async printer_that_fails_twice(say) {
    const machine = new TicketMachine(printer(say, 2), [20]);
    machine.choose({ from: 1, to: 1 }, NOON);
    await pay(say, machine, 200);
    machine.choose({ from: 3, to: 4 }, NOON);
    await pay(say, machine, 200, 20, 50);
    machine.choose({ from: 1, to: 1, who: "dog" }, NOON);
    await pay(say, machine, 100);
  },
  async coins_given_back_by_a_failing_printer(say) {
    const machine = new TicketMachine(printer(say, 2));
    machine.choose({ from: 1, to: 1 }, NOON);
    await pay(say, machine, 100, 50, 20, 10);
    machine.choose({ from: 1, to: 1 }, NOON);
    await pay(say, machine, 200);
  },
  async coins_while_it_prints(say) {
    const machine = new TicketMachine(printer(say));
    machine.choose({ from: 1, to: 1, who: "dog" }, NOON);
    await machine.insert(50);
    await machine.insert(20);
    const sale = machine.insert(20);
    say(machine.state, await machine.insert(10), machine.cancel());
    await tried(say, () => machine.choose({ from: 1, to: 1 }, NOON));
    await tried(say, () => machine.close());
    say(await sale, machine.state, machine.sold);
  },
  async another_choice(say) {
    const machine = new TicketMachine(printer(say));
    say(machine.choose({ from: 1, to: 6 }, NOON), machine.choose({ from: 1, to: 1 }, NOON));
    await pay(say, machine, 100);
    await tried(say, () => machine.choose({ from: 1, to: 2 }, NOON));
    await pay(say, machine, 50, 20, 10);
    await tried(say, () => machine.choose({ from: 9, to: 1 }, NOON));
    say(machine.state);
  },
  async cancelling(say) {
    const machine = new TicketMachine(printer(say));
    say(machine.cancel());
    machine.choose({ from: 1, to: 1 }, NOON);
    say(machine.cancel(), machine.state);
    machine.choose({ from: 1, to: 1 }, NOON);
    await pay(say, machine, 50, 100);
    say(machine.cancel(), machine.cancel(), machine.state);
    machine.choose({ from: 1, to: 1 }, NOON);
    await pay(say, machine, 20);
  },
  async closing(say) {
    const machine = new TicketMachine(printer(say));
    machine.choose({ from: 1, to: 1 }, NOON);
    await machine.insert(50);
    const closing = machine.close();
    say(machine.state);
    say(await closing, await machine.close(), machine.state);
    await tried(say, () => machine.choose({ from: 1, to: 1 }, NOON));
    say(await machine.insert(20), machine.cancel());
  },
  async closing_waits_for_the_printer(say) {
    const machine = new TicketMachine(printer(say));
    await machine.close();
    say("done");
    const broken = new TicketMachine({ ...printer(say), close: async () => { throw new Error("stuck"); } });
    await tried(say, () => broken.close());
    say(broken.state);
  },
};
