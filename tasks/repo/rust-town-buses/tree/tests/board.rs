use buses::board::{departures, text};
use buses::{read, Clock, Network};

fn town() -> Network {
    read(include_str!("../data/town.txt")).unwrap()
}

fn board(network: &Network, stop: &str, day: u32, from: u32, count: usize) -> String {
    let stop = network.stop(stop).unwrap();
    text(&departures(network, stop, day, Clock(from * 60), count))
}

#[test]
fn an_ordinary_day() {
    let expected = "07:05  7    Old harbour\n07:10  1    Lakeside\n07:35  7    Old harbour";
    assert_eq!(board(&town(), "HBF", 21, 7, 3), expected);
}

#[test]
fn a_weekend() {
    assert_eq!(board(&town(), "HBF", 6, 7, 2), "07:10  1    Lakeside\n08:10  1    Lakeside");
}

#[test]
fn the_first_day_of_a_holiday() {
    assert_eq!(board(&town(), "HBF", 14, 7, 1), "07:10  1    Lakeside");
}

#[test]
fn a_holiday_later_on() {
    assert_eq!(board(&town(), "HBF", 40, 7, 1), "07:10  1    Lakeside");
}

#[test]
fn the_fair() {
    assert_eq!(board(&town(), "HBF", 5, 7, 1), "07:05  7    Old harbour");
}

#[test]
fn past_midnight() {
    assert_eq!(board(&town(), "SEE", 5, 0, 1), "00:30  N    Main station");
    assert_eq!(board(&town(), "SEE", 1, 0, 1), "07:45  1    Main station");
}

#[test]
fn nothing_leaves() {
    assert_eq!(board(&town(), "HAF", 6, 0, 5), "no departures");
}
