// One case a name: asks for sizes and prices and prints them; judges nothing.
const root = `${process.env.CAB_WORKSPACE ?? "/workspace"}/src`;
const tariff = await import(`${root}/tariff.js`);

const box = (grams, length, width = 10, height = 10, value = 0) =>
  ({ grams, length, width, height, value });

function size(say, parcel) {
  try {
    say(tariff.sizeOf(parcel).name);
  } catch (error) {
    say(error.name, error.message);
  }
}

export default {
  async sides_just_fitting(say) {
    for (const side of [350, 600, 1000, 1500]) size(say, box(1, side));
  },
  async sides_just_too_long(say) {
    for (const side of [351, 601, 1001, 1501]) size(say, box(1, side));
  },
  async sides_just_below(say) {
    for (const side of [349, 599, 999, 1499]) size(say, box(1, side));
  },
  async any_side_may_be_the_longest(say) {
    size(say, box(1, 10, 600, 10));
    size(say, box(1, 10, 10, 1000));
    size(say, box(1, 1500, 1500, 1500));
  },
  async weights_at_the_limits(say) {
    for (const grams of [500, 501, 2000, 2001, 5000, 5001, 20000, 20001]) size(say, box(grams, 20));
  },
  async weight_and_side_together(say) {
    size(say, box(2000, 600));
    size(say, box(2001, 600));
    size(say, box(2000, 601));
    size(say, box(20001, 1600));
  },
  async prices_at_the_limits(say) {
    say(tariff.price(box(500, 350)), tariff.price(box(500, 351)));
    say(tariff.price(box(1, 1500), { zone: "far", express: true }));
  },
  async insurance_steps(say) {
    say([0, 5000, 5001, 10000, 10001, 30000].map((value) => tariff.insurance(value)));
  },
  async express_is_rounded_up(say) {
    say(tariff.price(box(3000, 20), { zone: "far", express: true }));
    say(tariff.price(box(100, 20, 20, 20, 5001), { zone: "far", express: true }));
  },
  async consignments(say) {
    for (const count of [0, 1, 9, 10, 11]) {
      say(tariff.consignment(Array.from({ length: count }, () => box(600, 350))));
    }
    say(tariff.consignment(Array.from({ length: 11 }, () => box(1, 20, 20, 20, 9000))));
  },
  async nonsense_is_refused(say) {
    size(say, box(0, 20));
    size(say, box(1, -5));
    size(say, box(1, 2.5));
    size(say, { grams: 1, length: 2, width: 3 });
  },
};
