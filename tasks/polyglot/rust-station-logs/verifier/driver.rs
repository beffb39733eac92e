//! Prints what comes out of the logs of each case that is named, and how far they were read.

use std::cell::Cell;
use std::rc::Rc;

use stationlogs::{merge, windows, Reading, Window};

/// A log that counts how often it was asked, and may be asked once after its end, no more.
struct Log {
    readings: Vec<Reading>,
    endless: bool,
    asked: Rc<Cell<usize>>,
    over: bool,
}

impl Iterator for Log {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        assert!(!self.over, "a log was asked again after its end");
        let at = self.asked.get();
        assert!(at < 5000, "a log was read far too much");
        self.asked.set(at + 1);
        if self.endless {
            let reading = self.readings[0];
            let step = at as u64 * u64::from(reading.station);
            return Some(Reading { at: reading.at + step, value: at as i32, ..reading });
        }
        let found = self.readings.get(at).copied();
        self.over = found.is_none();
        found
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.endless {
            return (usize::MAX, None);
        }
        let left = self.readings.len() - self.asked.get().min(self.readings.len());
        (left, Some(left))
    }
}

fn reading(at: u64, station: u32, value: i32) -> Reading {
    Reading { at, station, value }
}

fn log(station: u32, times: &[u64]) -> Log {
    let readings = times.iter().enumerate().map(|(n, at)| reading(*at, station, n as i32)).collect();
    Log { readings, endless: false, asked: Rc::default(), over: false }
}

/// A reading every `step` seconds from `first` on; the step is the station's number, too.
fn endless(step: u32, first: u64) -> Log {
    let readings = vec![reading(first, step, 0)];
    Log { readings, endless: true, asked: Rc::default(), over: false }
}

fn counters(logs: &[Log]) -> Vec<Rc<Cell<usize>>> {
    logs.iter().map(|log| log.asked.clone()).collect()
}

fn show(reading: Option<Reading>) {
    match reading {
        Some(found) => println!("{} of {}: {}", found.at, found.station, found.value),
        None => println!("none"),
    }
}

fn show_window(window: Option<Window>) {
    match window {
        Some(w) => println!("{}: {} from {} to {}", w.from, w.count, w.lowest, w.highest),
        None => println!("none"),
    }
}

fn merging(name: &str) {
    match name {
        "by_time" => merge(vec![log(1, &[5, 9]), log(2, &[1, 6, 7]), log(3, &[8])])
            .for_each(|found| show(Some(found))),
        "same_times" => merge(vec![log(2, &[4, 4, 5]), log(1, &[4, 5, 5]), log(3, &[4])])
            .for_each(|found| show(Some(found))),
        "empty_logs" => merge(vec![log(1, &[]), log(2, &[3]), log(3, &[])])
            .for_each(|found| show(Some(found))),
        "nothing_is_read_ahead_of_time" => {
            let logs = vec![endless(1, 0), endless(2, 0)];
            let asked = counters(&logs);
            let merged = merge(logs);
            println!("{} {}", asked[0].get(), asked[1].get());
            drop(merged);
        }
        "one_reading_ahead_at_most" => {
            let logs = vec![endless(1, 0), endless(7, 3), endless(50, 0)];
            let asked = counters(&logs);
            let mut given = [0; 3];
            for found in merge(logs).take(200) {
                given[[1, 7, 50].iter().position(|step| *step == found.station).unwrap()] += 1;
            }
            let ahead = |n: usize| asked[n].get() - given[n] <= 1;
            println!("{given:?} {} {} {}", ahead(0), ahead(1), ahead(2));
        }
        "endless_beside_short" => {
            let found = merge(vec![endless(10, 0), log(3, &[1, 2, 35])]).take(8);
            found.for_each(|found| show(Some(found)));
        }
        "the_end_is_the_end" => {
            let mut merged = merge(vec![log(1, &[1]), log(2, &[1, 2])]);
            for _ in 0..6 {
                show(merged.next());
            }
        }
        "hundreds_of_logs" => {
            let logs = (0..300).map(|n| log(n, &[u64::from(n % 7), 100, 200])).collect();
            let found: Vec<Reading> = merge(logs).collect();
            let ordered = found.windows(2).all(|w| (w[0].at, w[0].station) < (w[1].at, w[1].station));
            println!("{} {ordered}", found.len());
        }
        _ => {
            let mut merged = merge(vec![log(1, &[5, 9]), log(2, &[1, 6, 7]), log(3, &[])]);
            while merged.size_hint().0 > 0 {
                println!("{:?}", merged.size_hint());
                merged.next();
            }
            println!("{:?} {:?}", merged.size_hint(), merged.next());
            println!("{:?}", merge(vec![endless(1, 0), log(1, &[2])]).size_hint());
            let mut merged = merge(vec![endless(1, 0), endless(2, 0)]);
            merged.next();
            println!("{:?}", merged.size_hint());
        }
    }
}

fn summing(name: &str) {
    match name {
        "windows_of_a_minute" => {
            let readings = [(3, 7), (59, -2), (60, 4), (61, 4), (200, 0)];
            let readings = readings.iter().map(|(at, value)| reading(*at, 1, *value));
            windows(readings, 60).for_each(|window| show_window(Some(window)));
        }
        "a_window_when_the_next_begins" => {
            let log = endless(1, 0);
            let asked = log.asked.clone();
            let mut found = windows(log, 10);
            println!("{}", asked.get());
            show_window(found.next());
            println!("{}", asked.get());
            show_window(found.next());
            println!("{}", asked.get());
        }
        "the_last_window" => {
            let mut found = windows(log(1, &[5, 6, 17]), 10);
            for _ in 0..5 {
                show_window(found.next());
            }
        }
        "no_readings" => {
            let mut found = windows(log(1, &[]), 10);
            show_window(found.next());
            show_window(found.next());
        }
        "width_of_nothing" => {
            windows(log(1, &[5, 5, 6]), 0).for_each(|window| show_window(Some(window)));
        }
        _ => {
            let logs = vec![endless(3, 0), endless(5, 0), log(9, &[4, 31])];
            windows(merge(logs), 15).take(3).for_each(|window| show_window(Some(window)));
        }
    }
}

const SUMMING: [&str; 6] = [
    "windows_of_a_minute",
    "a_window_when_the_next_begins",
    "the_last_window",
    "no_readings",
    "width_of_nothing",
    "windows_of_merged_logs",
];

fn main() {
    for name in std::env::args().skip(1) {
        println!("== {name}");
        if SUMMING.contains(&name.as_str()) {
            summing(&name);
        } else {
            merging(&name);
        }
        println!("== .");
    }
}
