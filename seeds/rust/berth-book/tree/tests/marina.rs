use berths::{price, refund, Berth, Boat, Book, Refusal};

fn berth(name: &str, length: u32, depth: u32, power: bool) -> Berth {
    Berth { name: name.to_string(), length, depth, power }
}

fn boat(name: &str, length: u32, draught: u32, power: bool) -> Boat {
    Boat { name: name.to_string(), length, draught, power }
}

fn marina() -> Book {
    Book::new(vec![
        berth("A1", 1200, 250, true),
        berth("A2", 900, 200, false),
        berth("B1", 900, 180, true),
    ])
}

#[test]
fn prices_by_season() {
    assert_eq!(price(800, false, 10, 12), 2 * 1440);
    assert_eq!(price(801, false, 150, 152), 1620 + 2700);
    assert_eq!(price(500, false, 243, 245), 1500 + 1200);
}

#[test]
fn longer_is_cheaper() {
    assert_eq!(price(1000, true, 0, 6), 6 * 2050);
    assert_eq!(price(1000, true, 0, 7), 7 * 1620 + 7 * 250);
    assert_eq!(price(1000, false, 0, 28), 28 * 1350);
}

#[test]
fn money_back() {
    assert_eq!(refund(1001, 50, 36), 1001);
    assert_eq!(refund(1001, 50, 37), 500);
    assert_eq!(refund(1001, 50, 48), 0);
}

#[test]
fn the_smallest_berth_that_will_do() {
    let mut book = marina();
    assert_eq!(book.reserve(&boat("Ida", 850, 120, false), 5, 8).unwrap().berth, "B1");
    assert_eq!(book.reserve(&boat("Ole", 850, 120, false), 6, 9).unwrap().berth, "A2");
    assert_eq!(book.reserve(&boat("Tom", 600, 120, false), 7, 9).unwrap().berth, "A1");
    assert_eq!(book.reserve(&boat("Eva", 600, 120, false), 7, 8), Err(Refusal::Full));
    assert_eq!(book.reserve(&boat("Eva", 600, 120, false), 9, 10).unwrap().number, 4);
}

#[test]
fn boats_that_do_not_fit() {
    let mut book = marina();
    assert_eq!(book.reserve(&boat("Max", 1151, 120, false), 5, 8), Err(Refusal::TooBig));
    assert_eq!(book.reserve(&boat("Max", 1150, 220, true), 5, 8).unwrap().berth, "A1");
    assert_eq!(book.reserve(&boat("Mia", 700, 171, true), 5, 8), Err(Refusal::Full));
}

#[test]
fn dates_are_checked() {
    let mut book = marina();
    let ida = boat("Ida", 800, 100, false);
    assert_eq!(book.reserve(&ida, 5, 5), Err(Refusal::BadDates));
    assert_eq!(book.reserve(&ida, 5, 96), Err(Refusal::BadDates));
    assert!(book.reserve(&ida, 5, 95).is_ok());
    assert_eq!(book.reserve(&ida, 94, 96), Err(Refusal::AlreadyHere));
}

#[test]
fn stays_are_changed() {
    let mut book = marina();
    let ida = book.reserve(&boat("Ida", 800, 160, true), 5, 8).unwrap();
    book.reserve(&boat("Ole", 800, 140, true), 10, 12).unwrap();
    assert_eq!(ida.berth, "A1");
    assert_eq!(book.change(ida.number, 10), Ok(2 * 1690));
    assert_eq!(book.change(ida.number, 6), Ok(-4 * 1690));
    assert_eq!(book.change(9, 7), Err(Refusal::Unknown));
}

#[test]
fn stays_are_cancelled() {
    let mut book = marina();
    let ida = book.reserve(&boat("Ida", 800, 100, false), 20, 22).unwrap();
    assert_eq!(book.cancel(ida.number, 10), Ok(1440));
    assert_eq!(book.cancel(ida.number, 10), Err(Refusal::Unknown));
    assert_eq!(book.free(20), 3);
}

#[test]
fn the_board_at_the_gate() {
    let mut book = marina();
    book.reserve(&boat("Ida", 800, 100, false), 5, 8).unwrap();
    book.reserve(&boat("Ole", 800, 100, false), 8, 9).unwrap();
    assert_eq!(book.guest("B1", 7), Some("Ida"));
    assert_eq!(book.guest("B1", 8), Some("Ole"));
    assert_eq!(book.guest("B1", 9), None);
    assert_eq!(book.free(7), 2);
    assert_eq!(book.moves(8), (vec!["Ole".to_string()], vec!["Ida".to_string()]));
}
