use meter::{mean, total, BadReading};

#[test]
fn a_sum() {
    assert_eq!(total(&["1", " 2 ", "-4"]), Ok(-1));
}

#[test]
fn an_empty_list() {
    assert_eq!(total(&[]), Ok(0));
}

#[test]
fn a_mean() {
    assert_eq!(mean(&["1", "2", "6"]), Ok(3));
}

#[test]
fn a_bad_reading() {
    let bad = BadReading { index: 1, value: "12,5".to_string() };
    assert_eq!(total(&["3", "12,5"]), Err(bad));
}

#[test]
fn a_bad_mean() {
    assert_eq!(mean(&["x"]).unwrap_err().index, 0);
}
