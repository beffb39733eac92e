import { amount } from "../fees/amounts.js";

/** The text of a notice, as lines. */
export function wording(settings, { title, late, fee }) {
  const greeting = settings.notices.greeting;
  const cost = fee > 0 ? `So far this costs ${amount(fee)}.` : "There is nothing to pay.";
  return [
    ...(greeting === "" ? [] : [greeting]),
    `"${title}" should have been back ${late} days ago.`,
    cost,
    `Your branch ${settings.name}`,
  ];
}
