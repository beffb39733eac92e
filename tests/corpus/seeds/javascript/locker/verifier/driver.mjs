const [tree, ...names] = process.argv.slice(2);
const { Gate, Locker, fee, fits, total } = await import(tree + "/src/locker.mjs");
const said = (good) => (good ? "yes" : "no");
for (const name of names) {
  console.log("== " + name);
  for (const part of name.split("_").slice(1)) {
    const [one, two] = part.split("-");
    const [left, right] = [Number(one), Number(two)];
    if (name.startsWith("total")) {
      console.log(total([4, -1, left, 6], 5));
    } else if (name.startsWith("fee")) {
      console.log(fee(one, right));
    } else if (name.startsWith("fits")) {
      console.log(said(fits(left, right)));
    } else {
      const gate = new Gate();
      const locker = new Locker(gate);
      const first = locker.put(left, right);
      const second = locker.put(1, 1);
      console.log(said(first), said(second), gate.held, locker.left(left, right));
    }
  }
  console.log("== .");
}
