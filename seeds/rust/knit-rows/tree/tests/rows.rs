use knitrows::{knit, parse, Item, Mistake, Stitch, Times};

fn signs(rows: &[&str], stitches: u32) -> Vec<String> {
    knit(rows, stitches).unwrap().into_iter().map(|row| row.signs).collect()
}

fn counts(rows: &[&str], stitches: u32) -> Vec<u32> {
    knit(rows, stitches).unwrap().into_iter().map(|row| row.after).collect()
}

#[test]
fn steps_are_read() {
    let expected = vec![
        Item::Stitch(Stitch::Knit, 12, Times::Count(1)),
        Item::Group(vec![Item::Stitch(Stitch::YarnOver, 1, Times::Count(1))], Times::Count(3)),
        Item::Stitch(Stitch::Purl, 1, Times::ToLast(2)),
    ];
    assert_eq!(parse("k12, (yo) x 3, p to last 2"), Ok(expected));
}

#[test]
fn words_that_are_wrong() {
    assert_eq!(parse("k2, q"), Err(Mistake::Word(1, "q".to_string())));
    assert_eq!(parse("(k2, p"), Err(Mistake::Word(1, String::new())));
    assert_eq!(parse("k2 p2"), Err(Mistake::Word(1, "p".to_string())));
    assert_eq!(parse("k to 3"), Err(Mistake::Word(1, "3".to_string())));
}

#[test]
fn counts_that_are_wrong() {
    assert_eq!(parse("k0"), Err(Mistake::Count(1, 0)));
    assert_eq!(parse("k x 501"), Err(Mistake::Count(1, 501)));
    assert!(parse("k500, p1 x 500").is_ok());
}

#[test]
fn every_stitch_has_its_sign() {
    let row = "k, p, sl, yo, kfb, tog, thr, bo";
    assert_eq!(signs(&[row], 10), ["|-vo||/^_"]);
}

#[test]
fn rows_from_behind() {
    assert_eq!(signs(&["k2, p", "sl, k2"], 3), ["||-", "--v"]);
}

#[test]
fn stitches_are_counted() {
    assert_eq!(counts(&["kfb x 4", "tog, yo2, thr2", "bo to end"], 4), [8, 5, 0]);
}

#[test]
fn to_the_end_and_almost() {
    assert_eq!(signs(&["k, (p, k) to last 2, sl2"], 7), ["|-|-|vv"]);
    assert_eq!(knit(&["(k, p) to end"], 5), Err(Mistake::Short(1)));
    assert_eq!(knit(&["tog to last 2"], 5), Err(Mistake::Uneven(1)));
}

#[test]
fn rows_that_do_not_come_out() {
    assert_eq!(knit(&["k3", "", "k2"], 3), Err(Mistake::Left(3, 1)));
    assert_eq!(knit(&["k3", "k4"], 3), Err(Mistake::Short(2)));
}
