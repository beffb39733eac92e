const WITHIN_ZONE = 180;
const PER_ZONE = 60;
const PEAK = { from: 420, until: 570, extra: 40 };
const DOG = 90;
const MOST = 900;
const LAST_ZONE = 6;

/** `cents` rounded up to a multiple of 5. */
export function roundedUp(cents) {
  return Math.ceil(cents / 5) * 5;
}

/** Whether the dearer fare holds at `minute`. */
export function isPeak(minute) {
  return minute >= PEAK.from && minute < PEAK.until;
}

/** What a journey `{ from, to, who, back }` costs that is paid for at `minute`. */
export function fare({ from, to, who = "adult", back = false }, minute) {
  for (const zone of [from, to]) {
    if (!Number.isInteger(zone) || zone < 1 || zone > LAST_ZONE) {
      throw new RangeError(`no zone ${zone}`);
    }
  }
  const one = single(Math.abs(from - to), who, minute);
  const full = back ? roundedUp((2 * one * 9) / 10) : one;
  return Math.min(full, MOST);
}

function single(further, who, minute) {
  let cents = WITHIN_ZONE + PER_ZONE * further;
  if (isPeak(minute)) {
    cents += PEAK.extra;
  }
  switch (who) {
    case "adult":
      return cents;
    case "child":
      return roundedUp(cents / 2);
    case "dog":
      return DOG;
    default:
      throw new RangeError(`no fare for ${who}`);
  }
}
