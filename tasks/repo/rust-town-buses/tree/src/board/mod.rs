//! What the screens at the stops show.

mod text;

pub use text::text;

use crate::clock::Clock;
use crate::network::{Network, Trip};

/// A bus that leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    pub time: Clock,
    pub line: String,
    pub to: String,
}

/// The next `count` departures from a stop on `day`, not before `from`, by time; those of the day
/// before that leave after midnight are among them.
pub fn departures(
    network: &Network,
    stop: usize,
    day: u32,
    from: Clock,
    count: usize,
) -> Vec<Departure> {
    let mut found = Vec::new();
    if day > 0 {
        for trip in network.trips_on(day - 1) {
            collect(network, trip, stop, Clock::on_the_next_day, &mut found);
        }
    }
    for trip in network.trips_on(day) {
        collect(network, trip, stop, Some, &mut found);
    }
    found.retain(|departure| departure.time >= from);
    found.sort_by(|one, other| (one.time, &one.line).cmp(&(other.time, &other.line)));
    found.truncate(count);
    found
}

fn collect(
    network: &Network,
    trip: &Trip,
    stop: usize,
    shown: fn(Clock) -> Option<Clock>,
    found: &mut Vec<Departure>,
) {
    for call in trip.departures() {
        if call.stop != stop {
            continue;
        }
        if let Some(time) = shown(call.time) {
            let to = network.stops[trip.last_stop()].name.clone();
            found.push(Departure { time, line: trip.line.clone(), to });
        }
    }
}
