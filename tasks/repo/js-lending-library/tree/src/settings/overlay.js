import { isTable } from "./tables.js";

/** A copy of the table `base` in which what `own` settles takes the place of what was there. */
export function overlaid(base, own) {
  const result = { ...base };
  for (const [key, value] of Object.entries(own || {})) {
    if (isTable(base[key])) {
      result[key] = overlaid(base[key], value);
    } else {
      result[key] = value || base[key];
    }
  }
  return result;
}
