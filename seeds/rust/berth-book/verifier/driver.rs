//! Plays the case that is named and prints what the marina answered; judges nothing.

use berths::{price, refund, Berth, Boat, Book, Refusal, Stay};

struct Desk(Book);

fn berth(name: &str, length: u32, depth: u32, power: bool) -> Berth {
    Berth { name: name.to_string(), length, depth, power }
}

fn boat(name: &str, length: u32, draught: u32, power: bool) -> Boat {
    Boat { name: name.to_string(), length, draught, power }
}

fn small(name: &str) -> Boat {
    boat(name, 600, 100, false)
}

fn shown(answer: Result<Stay, Refusal>) -> String {
    match answer {
        Ok(stay) => format!(
            "{} {} at {} {}-{} for {}",
            stay.number, stay.boat.name, stay.berth, stay.from, stay.until, stay.paid
        ),
        Err(refusal) => format!("{refusal:?}"),
    }
}

impl Desk {
    fn new(berths: &[(&str, u32, u32, bool)]) -> Desk {
        Desk(Book::new(berths.iter().map(|b| berth(b.0, b.1, b.2, b.3)).collect()))
    }

    fn one() -> Desk {
        Desk::new(&[("A1", 1000, 200, true)])
    }

    fn stay(&mut self, boat: Boat, from: u32, until: u32) {
        println!("{}", shown(self.0.reserve(&boat, from, until)));
    }

    fn change(&mut self, number: u32, until: u32) {
        println!("{:?}", self.0.change(number, until));
    }

    fn cancel(&mut self, number: u32, today: u32) {
        println!("{:?}", self.0.cancel(number, today));
    }

    fn nights(&self, berth: &str, nights: std::ops::Range<u32>) {
        let guests: Vec<&str> = nights.map(|n| self.0.guest(berth, n).unwrap_or("-")).collect();
        println!("{}", guests.join(" "));
    }

    fn free(&self, nights: std::ops::Range<u32>) {
        let free: Vec<String> = nights.map(|night| self.0.free(night).to_string()).collect();
        println!("{}", free.join(" "));
    }
}

fn prices(length: u32, power: bool, stays: &[(u32, u32)]) {
    for (from, until) in stays {
        println!("{}", price(length, power, *from, *until));
    }
}

fn fits(boats: &[(u32, u32, bool)], berth: (&str, u32, u32, bool)) {
    for (length, draught, power) in boats {
        Desk::new(&[berth]).stay(boat("Ida", *length, *draught, *power), 1, 2);
    }
}

fn money(name: &str) {
    match name {
        "price_of_a_night" => prices(1000, false, &[(0, 1), (100, 101), (150, 151), (151, 152)]),
        "last_nights_of_summer" => prices(900, false, &[(243, 244), (244, 245), (242, 246)]),
        "other_years" => prices(1000, false, &[(515, 516), (516, 517), (608, 609), (609, 610)]),
        "metres_that_are_begun" => {
            for length in [799, 800, 801, 899, 1] {
                println!("{}", price(length, false, 0, 1));
            }
        }
        "small_boats" => {
            for length in [300, 400, 401, 600, 601, 700] {
                println!("{} {}", price(length, false, 0, 1), price(length, false, 200, 201));
            }
        }
        "power" => prices(1000, true, &[(0, 1), (0, 3), (200, 202)]),
        "week_and_month" => {
            prices(1000, false, &[(0, 6), (0, 7), (0, 8), (0, 27), (0, 28), (0, 29)])
        }
        "power_has_no_discount" => prices(1000, true, &[(0, 7), (0, 28)]),
        "seasons_in_one_stay" => {
            prices(1000, false, &[(146, 153), (0, 0), (9, 3)]);
            prices(123, true, &[(0, 30)]);
        }
        "all_money_back" => {
            for today in [0, 85, 86, 87] {
                println!("{}", refund(333, 100, today));
            }
        }
        _ => {
            for today in [96, 97, 98, 100, 120] {
                println!("{} {}", refund(333, 100, today), refund(100, 100, today));
            }
        }
    }
}

fn places(name: &str) {
    match name {
        "room_ahead" => fits(
            &[(949, 100, false), (950, 100, false), (951, 100, false), (1000, 100, false)],
            ("A1", 1000, 200, false),
        ),
        "room_below" => fits(
            &[(600, 169, false), (600, 170, false), (600, 171, false), (951, 169, false)],
            ("A1", 1000, 200, false),
        ),
        "power_at_the_berth" => {
            fits(&[(600, 100, true), (600, 100, false)], ("A1", 1000, 200, false));
            fits(&[(600, 100, true), (600, 100, false)], ("A1", 1000, 200, true));
        }
        "shortest_first" => {
            let mut desk =
                Desk::new(&[("A", 1000, 200, true), ("B", 800, 300, true), ("C", 900, 100, true)]);
            for name in ["Ida", "Ole", "Eva", "Tom"] {
                desk.stay(boat(name, 500, 60, false), 1, 3);
            }
        }
        "then_the_shallowest" => {
            let mut desk = Desk::new(&[
                ("A", 900, 200, true),
                ("B", 900, 150, true),
                ("C", 900, 150, true),
                ("D", 900, 180, true),
            ]);
            for name in ["Ida", "Ole", "Eva", "Tom"] {
                desk.stay(small(name), 1, 3);
            }
        }
        "full_or_too_big" => {
            let mut desk = Desk::new(&[("A", 1000, 200, false), ("B", 700, 200, true)]);
            desk.stay(boat("Ida", 800, 100, false), 1, 3);
            desk.stay(boat("Ole", 800, 100, false), 2, 4);
            desk.stay(boat("Ole", 800, 100, true), 2, 4);
            desk.stay(boat("Ole", 980, 100, false), 7, 9);
            desk.stay(boat("Ole", 600, 180, false), 2, 4);
            desk.stay(small("Ole"), 2, 4);
            desk.stay(small("Eva"), 3, 4);
        }
        _ => {
            let mut desk = Desk::new(&[]);
            desk.stay(small("Ida"), 1, 3);
            desk.free(0..2);
            println!("{:?}", desk.0.moves(1));
        }
    }
}

fn nights(name: &str) {
    let mut desk = Desk::one();
    match name {
        "length_of_a_stay" => {
            desk.stay(small("Ida"), 7, 7);
            desk.stay(small("Ida"), 7, 6);
            desk.stay(small("Ida"), 7, 98);
            desk.stay(small("Ida"), 7, 97);
            desk.stay(small("Ole"), 6, 7);
        }
        "one_after_the_other" => {
            desk.stay(small("Ida"), 5, 8);
            desk.stay(small("Ole"), 8, 10);
            desk.stay(small("Eva"), 4, 5);
            desk.stay(small("Tom"), 7, 8);
            desk.stay(small("Tom"), 4, 11);
            desk.stay(small("Tom"), 6, 7);
            desk.stay(small("Tom"), 9, 12);
            desk.nights("A1", 3..11);
        }
        "a_boat_is_in_one_place" => {
            let mut desk = Desk::new(&[("A", 900, 200, true), ("B", 900, 200, true)]);
            desk.stay(small("Ida"), 5, 8);
            desk.stay(small("Ida"), 7, 9);
            desk.stay(small("Ida"), 2, 6);
            desk.stay(boat("Ida", 3000, 100, false), 7, 9);
            desk.stay(small("Ida"), 8, 9);
            desk.stay(small("Ida"), 4, 5);
            desk.stay(small("Ole"), 5, 8);
        }
        "guests_of_a_berth" => {
            let mut desk = Desk::new(&[("A", 900, 200, true), ("B", 900, 200, true)]);
            desk.stay(small("Ida"), 5, 8);
            desk.stay(small("Ole"), 6, 7);
            desk.nights("A", 4..9);
            desk.nights("B", 4..9);
            desk.nights("C", 4..9);
            desk.free(4..9);
        }
        _ => {
            let mut desk = Desk::new(&[("B", 900, 200, true), ("A", 900, 200, true)]);
            desk.stay(small("Ida"), 5, 8);
            desk.stay(small("Ole"), 5, 6);
            desk.stay(small("Eva"), 8, 9);
            for day in 4..10 {
                println!("{:?}", desk.0.moves(day));
            }
        }
    }
}

fn changes(name: &str) {
    let mut desk = Desk::new(&[("A", 900, 200, true), ("B", 900, 200, true)]);
    desk.stay(boat("Ida", 800, 100, true), 10, 13);
    match name {
        "longer_and_shorter" => {
            desk.change(1, 16);
            desk.change(1, 17);
            desk.change(1, 11);
            desk.change(1, 11);
            desk.nights("A", 9..13);
            desk.cancel(1, 0);
        }
        "longer_than_allowed" => {
            desk.change(1, 10);
            desk.change(1, 9);
            desk.change(1, 101);
            desk.change(1, 100);
            desk.change(2, 0);
        }
        "the_next_guest_stands_in_the_way" => {
            desk.stay(small("Ole"), 14, 16);
            desk.stay(small("Eva"), 15, 17);
            desk.change(1, 15);
            desk.change(1, 14);
            desk.change(2, 15);
            desk.nights("A", 9..17);
            desk.nights("B", 9..17);
        }
        "a_boat_comes_again" => {
            desk.stay(small("Ole"), 13, 15);
            desk.stay(boat("Ida", 800, 100, false), 20, 22);
            desk.change(1, 21);
            desk.change(2, 40);
            desk.change(3, 23);
            desk.nights("A", 10..24);
        }
        "cancelled_stays" => {
            desk.stay(small("Ole"), 10, 12);
            desk.stay(small("Eva"), 10, 11);
            desk.cancel(2, 8);
            desk.cancel(2, 8);
            desk.stay(small("Eva"), 10, 11);
            desk.free(9..14);
            desk.cancel(1, 7);
            desk.cancel(3, 0);
            desk.cancel(9, 0);
            desk.free(9..14);
        }
        _ => {
            desk.cancel(1, 0);
            desk.stay(small("Ole"), 1, 2);
            desk.stay(small("Ole"), 3, 0);
            desk.stay(small("Eva"), 1, 2);
            desk.cancel(3, 0);
            desk.stay(small("Eva"), 1, 2);
        }
    }
}

const MONEY: &str = "price_of_a_night last_nights_of_summer other_years metres_that_are_begun \
    small_boats power week_and_month power_has_no_discount seasons_in_one_stay all_money_back \
    some_money_back";
const PLACES: &str = "room_ahead room_below power_at_the_berth shortest_first then_the_shallowest \
    full_or_too_big no_berths_at_all";
const NIGHTS: &str = "length_of_a_stay one_after_the_other a_boat_is_in_one_place \
    guests_of_a_berth coming_and_leaving";

fn main() {
    for name in std::env::args().skip(1) {
        let among = |list: &str| list.split_whitespace().any(|known| known == name);
        println!("== {name}");
        if among(MONEY) {
            money(&name);
        } else if among(PLACES) {
            places(&name);
        } else if among(NIGHTS) {
            nights(&name);
        } else {
            changes(&name);
        }
        println!("== .");
    }
}
