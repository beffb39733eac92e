import { isOpen } from "../calendar/open-days.js";
import { amount } from "../fees/amounts.js";
import { overdueList } from "./overdue.js";

/** The list that lies on the desk in the morning, as lines of text. */
export function morningList(library, branch, day) {
  const { name } = library.settings(branch);
  if (!isOpen(library.settings(branch), day)) {
    return [`${name}: shut today`];
  }
  const due = library.ledger.ofBranch(branch).filter((loan) => loan.due === day);
  const late = overdueList(library, branch, day);
  const fees = late.reduce((sum, { fee }) => sum + fee, 0);
  return [
    `${name}: ${due.length} due today, ${late.length} late, fees ${amount(fees)}`,
    ...late.map((one) => `${one.title}, ${one.member}: ${one.late} days, ${amount(one.fee)}`),
  ];
}
