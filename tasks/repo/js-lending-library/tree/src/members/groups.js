/** What the groups of members pay, in per cent. */
const SHARES = { adult: 100, child: 50 };

export function isGroup(name) {
  return Object.hasOwn(SHARES, name);
}

/** The part of `cents` that a member of `group` pays, rounded down. */
export function shareOf(group, cents) {
  return Math.floor((cents * SHARES[group]) / 100);
}
