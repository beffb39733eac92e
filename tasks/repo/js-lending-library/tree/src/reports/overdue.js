import { feeFor } from "../fees/fee.js";
import { lateDays } from "../fees/late.js";

/** The loans of a branch that are late on `day`: `{ item, title, member, late, fee }`, oldest first. */
export function overdueList(library, branch, day) {
  const settings = library.settings(branch);
  return library.ledger
    .ofBranch(branch)
    .filter((loan) => loan.due < day)
    .map((loan) => {
      const member = library.members.member(loan.member);
      return {
        item: loan.item,
        title: library.catalogue.item(loan.item).title,
        member: member.name,
        late: lateDays(settings, loan, day),
        fee: feeFor(settings, loan, member, day),
      };
    });
}
