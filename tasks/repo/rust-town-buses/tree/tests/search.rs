use buses::search::find;
use buses::{read, Clock, Network};

fn town() -> Network {
    read(include_str!("../data/town.txt")).unwrap()
}

fn way(network: &Network, from: &str, to: &str, day: u32, at: &str) -> String {
    let (from, to) = (network.stop(from).unwrap(), network.stop(to).unwrap());
    match find(network, from, to, day, Clock::parse(at).unwrap()) {
        Some(journey) => journey.text(network),
        None => "no way".to_string(),
    }
}

#[test]
fn by_one_bus() {
    let expected = "07:10 Main station - 07:40 Lakeside (1)";
    assert_eq!(way(&town(), "HBF", "SEE", 21, "7:06"), expected);
}

#[test]
fn by_two_buses() {
    let expected = "07:10 Main station - 07:25 University (1)\n\
                    07:30 University - 07:42 Old harbour (4)";
    assert_eq!(way(&town(), "HBF", "HAF", 20, "7:06"), expected);
}

#[test]
fn on_foot() {
    let expected = "07:00 Market - 07:12 University (walk)";
    assert_eq!(way(&town(), "MKT", "UNI", 20, "7:00"), expected);
}

#[test]
fn not_by_a_bus_that_does_not_run() {
    assert_eq!(way(&town(), "HBF", "HAF", 9, "7:30"), "no way");
}

#[test]
fn there_already() {
    assert_eq!(way(&town(), "UNI", "UNI", 1, "7:00"), "");
}
