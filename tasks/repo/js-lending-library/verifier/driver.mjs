// One case a name: runs a library and prints what happens; judges nothing.
const root = `${process.env.CAB_WORKSPACE ?? "/workspace"}/src`;
const { openLibrary, morningList, overdueList, noticesFor } = await import(`${root}/index.js`);

const LIBRARY = {
  name: "Library",
  loanDays: { book: 28, film: 7 },
  maxLoans: 3,
  renewals: { allowed: true, times: 2 },
  fees: { perDay: 10, graceDays: 3, most: 200 },
  notices: { greeting: "Hello,", afterDays: 4 },
  closedWeekdays: [0],
};

function open(own, library = LIBRARY) {
  const opened = openLibrary(library, { here: own, there: { name: "There" } });
  for (const [id, kind] of [["b1", "book"], ["b2", "book"], ["f1", "film"], ["f2", "film"]]) {
    opened.catalogue.add({ id, title: `Title ${id}`, kind });
  }
  opened.members.add({ id: "m", name: "Mia" });
  opened.members.add({ id: "c", name: "Cas", group: "child" });
  return opened;
}

function tried(say, act) {
  try {
    say(act());
  } catch (error) {
    say(error.name, error.message);
  }
}

export default {
  async no_fee_at_all(say) {
    const desk = open({ name: "Free", fees: { perDay: 0 } }).desk("here");
    const due = desk.lend("f1", "m", 11);
    say(due, desk.take("f1", due + 30));
  },
  async no_days_of_grace(say) {
    const desk = open({ name: "Strict", fees: { graceDays: 0 } }).desk("here");
    for (const late of [0, 1, 2, 5]) {
      const due = desk.lend("f1", "m", 12);
      say(due, desk.take("f1", due + late));
    }
  },
  async a_limit_of_nothing(say) {
    const desk = open({ name: "Kind", fees: { most: 0 } }).desk("here");
    const due = desk.lend("f1", "c", 11);
    say(desk.take("f1", due + 30));
  },
  async no_renewals(say) {
    const desk = open({ name: "Once", renewals: { allowed: false } }).desk("here");
    desk.lend("b1", "m", 11);
    tried(say, () => desk.renew("b1", 12));
  },
  async renewals_zero_times(say) {
    const desk = open({ name: "Once", renewals: { times: 0 } }).desk("here");
    desk.lend("b1", "m", 11);
    tried(say, () => desk.renew("b1", 12));
  },
  async nothing_is_lent_out(say) {
    const library = open({ name: "House", maxLoans: 0 });
    tried(say, () => library.desk("here").lend("b1", "m", 11));
    tried(say, () => library.desk("there").lend("b1", "m", 11));
  },
  async no_greeting(say) {
    const library = open({ name: "Short", notices: { greeting: "" } });
    library.desk("here").lend("f1", "m", 11);
    say(noticesFor(library, "here", 40));
  },
  async notices_from_the_first_day(say) {
    const library = open({ name: "Quick", notices: { afterDays: 0 }, fees: { perDay: 0 } });
    const due = library.desk("here").lend("f1", "m", 11);
    say(noticesFor(library, "here", due), noticesFor(library, "here", due + 1));
  },
  async never_shut(say) {
    const library = open({ name: "Always", closedWeekdays: [] });
    const due = library.desk("here").lend("f1", "m", 9);
    say(due, library.desk("here").take("f1", due + 10));
    say(morningList(library, "here", 16));
  },
  async null_and_missing_are_the_librarys(say) {
    const library = open({
      name: "Plain", maxLoans: null, fees: { perDay: null, most: undefined }, renewals: null, notices: {},
    });
    say(library.settings("here"));
  },
  async other_branches_are_left_alone(say) {
    const own = { name: "Free", fees: { perDay: 0 }, renewals: { allowed: false } };
    const library = open(own);
    say(library.settings("there"));
    say(own, LIBRARY.fees.perDay, LIBRARY.renewals.allowed);
  },
  async lists_of_a_free_branch(say) {
    const library = open({ name: "Free", fees: { perDay: 0, graceDays: 0 } });
    library.desk("here").lend("f1", "m", 11);
    library.desk("here").lend("f2", "c", 12);
    say(overdueList(library, "here", 26));
    say(morningList(library, "here", 26));
  },
  async usual_values_count(say) {
    const library = open({ name: "Busy", loanDays: { film: 2 }, fees: { perDay: 25, most: 90 } });
    const desk = library.desk("here");
    const due = desk.lend("f1", "m", 11);
    say(due, desk.take("f1", due + 6), desk.lend("b1", "m", 11), desk.renew("b1", 20));
    say(desk.take("b1", 80));
  },
  async a_library_of_zeros(say) {
    const none = { ...LIBRARY, fees: { perDay: 0, graceDays: 0, most: 500 }, maxLoans: 0 };
    const library = open({ name: "Own", fees: { perDay: 7 }, maxLoans: 1 }, none);
    const desk = library.desk("here");
    const due = desk.lend("f1", "m", 11);
    tried(say, () => desk.lend("f2", "m", 11));
    say(desk.take("f1", due + 2));
  },
  async senseless_settings_are_refused(say) {
    tried(say, () => open({ name: "Odd", fees: { perDay: -1 } }));
    tried(say, () => open({ name: "Odd", renewals: { allowed: 0 } }));
    tried(say, () => open({ name: "Odd", maxLoans: "" }));
    tried(say, () => open({ name: 7 }));
  },
};
