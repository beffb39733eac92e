use labels::{longest, Short};

#[test]
fn the_longer_one_wins() {
    assert_eq!(longest("Au", "Bergheim"), "Bergheim");
}

#[test]
fn the_first_of_equals() {
    assert_eq!(longest("one", "two"), "one");
}

#[test]
fn a_short_label() {
    assert_eq!(Short::new("Nordhafen", 4).text(), "Nord");
}
