//! Works the rows of each case that is named and prints what came of them; judges nothing.

use knitrows::{knit, parse};

/// Name, and what is done: `>` reads a row and prints its steps, `N:` works rows with N stitches,
/// which are separated by `/`.
const CASES: &[(&str, &[&str])] = &[
    ("single_steps", &["> k", "> p3", "> sl 12 ,yo", "> kfb2x3", ">   tog  ,  thr , bo  "]),
    ("counts_at_their_ends", &["> k1", "> k500", "> k501", "> k0", "> k 00", "> k99999999999"]),
    ("repeats_at_their_ends", &["> k x 1", "> k x 500", "> k x 501", "> k x 0", "> p to last 500", "> p to last 501", "> p to last 0"]),
    ("to_end_and_to_last", &["> k to end", "> k3 to end", "> k to last 7", "> (k, p) to last 2, k"]),
    ("groups_in_groups", &["> ((k) x 2, p)", "> (k, (p, (yo) x 3) to end) x 4, k2"]),
    ("missing_things", &[">", "> k,", "> ,k", "> ()", "> (k", "> k x", "> k to", "> k to last", "> (k, ) x 2"]),
    ("things_too_many", &["> k)", "> k 2 3", "> k2 k", "> (k) 3", "> k x 2 x 2", "> k to end 4", "> (k) to end to end"]),
    ("unknown_words", &["> knit", "> K", "> k2, kk", "> 3", "> x 2", "> to end", "> k-2", "> k2; p", "> k x end", "> k to x"]),
    ("stitch_by_stitch", &["1: k", "1: p", "1: sl", "0: yo", "1: kfb", "2: tog", "3: thr", "1: bo"]),
    ("one_stitch_too_few", &["0: k", "0: kfb", "1: tog", "2: thr", "0: bo", "3: k4", "0: sl, yo"]),
    ("stitches_left", &["1: yo", "2: k", "3: tog", "4: thr", "9: k2, p3"]),
    ("counts_and_repeats", &["6: k2 x 3", "12: (k2, p) x 4", "8: (k, tog x 1) x 2, k2", "5: k2 x 2"]),
    ("increases", &["4: (k, yo) x 4", "3: kfb3", "2: kfb, yo3, k", "1: kfb / kfb x 2 / kfb x 4"]),
    ("decreases", &["9: thr x 3", "8: tog4 / tog2 / tog", "7: thr, tog2", "5: bo2, k3"]),
    ("to_the_end", &["5: k to end", "6: (k, p) to end", "6: k3 to end", "0: k to end", "7: k3 to end", "7: tog to end"]),
    ("to_the_last", &["5: k to last 1, p", "5: k to last 5, p5", "5: k to last 6", "6: tog to last 2, k2", "6: tog to last 1, k", "8: (k2, p) to last 2, k2"]),
    ("nothing_is_used_up", &["3: yo to end", "3: (yo) to last 3, k3", "3: (yo, (yo) x 2) to last 1", "2: (k, yo) to end"]),
    ("nested_work", &["10: ((k, p) x 2, sl) x 2", "9: (k, (p) to last 1, k) to end", "12: ((tog, yo) x 2, k2) to end"]),
    ("from_behind", &["4: k, p, sl, tog / k", "3: k3 / k, p, yo, sl", "3: k3 / p3 / k, p, sl / k, p, sl", "3: k3 / kfb, p2"]),
    ("signs_from_behind", &["9: k9 / yo, kfb, tog, thr, bo, sl, p", "2: k2 / (k, yo) x 2 / k4"]),
    ("rows_one_after_another", &["2: kfb2 / kfb4 / tog4 / tog2 / tog", "5: k5 / k4", "5: k5 / k6", "3: k3 / k3 / q"]),
    ("mistakes_name_their_row", &["3: k3 / k3 / k0", "3: k3 / k3 / yo to end", "3: k3 / p4", "3: k3 / p2", "3: k3 / / / p2"]),
    ("empty_rows_count", &["2: / k, p", "2: k2 / / k, p", "2: k2 /   / / k, p", "0:"]),
    ("nothing_left", &["3: bo3", "3: bo3 / yo", "3: bo3 / k", "3: bo2, k / bo / / yo, yo"]),
];

fn play(line: &str) {
    if let Some(row) = line.strip_prefix('>') {
        match parse(row) {
            Ok(items) => println!("{items:?}"),
            Err(mistake) => println!("{mistake:?}"),
        }
        return;
    }
    let (stitches, rows) = line.split_once(':').unwrap();
    let rows: Vec<&str> = rows.split('/').collect();
    match knit(&rows, stitches.parse().unwrap()) {
        Ok(done) => {
            let shown = done.iter().map(|row| format!("{} {} {}", row.before, row.signs, row.after));
            println!("{}", shown.collect::<Vec<_>>().join(", "));
        }
        Err(mistake) => println!("{mistake:?}"),
    }
}

fn main() {
    for name in std::env::args().skip(1) {
        println!("== {name}");
        for (known, lines) in CASES {
            if *known == name {
                lines.iter().for_each(|line| play(line));
            }
        }
        println!("== .");
    }
}
