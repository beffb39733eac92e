// One case a name: renders a table and prints it; judges nothing.
const root = `${process.env.CAB_WORKSPACE ?? "/workspace"}/src`;
const { renderTable } = await import(`${root}/table.js`);
const { renderRecords } = await import(`${root}/records.js`);

function shown(say, make) {
  try {
    for (const line of make().split("\n")) say(`${line}|`);
  } catch (error) {
    say(error instanceof RangeError ? "RangeError" : `${error.name} ${error.message}`);
  }
}

export default {
  async no_max_changes_nothing(say) {
    shown(say, () => renderTable(
      [{ title: "Some  words" }, { title: "N", align: "right", min: 4 }],
      [["two  blanks and a rather long text", 7], [undefined, -1], ["x"]],
    ));
  },
  async text_that_fits_exactly(say) {
    shown(say, () => renderTable([{ title: "T", max: 7 }], [["abc def"], ["abc defg"], ["abcdefg"]]));
  },
  async text_that_fits_is_left_alone(say) {
    shown(say, () => renderTable([{ title: "T", max: 8 }, { title: "U" }], [[" a  b", 1], ["c   d", 2]]));
  },
  async several_wrapped_columns(say) {
    shown(say, () => renderTable(
      [{ title: "A", max: 5 }, { title: "B", max: 6 }, { title: "C" }],
      [["one two three", "four", "x"], ["five", "six seven eight nine", "y"]],
    ));
  },
  async right_aligned_columns(say) {
    shown(say, () => renderTable(
      [{ title: "Name", max: 6, align: "right" }, { title: "N", align: "right" }],
      [["grey heron nest", 12], ["owl", 3]],
    ));
  },
  async titles_are_wrapped(say) {
    shown(say, () => renderTable(
      [{ title: "Date of arrival", max: 7 }, { title: "Berth" }],
      [["12", 3]],
    ));
  },
  async wrapped_titles_without_header(say) {
    shown(say, () => renderTable([{ title: "Date of arrival", max: 7 }], [["12"]], { header: false }));
  },
  async column_is_only_as_wide_as_its_lines(say) {
    shown(say, () => renderTable([{ title: "T", max: 10 }, { title: "U" }], [["abcdef ghijkl", 1]]));
  },
  async long_words(say) {
    shown(say, () => renderTable([{ title: "T", max: 4 }], [["ab cdefghij kl"], ["abcdefgh"], ["abcdefghi"], ["abcdef g h"]]));
  },
  async one_character_wide(say) {
    shown(say, () => renderTable([{ title: "T", max: 1 }, { title: "U" }], [["ab c", 5]]));
  },
  async blanks_at_the_breaks(say) {
    shown(say, () => renderTable([{ title: "T", max: 6 }, { title: "U" }], [["  one   two   three  ", 5]]));
  },
  async nothing_but_blanks(say) {
    shown(say, () => renderTable([{ title: "T", max: 3 }, { title: "U" }], [["      ", 5], ["", 6], [null, 7]]));
  },
  async line_ends_in_cells(say) {
    shown(say, () => renderTable([{ title: "T", max: 5 }, { title: "U" }], [["ab\ncd\tef", 1]]));
  },
  async numbers_are_wrapped_too(say) {
    shown(say, () => renderTable([{ title: "T", max: 3, align: "right" }, { title: "U" }], [[12345, 1]]));
  },
  async minimum_and_maximum(say) {
    shown(say, () => renderTable([{ title: "T", min: 6, max: 6 }, { title: "U" }], [["a b c d e", 1]]));
    shown(say, () => renderTable([{ title: "T", min: 7, max: 6 }], []));
  },
  async senseless_maximum(say) {
    for (const max of [0, -3, 2.5, NaN, "wide", 1]) shown(say, () => renderTable([{ title: "T", max }], []));
  },
  async records_with_a_maximum(say) {
    shown(say, () => renderRecords(
      [{ boat: "Curlew", remark: "leaks at the stern" }, { boat: "Tern" }],
      ["boat", { key: "remark", title: "remark", max: 8 }],
      { gap: " / " },
    ));
  },
  async old_errors_stay(say) {
    shown(say, () => renderTable([{ title: "T", align: "middle" }], []));
    shown(say, () => renderTable([{ title: "T" }], [[1, 2]]));
    shown(say, () => renderTable([], []));
  },
};
