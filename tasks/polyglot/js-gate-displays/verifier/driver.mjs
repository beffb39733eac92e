// One case a name: prints what listeners hear; judges nothing.
const root = `${process.env.CAB_WORKSPACE ?? "/workspace"}/src`;
const { Hub } = await import(`${root}/hub.js`);
const { Station } = await import(`${root}/station.js`);

const hearing = (say, name) => (...news) => say(name, ...news);

export default {
  async once_between_others(say) {
    const hub = new Hub();
    hub.on("t", hearing(say, "a"));
    hub.once("t", hearing(say, "b"));
    hub.on("t", hearing(say, "c"));
    hub.on("t", hearing(say, "d"));
    say(hub.publish("t", 1), hub.count("t"));
    say(hub.publish("t", 2), hub.count("t"));
  },
  async several_once_in_a_row(say) {
    const hub = new Hub();
    for (const name of ["a", "b", "c", "d"]) hub.once("t", hearing(say, name));
    say(hub.publish("t", "x"), hub.count("t"));
    say(hub.publish("t", "y"));
  },
  async listener_that_leaves(say) {
    const hub = new Hub();
    const leave = hub.on("t", () => { say("a"); leave(); });
    hub.on("t", hearing(say, "b"));
    say(hub.publish("t"), hub.publish("t"));
  },
  async listener_removed_by_an_earlier_one(say) {
    const hub = new Hub();
    const b = hearing(say, "b");
    hub.on("t", () => { say("a"); hub.off("t", b); });
    hub.on("t", b);
    hub.on("t", hearing(say, "c"));
    say(hub.publish("t"));
    say(hub.publish("t"));
  },
  async listener_added_meanwhile(say) {
    const hub = new Hub();
    hub.once("t", () => { say("a"); hub.on("t", hearing(say, "late")); });
    hub.on("t", hearing(say, "b"));
    say(hub.publish("t"));
    say(hub.publish("t"));
  },
  async same_listener_twice(say) {
    const hub = new Hub();
    const a = hearing(say, "a");
    hub.on("t", a);
    hub.on("t", a);
    say(hub.publish("t", 1), hub.off("t", a), hub.count("t"), hub.publish("t", 2));
  },
  async waiting_ended_by_off(say) {
    const hub = new Hub();
    const a = hearing(say, "a");
    hub.once("t", a);
    hub.once("t", hearing(say, "b"));
    say(hub.off("t", a), hub.off("t", a), hub.count("t"), hub.publish("t", "x"));
  },
  async waiting_ended_by_what_once_gave(say) {
    const hub = new Hub();
    const end = hub.once("t", hearing(say, "a"));
    end();
    say(hub.count("t"), hub.publish("t"));
  },
  async off_takes_the_oldest(say) {
    const hub = new Hub();
    const a = hearing(say, "a");
    hub.once("t", a);
    hub.on("t", a);
    say(hub.off("t", a));
    say(hub.publish("t", 1), hub.publish("t", 2));
  },
  async off_within_the_news_itself(say) {
    const hub = new Hub();
    const a = (text) => { say("a", text); hub.off("t", a); };
    hub.once("t", a);
    hub.on("t", hearing(say, "b"));
    say(hub.publish("t", 1), hub.count("t"));
  },
  async news_within_news(say) {
    const hub = new Hub();
    hub.once("t", (text) => { say("a", text); hub.publish("t", "inner"); });
    hub.on("t", hearing(say, "b"));
    say(hub.publish("t", "outer"));
  },
  async topics_are_apart(say) {
    const hub = new Hub();
    const a = hearing(say, "a");
    hub.on("t", a);
    hub.on("u", a);
    say(hub.off("u", a), hub.publish("t", 1, "two"), hub.publish("u"), hub.publish("none"));
  },
  async screens_of_a_station(say) {
    const station = new Station();
    for (const name of ["n", "o", "p"]) station.board(name).showNext(station.hub, "1");
    const end = station.board("q").follow(station.hub, "1");
    say(station.open("1"), station.shut("1"));
    end();
    say(station.open("1"));
    for (const board of station.boards.values()) say(board.text, board.shown);
  },
};
