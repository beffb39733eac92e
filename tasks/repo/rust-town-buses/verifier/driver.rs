//! Reads a timetable for the case that is named and prints what boards and journeys say.

use buses::board::{departures, text};
use buses::search::find;
use buses::{read, Clock, Network};

const TOWN: &str = "\
stop A Abbey
stop B \"Bus depot\"
stop C Castle
stop D Dam
walk C D 5
service s xxxxx--
service all xxxxxxx
service late ------x
";

fn town(more: &str) -> Network {
    read(&format!("{TOWN}{more}")).unwrap()
}

/// The days up to `last` on which a bus of service `s` leaves, with these exceptions.
fn days(exceptions: &str, last: u32) {
    let network = town(&format!("{exceptions}\ntrip 1 s A 6:00 B 6:10\n"));
    let runs = |day: &u32| !departures(&network, 0, *day, Clock(0), 9).is_empty();
    let found: Vec<String> = (0..=last).filter(runs).map(|day| day.to_string()).collect();
    println!("{}", found.join(" "));
}

fn board(network: &Network, stop: &str, day: u32, from: u32, count: usize) {
    let stop = network.stop(stop).unwrap();
    println!("{}", text(&departures(network, stop, day, Clock(from), count)));
}

fn way(network: &Network, from: &str, to: &str, day: u32, at: &str) {
    let (from, to) = (network.stop(from).unwrap(), network.stop(to).unwrap());
    match find(network, from, to, day, Clock::parse(at).unwrap()) {
        Some(journey) => println!("{}", journey.text(network)),
        None => println!("no way"),
    }
}

fn calendar(name: &str) {
    match name {
        "a_week" => days("", 15),
        "by_date" => days("except s off 1\nexcept s on 5\nexcept s off 8..9", 13),
        "in_any_order" => days("except s off 8..9\nexcept s on 5\nexcept s off 1", 13),
        "a_list_in_any_order" => days("except s off 9,1,7..8,3", 13),
        "the_last_line_counts" => days("except s off 1..11\nexcept s on 4..6\nexcept s off 5", 13),
        "a_range_over_a_day" => days("except s on 6\nexcept s off 3\nexcept s off 4..8", 13),
        "to_and_fro" => days(
            "except s off 9\nexcept s on 2,12\nexcept s on 9\nexcept s off 2\nexcept s off 9,10",
            13,
        ),
        "twice_in_a_line" => days("except s off 8,3,3..4,8,2", 13),
        "services_for_themselves" => {
            let network = town(
                "except all off 9\nexcept s off 4\nexcept late on 2\nexcept all off 4\n\
                 except late on 1\nexcept s off 1\ntrip 1 s A 6:00 B 6:10\ntrip 2 all A 7:00 B 7:10\n\
                 trip 3 late A 8:00 B 8:10",
            );
            for day in 0..10 {
                let found = departures(&network, 0, day, Clock(0), 9);
                let lines: Vec<&str> = found.iter().map(|one| one.line.as_str()).collect();
                println!("{day}: {}", lines.join(" "));
            }
        }
        _ => {
            let lines: Vec<String> = (0..300).rev().map(|n| format!("except s off {}", n * 7)).collect();
            let network = town(&format!("{}\ntrip 1 s A 6:00 B 6:10", lines.join("\n")));
            let runs = |day: &u32| !departures(&network, 0, *day, Clock(0), 9).is_empty();
            println!("{}", (0..2100).filter(runs).count());
        }
    }
}

const NIGHT: &str = "except late on 9\nexcept late on 3\nexcept late off 6\n\
    trip N late A 23:50 B 24:15 C 24:40\ntrip 1 all C 0:45 A 1:00";

fn rides(name: &str) {
    let more = "except s off 2\nexcept s on 6\nexcept s off 0\ntrip 1 s A 6:00 B 6:10 C 6:30\n\
        trip 2 all B 6:11 C 6:20\ntrip 3 all B 6:12 C 6:25\ntrip 4 all C 6:30 A 6:50\n\
        trip 10 all A 6:00 C 6:40";
    let network = town(more);
    match name {
        "journeys_on_such_days" => {
            for day in [0, 1, 2, 5, 6] {
                way(&network, "A", "B", day, "5:00");
            }
        }
        "nights_after_such_days" => {
            let network = town(NIGHT);
            for day in [3, 4, 6, 7, 9, 10, 14] {
                board(&network, "B", day, 0, 1);
                way(&network, "B", "A", day, "0:00");
            }
        }
        "changing_takes_time" => {
            way(&network, "A", "C", 1, "6:00");
            way(&network, "B", "C", 1, "6:11");
            way(&network, "A", "C", 1, "6:01");
        }
        "staying_in_the_bus" => way(&network, "B", "A", 1, "6:12"),
        "ways_on_foot" => {
            way(&network, "D", "A", 1, "6:25");
            way(&network, "D", "A", 1, "6:26");
            way(&network, "C", "D", 1, "23:58");
        }
        "at_the_goal_already" => way(&network, "C", "C", 1, "6:25"),
        "boards_by_time_and_line" => {
            board(&network, "A", 1, 0, 9);
            board(&network, "A", 2, 0, 9);
            board(&network, "B", 1, 372, 1);
            board(&network, "D", 1, 0, 9);
        }
        _ => {
            for more in ["except s of 3", "except t on 3", "except s on 3..x", "trip 1 s A 6:00 B 5:59"] {
                println!("{}", read(&format!("{TOWN}{more}")).unwrap_err());
            }
        }
    }
}

const CALENDAR: [&str; 10] = [
    "a_week",
    "by_date",
    "in_any_order",
    "a_list_in_any_order",
    "the_last_line_counts",
    "a_range_over_a_day",
    "to_and_fro",
    "twice_in_a_line",
    "services_for_themselves",
    "hundreds_of_lines",
];

fn main() {
    for name in std::env::args().skip(1) {
        println!("== {name}");
        if CALENDAR.contains(&name.as_str()) {
            calendar(&name);
        } else {
            rides(&name);
        }
        println!("== .");
    }
}
