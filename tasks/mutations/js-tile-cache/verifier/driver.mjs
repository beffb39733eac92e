// One case a name: uses a cache and prints what it answers; judges nothing.
const root = `${process.env.CAB_WORKSPACE ?? "/workspace"}/src`;
const { TileCache } = await import(`${root}/cache.js`);

/** Steps as words: "put a 30", "pin a", "get a", ...; prints the answers, then keys and numbers. */
function steps(say, budget, text) {
  const cache = new TileCache(budget);
  const answers = text.trim().split(/\s*,\s*/).map((step) => {
    const [verb, key, size] = step.split(" ");
    const answer = verb === "put" ? cache.put(key, `${key}${size}`, Number(size)) : cache[verb](key);
    return answer === true ? "yes" : answer === false ? "no" : String(answer);
  });
  say(answers);
  say(cache.keys(), cache.statistics);
  return cache;
}

export default {
  async pinned_twice_and_let_go(say) {
    steps(say, 100, "put a 60, pin a, pin a, unpin a, unpin a, put b 60, put c 40, put d 100");
  },
  async pinned_three_times_over_and_over(say) {
    const round = "put a 10, pin a, pin a, pin a, unpin a, unpin a, unpin a, ";
    steps(say, 100, `${round.repeat(12)} put b 95`);
  },
  async one_of_two_pins_is_left(say) {
    steps(say, 100, "put a 60, pin a, pin a, unpin a, put b 50, put c 40, unpin a, put d 50");
  },
  async room_beside_a_tile_pinned_twice(say) {
    steps(say, 100, "put a 30, pin a, pin a, put b 70, put c 71, put d 70");
  },
  async replaced_while_pinned_twice(say) {
    steps(say, 100, "put a 30, pin a, pin a, put a 50, put b 50, unpin a, put c 60, unpin a, put c 60");
  },
  async deleted_while_pinned_twice(say) {
    steps(say, 100, "put a 50, pin a, pin a, delete a, unpin a, put b 100, put a 50, put b 60");
  },
  async pins_interleaved_on_two_tiles(say) {
    steps(say, 100, "put a 30, put b 30, pin a, pin b, pin a, unpin b, unpin a, put c 40, put d 40, unpin a, put e 100");
  },
  async single_pins(say) {
    steps(say, 100, "put a 60, pin a, put b 60, unpin a, unpin a, put b 60, pin x, unpin x");
  },
  async least_used_go_first(say) {
    steps(say, 100, "put a 25, put b 25, put c 25, put d 25, get b, get a, put e 60, get c, delete c");
  },
  async several_are_dropped_around_a_pinned_one(say) {
    steps(say, 100, "put a 20, put b 20, put c 20, put d 20, pin b, put e 80, put f 81");
  },
  async nothing_dropped_for_what_cannot_fit(say) {
    steps(say, 100, "put a 50, put b 50, put c 101, pin b, put c 51, put c 50");
  },
  async replaced_at_the_limit(say) {
    steps(say, 100, "put a 100, pin a, put a 100, put a 101, put b 1, put a 40, put b 60");
  },
  async unpinned_more_often_than_pinned(say) {
    steps(say, 100, "put a 40, unpin a, pin a, unpin a, unpin a, pin a, put b 61, put b 60");
  },
  async budgets_without_sense(say) {
    for (const budget of [0, -1, 2.5, 1]) {
      try {
        say(new TileCache(budget).statistics);
      } catch (error) {
        say(error.name);
      }
    }
  },
};
