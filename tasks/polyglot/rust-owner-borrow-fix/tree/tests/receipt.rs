use receipt::{add, dearest, join_with, Part};

fn part(title: &str, cents: u64) -> Part {
    Part { title: title.to_string(), cents }
}

#[test]
fn titles_are_joined() {
    let (line, count) = join_with(vec![part("Tea", 3), part("Cup", 7)], " + ");
    assert_eq!((line.as_str(), count), ("Tea + Cup", 2));
}

#[test]
fn a_part_twice_is_one() {
    let mut parts = vec![part("Tea", 300)];
    add(&mut parts, part("Tea", 300));
    assert_eq!(parts, vec![part("Tea", 600)]);
}

#[test]
fn the_dearest() {
    let parts = [part("Tea", 300), part("Pot", 2500), part("Cup", 700)];
    assert_eq!(dearest(&parts), Some(part("Pot", 2500)));
}
