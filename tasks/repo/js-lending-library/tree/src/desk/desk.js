import { NotAllowed } from "../errors.js";
import { feeFor } from "../fees/fee.js";
import { dueDay } from "../loans/due.js";
import { renew } from "../loans/renewing.js";

/** The desk of one branch. Days are those on which something happens. */
export class Desk {
  constructor({ branch, settings, catalogue, members, ledger }) {
    this.branch = branch;
    this.settings = settings;
    this.catalogue = catalogue;
    this.members = members;
    this.ledger = ledger;
  }

  /** Lends an item to a member; gives the day on which it is due. */
  lend(item, member, day) {
    const { kind } = this.catalogue.item(item);
    this.members.member(member);
    const most = this.settings.maxLoans;
    if (this.ledger.ofMember(member).length >= most) {
      throw new NotAllowed(`${this.settings.name} lends at most ${most} items`);
    }
    const due = dueDay(this.settings, kind, day);
    this.ledger.open({ item, member, branch: this.branch, day, due });
    return due;
  }

  /** Takes an item back; gives the fee in cents, by the settings of the branch that lent it. */
  take(item, day, settings = this.settings) {
    const loan = this.ledger.close(item);
    return feeFor(settings, loan, this.members.member(loan.member), day);
  }

  /** Renews a loan; gives the new day on which it is due. */
  renew(item, day) {
    const { kind } = this.catalogue.item(item);
    return renew(this.settings, this.ledger.loan(item), kind, day);
  }
}
