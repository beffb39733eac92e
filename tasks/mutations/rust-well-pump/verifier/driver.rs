//! Plays the levels of each case that is named and prints the states, one sign a minute.

use wellpump::{Pump, Settings, State};

/// Name, low, high, longest, rest, and what happens: a level and how many minutes, `-` for no
/// level, `reset`.
const CASES: &[(&str, [u32; 4], &str)] = &[
    ("starts_at_low", [30, 60, 9, 2], "31x3 30x2 45x2"),
    ("stops_at_high", [30, 60, 20, 2], "10x1 59x3 60x2 59x3"),
    ("does_not_start_in_between", [30, 60, 20, 2], "45x4 30x1 60x1 45x6"),
    ("rest_after_a_short_run", [30, 60, 20, 5], "10x1 70x1 10x8"),
    ("rest_after_a_run_as_long", [30, 60, 20, 5], "10x5 70x1 10x8"),
    ("rest_after_a_long_run", [30, 60, 40, 5], "10x20 70x1 10x8"),
    ("rest_after_the_longest_run", [30, 60, 12, 6], "10x30"),
    ("rest_longer_than_a_run", [30, 60, 3, 7], "10x24"),
    ("rest_of_one_minute", [30, 60, 4, 1], "10x12"),
    ("no_rest", [30, 60, 4, 0], "10x4 70x1 10x3"),
    ("no_rest_before_the_first_run", [30, 60, 4, 50], "10x3"),
    ("rest_while_the_tank_is_full", [30, 60, 20, 5], "10x8 70x3 10x5"),
    ("water_after_the_rest", [30, 60, 20, 3], "10x8 70x9 10x3"),
    ("silent_sensor", [30, 60, 20, 3], "10x4 -x1 10x1 -x3 10x6"),
    ("silent_before_the_start", [30, 60, 20, 3], "-x5 10x2 -x2 10x4"),
    ("silence_is_no_overrun", [30, 60, 3, 1], "10x3 10x1 10x3 10x1 10x1 -x2 10x1 10x4 10x3"),
    ("alarm_after_three", [30, 60, 5, 2], "10x25"),
    ("a_full_tank_in_between", [30, 60, 3, 1], "10x4 10x4 10x2 70x1 10x1 10x4 10x4 10x4"),
    ("alarm_stays", [30, 60, 1, 1], "10x8 70x3 -x3 10x3"),
    ("reset_after_an_alarm", [30, 60, 4, 6], "10x25 reset 10x3 10x20 reset 10x12"),
    ("reset_without_an_alarm", [30, 60, 4, 3], "10x7 reset 10x7 reset 10x7"),
];

fn play(settings: &[u32; 4], steps: &str) {
    let [low, high, longest, rest] = *settings;
    let mut pump = Pump::new(Settings { low, high, longest, rest });
    let mut signs = String::new();
    for step in steps.split(' ') {
        if step == "reset" {
            pump.reset();
            signs.push('|');
            continue;
        }
        let (level, count) = step.split_once('x').unwrap();
        for _ in 0..count.parse().unwrap() {
            signs.push(match pump.tick(level.parse().ok()) {
                State::Off => '.',
                State::On => '#',
                State::Alarm => '!',
            });
        }
    }
    println!("{signs} {}", pump.runtime());
}

fn main() {
    for name in std::env::args().skip(1) {
        println!("== {name}");
        for (known, settings, steps) in CASES {
            if *known == name {
                play(settings, steps);
            }
        }
        println!("== .");
    }
}
