use ferry_fares::*;

#[test]
fn one_adult() {
    assert_eq!(Ok(400), fare(1, 0, false));
}

#[test]
#[ignore]
fn a_family_with_a_car() {
    assert_eq!(Ok(2350), fare(2, 2, true));
}

#[test]
#[ignore]
fn children_alone() {
    assert_eq!(Err(FareError::NoAdult), fare(0, 3, false));
}

#[test]
#[ignore]
fn an_empty_car() {
    assert_eq!(Err(FareError::Nobody), fare(0, 0, true));
}

#[test]
#[ignore]
#[should_panic]
fn more_than_can_be_counted() {
    fare(u32::MAX, u32::MAX, true).unwrap();
}
