use buses::{read, Clock};

#[test]
fn the_town_file_is_read() {
    let network = read(include_str!("../data/town.txt")).unwrap();
    assert_eq!((network.stops.len(), network.trips.len()), (5, 8));
    assert_eq!(network.stops[network.stop("HBF").unwrap()].name, "Main station");
}

#[test]
fn mistakes_are_named() {
    let said = |text: &str| read(text).unwrap_err().to_string();
    assert_eq!(said("stop A\n"), "line 1: `stop` cannot be read");
    assert_eq!(said("# x\nstop A \"Old\n"), "line 2: a quote is not closed");
    assert_eq!(said("service s xx-"), "line 1: `xx-` is no week");
    assert_eq!(said("service s xxxxxxx\nexcept s on 5..3"), "line 2: `5..3` ends before it begins");
    assert_eq!(said("stop A A\ntrip 1 s A 5:00"), "line 2: there is no service `s`");
}

#[test]
fn times_are_read() {
    assert_eq!(Clock::parse("24:05"), Some(Clock(1445)));
    assert_eq!(Clock::parse("7:5"), None);
    assert_eq!(Clock(1445).to_string(), "00:05");
}
