import { LibraryError } from "../errors.js";
import { isTable } from "./tables.js";

const count = (value) => Number.isInteger(value) && value >= 0;
const text = (value) => typeof value === "string";
const flag = (value) => typeof value === "boolean";
const weekdays = (value) => Array.isArray(value) && value.every((day) => count(day) && day < 7);
const days = (value) => isTable(value) && Object.values(value).every((one) => count(one) && one > 0);

const CHECKS = {
  name: text,
  loanDays: days,
  maxLoans: count,
  "renewals.allowed": flag,
  "renewals.times": count,
  "fees.perDay": count,
  "fees.graceDays": count,
  "fees.most": count,
  "notices.greeting": text,
  "notices.afterDays": count,
  closedWeekdays: weekdays,
};

/** Throws a LibraryError that names the first setting of `branch` that makes no sense. */
export function checkSettings(branch, settings) {
  for (const [path, check] of Object.entries(CHECKS)) {
    const value = path.split(".").reduce((table, key) => table?.[key], settings);
    if (!check(value)) {
      throw new LibraryError(`${branch}: ${path} makes no sense`);
    }
  }
}
