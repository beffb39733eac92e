/** The sizes of docs/tariff.md, smallest first. Grams, millimetres, cents. */
export const SIZES = [
  { name: "letter parcel", grams: 500, side: 350, home: 290, far: 450 },
  { name: "small", grams: 2000, side: 600, home: 520, far: 890 },
  { name: "medium", grams: 5000, side: 1000, home: 760, far: 1350 },
  { name: "large", grams: 20000, side: 1500, home: 1180, far: 2200 },
];

const FREE_VALUE = 5000;
const VALUE_STEP = 10000;
const STEP_PRICE = 100;
const MANY = 10;
const DISCOUNT_PERCENT = 10;

/** The parcel cannot be sent; `reason` says why. */
export class NotAccepted extends Error {
  constructor(reason) {
    super(`not accepted: ${reason}`);
    this.name = "NotAccepted";
    this.reason = reason;
  }
}

/** The longest of the three sides. */
export function longestSide({ length, width, height }) {
  return Math.max(length, width, height);
}

/** The size that a parcel has; throws NotAccepted when it has none. */
export function sizeOf(parcel) {
  checked(parcel);
  const side = longestSide(parcel);
  for (const size of SIZES) {
    if (parcel.grams <= size.grams && side <= size.side) {
      return size;
    }
  }
  throw new NotAccepted(parcel.grams > SIZES.at(-1).grams ? "too heavy" : "too long");
}

/** What insuring `value` costs. */
export function insurance(value) {
  if (value <= FREE_VALUE) {
    return 0;
  }
  return Math.ceil(value / VALUE_STEP) * STEP_PRICE;
}

/** What one parcel costs, everything included. */
export function price(parcel, { zone = "home", express = false } = {}) {
  const size = sizeOf(parcel);
  const base = zone === "far" ? size.far : size.home;
  const surcharge = express ? Math.ceil(base / 2) : 0;
  return base + surcharge + insurance(parcel.value ?? 0);
}

/** What a consignment costs: `{ cents, discount }`. */
export function consignment(parcels, options) {
  const full = parcels.reduce((sum, parcel) => sum + price(parcel, options), 0);
  if (parcels.length < MANY) {
    return { cents: full, discount: 0 };
  }
  const cents = Math.floor((full * (100 - DISCOUNT_PERCENT)) / 100);
  return { cents, discount: full - cents };
}

function checked(parcel) {
  for (const key of ["grams", "length", "width", "height"]) {
    if (!Number.isInteger(parcel[key]) || parcel[key] <= 0) {
      throw new RangeError(`${key} must be a whole number above zero`);
    }
  }
}
