// One case a name: uses the journal and prints what happened; judges nothing.
const root = `${process.env.CAB_WORKSPACE ?? "/workspace"}/src`;
const { Journal, StoreError } = await import(`${root}/journal.js`);
const { Lock } = await import(`${root}/lock.js`);
const { formatEntry, rank, shorten } = await import(`${root}/entry.js`);

const pause = () => new Promise((resolve) => setImmediate(resolve));

/** Tells all that is asked of it; `answers` are numbers of failures before each success. */
function store(say, { failures = 0, broken = false } = {}) {
  let left = failures;
  let busy = 0;
  return {
    async append(lines) {
      busy += 1;
      if (busy > 1) say("two at once");
      const given = [...lines];
      await pause();
      busy -= 1;
      if (left > 0) {
        left -= 1;
        say("refused", given.length);
        throw new Error(`busy ${left}`);
      }
      say("stored", ...given.map((line) => `[${line}]`));
    },
    async close() {
      await pause();
      say("closed");
      if (broken) throw new Error("no end");
    },
  };
}

async function caught(say, promise) {
  try {
    say("gave", await promise);
  } catch (error) {
    say(error.name, error.message);
    return error;
  }
}

function made(say, options) {
  try {
    const journal = new Journal(store(say), options);
    say([journal.batch, journal.retries, journal.minimum, journal.width]);
  } catch (error) {
    say(error.name, error.message);
  }
}

export default {
  async batches_of_three(say) {
    const journal = new Journal(store(say), { batch: 3 });
    for (let n = 1; n <= 7; n += 1) {
      await journal.write("info", `boat ${n}`);
      say(journal.pending, journal.stored);
    }
  },
  async batches_of_one(say) {
    const journal = new Journal(store(say), { batch: 1 });
    say(await journal.write("info", "a"), await journal.write("warning", "b"));
  },
  async usual_settings(say) {
    made(say, undefined);
    const journal = new Journal(store(say));
    for (const text of ["a", "b", "c", "d"]) await journal.write("info", text);
    say(await journal.write("debug", "e"), journal.pending);
  },
  async settings_that_make_no_sense(say) {
    made(say, { batch: 0 });
    made(say, { batch: -1 });
    made(say, { retries: -1 });
    made(say, { batch: 1, retries: 0 });
  },
  async urgent_entries(say) {
    const journal = new Journal(store(say), { batch: 5 });
    await journal.write("info", "a");
    await journal.write("warning", "b");
    say(journal.pending);
    await journal.write("error", "c");
    say(journal.pending, journal.stored);
    await journal.write("error", "d");
  },
  async minimum_of_debug(say) {
    const journal = new Journal(store(say), { minimum: "debug" });
    for (const level of ["debug", "info", "warning"]) say(await journal.write(level, level));
    await journal.flush();
  },
  async minimum_of_error(say) {
    const journal = new Journal(store(say), { minimum: "error" });
    for (const level of ["debug", "info", "warning", "error"]) {
      say(await journal.write(level, level));
    }
  },
  async numbers_leave_no_gap(say) {
    const journal = new Journal(store(say), { batch: 2 });
    await journal.write("info", "a");
    await journal.write("debug", "b");
    await journal.write("info", "c");
  },
  async unknown_levels(say) {
    const journal = new Journal(store(say));
    await caught(say, journal.write("loud", "a"));
    say(journal.pending);
    for (const level of ["INFO", "", "warn"]) {
      try {
        say(rank(level));
      } catch (error) {
        say(error.name, error.message);
      }
    }
  },
  async order_of_levels(say) {
    const levels = ["error", "info", "debug", "warning"];
    say(levels.sort((a, b) => rank(a) - rank(b)));
    say(levels.map(rank));
  },
  async flush_sends_all_in_batches(say) {
    const journal = new Journal(store(say, { failures: 9 }), { batch: 2, retries: 2 });
    await journal.write("info", "a");
    for (const text of ["b", "c", "d"]) await caught(say, journal.write("info", text));
    say(journal.pending);
    await caught(say, journal.write("info", "e"));
    say(journal.pending, journal.stored);
  },
  async flush_of_nothing(say) {
    const journal = new Journal(store(say));
    say(await journal.flush());
    await journal.write("info", "a");
    say(await journal.flush(), await journal.flush(), journal.stored);
  },
  async flush_counts_lines(say) {
    const backing = store(say, { failures: 1 });
    const journal = new Journal(backing, { batch: 3, retries: 0 });
    await journal.write("info", "a");
    await journal.write("info", "b");
    await caught(say, journal.write("info", "c"));
    journal.batch = 2;
    say(await journal.flush(), journal.stored, journal.pending);
  },
  async retries_until_taken(say) {
    const journal = new Journal(store(say, { failures: 3 }), { batch: 1, retries: 3 });
    say(await journal.write("info", "a"), journal.stored);
  },
  async no_retries(say) {
    const journal = new Journal(store(say, { failures: 1 }), { batch: 1, retries: 0 });
    const error = await caught(say, journal.write("info", "a"));
    say(error instanceof StoreError, error?.attempts, error?.cause?.message);
    say(journal.pending, journal.stored);
  },
  async gives_up_after_the_last(say) {
    const journal = new Journal(store(say, { failures: 4 }), { batch: 1, retries: 2 });
    const error = await caught(say, journal.write("info", "a"));
    say(error?.attempts, error?.cause?.message);
    await caught(say, journal.write("info", "b"));
    say(journal.pending, journal.stored);
  },
  async usable_after_giving_up(say) {
    const journal = new Journal(store(say, { failures: 3 }), { batch: 2 });
    await journal.write("info", "a");
    await caught(say, journal.write("info", "b"));
    say(await journal.write("info", "c"), journal.pending);
  },
  async writers_side_by_side(say) {
    const journal = new Journal(store(say), { batch: 2 });
    const texts = ["a", "b", "c", "d", "e"];
    await Promise.all(texts.map((text) => journal.write("info", text)));
    say(journal.pending, journal.stored);
  },
  async flushes_side_by_side(say) {
    const journal = new Journal(store(say), { batch: 10 });
    await journal.write("info", "a");
    await journal.write("info", "b");
    say(await Promise.all([journal.flush(), journal.flush()]));
  },
  async close_stores_the_rest(say) {
    const journal = new Journal(store(say));
    await journal.write("info", "a");
    say(await journal.close());
    say("after", journal.pending, journal.stored);
  },
  async close_twice(say) {
    const journal = new Journal(store(say));
    await journal.close();
    await journal.close();
    await caught(say, journal.write("info", "a"));
    await caught(say, journal.write("debug", "a"));
    say(journal.pending);
  },
  async close_of_a_store_that_refuses(say) {
    const journal = new Journal(store(say, { failures: 5 }), { retries: 1 });
    await journal.write("info", "a");
    await caught(say, journal.close());
    say(journal.pending);
  },
  async close_that_fails(say) {
    const journal = new Journal(store(say, { broken: true }));
    await caught(say, journal.close());
    await caught(say, journal.close());
  },
  async shortened_texts(say) {
    for (const width of [0, 1, 2, 3, 4, 5, 6, 7]) say(width, `[${shorten("harbour"
      .slice(0, 6), width)}]`);
  },
  async entry_layout(say) {
    say(formatEntry(1, "info", "a", 40));
    say(formatEntry(9999, "warning", "b", 40));
    say(formatEntry(12345, "error", "c", 40));
    say(formatEntry(7, "debug", "\t a \r\n b  c\n", 40));
    say(formatEntry(7, "debug", "  abcdef ", 6));
    say(formatEntry(7, "debug", "abcdefg", 6));
  },
  async width_of_the_journal(say) {
    const journal = new Journal(store(say), { batch: 1, width: 5 });
    await journal.write("info", "lighthouse");
    await new Journal(store(say), { batch: 1 }).write("info", "x".repeat(41));
  },
  async lock_keeps_the_order(say) {
    const lock = new Lock();
    await lock.acquire();
    say(lock.held, lock.queue);
    const visits = ["a", "b", "c"].map((name) =>
      lock.run(async () => {
        say(name, "in", lock.held, lock.queue);
        await pause();
        say(name, "out");
        return name;
      }),
    );
    await pause();
    say("waiting", lock.queue);
    lock.release();
    say(await Promise.all(visits), lock.held, lock.queue);
  },
  async lock_is_free_after_a_failure(say) {
    const lock = new Lock();
    const failing = async () => {
      await pause();
      throw new Error("sunk");
    };
    await caught(say, lock.run(failing));
    say(lock.held);
    await caught(say, lock.run(() => 5));
    await caught(say, lock.run(() => {
      throw new Error("at once");
    }));
    say(lock.held);
  },
  async release_of_a_free_lock(say) {
    const lock = new Lock();
    try {
      lock.release();
      say("released");
    } catch (error) {
      say(error.name, error.message);
    }
    await lock.acquire();
    lock.release();
    say(lock.held);
  },
};
