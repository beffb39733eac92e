//! Prints what the crate makes of each case that is named on the command line.

use receipt::{add, dearest, join_with, Part};

fn part(title: &str, cents: u64) -> Part {
    Part { title: title.to_string(), cents }
}

fn joined(titles: &[&str], separator: &str) {
    let (line, count) = join_with(titles.iter().map(|title| part(title, 1)).collect(), separator);
    println!("{line}|{count}");
}

fn added(first: &[(&str, u64)], then: (&str, u64)) {
    let mut parts: Vec<Part> = first.iter().map(|(title, cents)| part(title, *cents)).collect();
    add(&mut parts, part(then.0, then.1));
    let shown: Vec<String> = parts.iter().map(|p| format!("{}={}", p.title, p.cents)).collect();
    println!("{}", shown.join(" "));
}

fn case(name: &str) {
    match name {
        "three_titles" => joined(&["Tea", "Cup", "Pot"], ", "),
        "no_parts" => joined(&[], ", "),
        "one_part" => joined(&["Tea"], ", "),
        "empty_titles_keep_their_place" => joined(&["", "Tea", ""], "-"),
        "other_separator" => joined(&["a", "b"], "<>"),
        "same_title_adds_up" => added(&[("Tea", 300), ("Cup", 700)], ("Tea", 200)),
        "free_parts_go_when_something_is_added_up" => added(&[("Gift", 0), ("Tea", 1)], ("Tea", 2)),
        "a_free_part_by_itself_is_added" => added(&[("Tea", 1)], ("Gift", 0)),
        "dearest_of_equals_is_the_first" => {
            println!("{}", dearest(&[part("a", 5), part("b", 5), part("c", 1)]).unwrap().title)
        }
        _ => println!("{:?}", dearest(&[])),
    }
}

fn main() {
    for name in std::env::args().skip(1) {
        println!("== {name}");
        case(&name);
        println!("== .");
    }
}
