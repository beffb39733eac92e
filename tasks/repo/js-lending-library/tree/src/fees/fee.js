import { shareOf } from "../members/groups.js";
import { paidDays } from "./late.js";

/** What a loan costs in cents if its item is back on `day`; see docs/fees.md. */
export function feeFor(settings, loan, member, day) {
  const { perDay, most } = settings.fees;
  const full = paidDays(settings, loan, day) * perDay;
  return Math.min(shareOf(member.group, full), most);
}
