import { NotAllowed } from "../errors.js";
import { dueDay } from "./due.js";

/** Renews `loan` on `day`: its new due day. Throws NotAllowed where that cannot be done. */
export function renew(settings, loan, kind, day) {
  const { allowed, times } = settings.renewals;
  if (!allowed) {
    throw new NotAllowed(`${settings.name} does not renew loans`);
  }
  if (loan.renewed >= times) {
    throw new NotAllowed(`item ${loan.item} was renewed ${loan.renewed} times already`);
  }
  loan.due = Math.max(loan.due, dueDay(settings, kind, day));
  loan.renewed += 1;
  return loan.due;
}
