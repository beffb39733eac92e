// One case a name: imports lines into an archive that tells what is asked of it; judges nothing.
const root = `${process.env.CAB_WORKSPACE ?? "/workspace"}/src`;
const { importReadings } = await import(`${root}/import.js`);
const { report } = await import(`${root}/report.js`);

const turns = async (count) => {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** `slow`: turns of the event loop that each write takes; `refuses`: meters that are not taken. */
function archive(say, { slow = [1], refuses = [], plain = false } = {}) {
  let writes = 0;
  let busy = 0;
  return {
    async open() {
      await turns(3);
      say("open");
    },
    write(row) {
      if (plain) {
        say("wrote", row.meter);
        return undefined;
      }
      busy += 1;
      say("asked", row, busy);
      const wait = slow[writes % slow.length];
      writes += 1;
      return turns(wait).then(() => {
        busy -= 1;
        if (refuses.includes(row.meter)) throw new Error(`no place for ${row.meter}`);
        say("wrote", row.meter);
      });
    },
    async close() {
      say("close", busy);
      await turns(2);
      say("closed");
    },
  };
}

export default {
  async slow_first_write_keeps_the_order(say) {
    say(await importReadings(["A;1", "B;2", "C;3"], archive(say, { slow: [5, 3, 1] })));
  },
  async refused_readings_are_noted(say) {
    const lines = ["A;1", "B;2", "C;3", "D;4"];
    say(await importReadings(lines, archive(say, { refuses: ["A", "C"] })));
  },
  async last_reading_refused(say) {
    say(await importReadings(["A;1", "B;2"], archive(say, { refuses: ["B"], slow: [4] })));
  },
  async failures_are_in_order_of_lines(say) {
    const lines = ["A;1", "nonsense", "# c", "B;2", "C;1.5"];
    say(await importReadings(lines, archive(say, { refuses: ["A", "B"], slow: [6, 1] })));
  },
  async archive_that_answers_at_once(say) {
    say(await importReadings(["A;1", "", "B;2"], archive(say, { plain: true })));
  },
  async many_readings(say) {
    const lines = Array.from({ length: 200 }, (_, n) => (n % 10 === 0 ? "#" : `M${n};${n}`));
    const seen = [];
    const summary = await importReadings(lines, {
      async open() {},
      async write(row) {
        await turns(1);
        seen.push(row.litres);
      },
      async close() {
        seen.push("closed");
      },
    });
    say(summary, seen.length, seen.at(0), seen.at(-2), seen.at(-1));
  },
  async mail_of_a_mixed_day(say) {
    const summary = await importReadings(["A;1", "B;2", "?", "#"], archive(() => {}, { refuses: ["B"] }));
    say(report(summary));
  },
  async nothing_but_comments(say) {
    say(await importReadings(["# a", " ", "#b"], archive(say)));
  },
  async archive_that_does_not_open(say) {
    const shut = { ...archive(say), open: async () => { throw new Error("shut"); } };
    await importReadings(["A;1"], shut).then(say, (error) => say(error.message));
  },
};
