import { LibraryError } from "../errors.js";

/** The loans that are under way, by item. */
export class Ledger {
  #loans = new Map();

  open(loan) {
    if (this.#loans.has(loan.item)) {
      throw new LibraryError(`item ${loan.item} is lent out`);
    }
    this.#loans.set(loan.item, { renewed: 0, ...loan });
  }

  loan(item) {
    const loan = this.#loans.get(item);
    if (loan === undefined) {
      throw new LibraryError(`item ${item} is not lent out`);
    }
    return loan;
  }

  close(item) {
    const loan = this.loan(item);
    this.#loans.delete(item);
    return loan;
  }

  ofMember(member) {
    return this.all().filter((loan) => loan.member === member);
  }

  ofBranch(branch) {
    return this.all().filter((loan) => loan.branch === branch);
  }

  all() {
    return [...this.#loans.values()].sort((a, b) => a.due - b.due || a.item.localeCompare(b.item));
  }
}
