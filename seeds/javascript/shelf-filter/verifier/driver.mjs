// One case a name: filters items and prints which are left; judges nothing.
const root = `${process.env.CAB_WORKSPACE ?? "/workspace"}/src`;
const { filter } = await import(`${root}/filter.js`);
const { parse } = await import(`${root}/parser.js`);
const { tokens } = await import(`${root}/tokens.js`);
const compare = await import(`${root}/compare.js`);

const ITEMS = [
  { id: 1, n: 0, word: "Oak", list: [] },
  { id: 2, n: 3, word: "oak tree", list: ["a", "B"] },
  { id: 3, n: 7, word: "", list: ["ab"] },
  { id: 4, n: -2.5, word: "5", flag: true },
  { id: 5, n: "3", flag: false },
  { id: 6, n: null, word: 5 },
];

function each(say, ...conditions) {
  for (const condition of conditions) {
    try {
      say(condition, filter(condition, ITEMS).map(({ id }) => id));
    } catch (error) {
      say(condition, error.name, error.message, error.place);
    }
  }
}

export default {
  async equal_numbers(say) {
    each(say, "n = 3", "n = 0", "n = -2.5", "n = 4", "id = 6");
  },
  async unequal_numbers(say) {
    each(say, "n != 3", "n != 99", "none != 1");
  },
  async equal_texts(say) {
    each(say, "word = oak", 'word = "OAK TREE"', 'word = ""', 'word = "5"', "word = 5", 'n = "3"');
  },
  async unequal_texts(say) {
    each(say, "word != oak", 'word != "oak tree"', "none != x");
  },
  async truth_as_a_word(say) {
    each(say, "flag = true", "flag = false", "flag != TRUE");
  },
  async less_and_more(say) {
    each(say, "n < 3", "n <= 3", "n > 3", "n >= 3", "n < 0", "n >= 0", "id > 5", "id < 2");
  },
  async only_numbers_are_less_or_more(say) {
    each(say, "word < z", "word > 1", "n < oak", "word <= 5", 'n >= "3"', "none > 0");
  },
  async ranges(say) {
    each(say, "n in 0..3", "n in 3..7", "n in 1..2", "n in 4..3", "n in -2.5..-1", "word in 0..9");
  },
  async words_in_texts(say) {
    each(say, "word has oak", "word has OAK", 'word has "k t"', "word has birch", 'word has ""', "word has 5");
  },
  async words_in_lists(say) {
    each(say, "list has a", "list has b", "list has ab", "list has c", "flag has true", "none has x");
  },
  async fields_alone(say) {
    each(say, "n", "word", "list", "flag", "none");
  },
  async negation(say) {
    each(say, "not flag", "not not flag", "not n = 3", "not (n = 3 or n = 7)", "not none and id < 3");
  },
  async strength(say) {
    each(
      say, "id = 1 or id = 2 and n = 9", "id = 2 and n = 9 or id = 1", "(id = 1 or id = 2) and n = 3",
      "not id = 1 or id = 1", "not (id = 1 or id = 2)", "id = 1 or id = 2 or id = 3",
      "id > 1 and id < 4 and n = 7",
    );
  },
  async brackets(say) {
    each(say, "((id = 1))", "(id < 3) and (id > 1)", "( id=4 or(id=5) )", "(id = 1", "id = 1)", "()");
  },
  async empty_conditions(say) {
    each(say, "", "   ", "\t\n");
  },
  async limits(say) {
    for (const limit of [0, 1, 2, 6, 7]) say(limit, filter("id > 1", ITEMS, limit).length);
    say(filter("", ITEMS, 3).map(({ id }) => id), filter("id > 4", ITEMS).map(({ id }) => id));
    const asked = [];
    const items = [1, 2, 3].map((id) => ({ get id() { asked.push(id); return id; } }));
    say(filter("id > 0", items, 2).length, asked);
  },
  async unfinished(say) {
    each(say, "n =", "n in", "n in 3", "n in 3..", "n has", "not", "n and", "(", "n <= ");
  },
  async unexpected(say) {
    each(say, "= 3", "n n", "n = and", "n in a..b", "n in 3 7", "and n", "or", "3 = n", '"n" = 3', "n has (");
  },
  async not_understood(say) {
    each(say, "?", "n = $", "  %", 'n = "open', "n = 3 &", "n ! 3");
  },
  async tokens_of_a_condition(say) {
    for (const one of tokens('a1 >= -2.5 and (b_c != "x y" or in..3)')) say(one);
  },
  async tokens_and_blanks(say) {
    say(tokens("  a  =  7  ").map(({ place }) => place), tokens("").length, tokens("a<b").length);
    say(tokens("1..2").map(({ value }) => value), tokens("3.25").map(({ value }) => value));
    say(tokens("andy orange notes Not").map(({ type }) => type));
  },
  async comparisons_by_themselves(say) {
    for (const sign of ["=", "!=", "<", "<=", ">", ">="]) {
      say(sign, [1, 2, 3].map((n) => compare.compares(n, sign, 2)), compare.compares("a", sign, "a"));
    }
    try {
      say(compare.compares(1, "~", 1));
    } catch (error) {
      say(error.name, error.message);
    }
    say(compare.same(undefined, "undefined"), compare.same(null, "null"), compare.same("1", 1));
  },
  async conditions_can_be_used_again(say) {
    const test = parse("n > 0 and word");
    say(ITEMS.map(test), ITEMS.map(test));
  },
};
