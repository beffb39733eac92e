//! Goes through the rides of a day once and notes how early each stop can be reached.

use std::collections::HashMap;

use super::hops::Hop;
use crate::clock::Clock;
use crate::network::Network;

/// Minutes that it takes to change buses.
const CHANGE: u32 = 2;

/// How a stop was reached first.
#[derive(Debug, Clone)]
pub struct Reached {
    pub time: Clock,
    pub how: How,
}

#[derive(Debug, Clone)]
pub enum How {
    Start,
    Walk { from: usize, minutes: u32 },
    Bus { from: usize, departs: Clock, line: String },
}

/// The earliest time for each stop, as far as it can be reached.
pub fn earliest(
    network: &Network,
    hops: &[Hop<'_>],
    start: usize,
    at: Clock,
) -> Vec<Option<Reached>> {
    let mut reached: Vec<Option<Reached>> = vec![None; network.stops.len()];
    let mut aboard: HashMap<usize, (usize, Clock)> = HashMap::new();
    note(network, &mut reached, start, Reached { time: at, how: How::Start });
    for hop in hops {
        let in_time = match &reached[hop.from] {
            None => false,
            Some(Reached { time, how: How::Bus { .. } }) => time.plus(CHANGE) <= hop.departs,
            Some(Reached { time, .. }) => *time <= hop.departs,
        };
        if !in_time && !aboard.contains_key(&hop.bus) {
            continue;
        }
        let (from, departs) = *aboard.entry(hop.bus).or_insert((hop.from, hop.departs));
        let how = How::Bus { from, departs, line: hop.trip.line.clone() };
        note(network, &mut reached, hop.to, Reached { time: hop.arrives, how });
    }
    reached
}

/// Keeps an arrival that is earlier than what was known, and walks on from there.
fn note(network: &Network, reached: &mut [Option<Reached>], stop: usize, arrival: Reached) {
    let time = arrival.time;
    if matches!(&reached[stop], Some(known) if known.time <= time) {
        return;
    }
    reached[stop] = Some(arrival);
    for walk in &network.stops[stop].walks {
        let how = How::Walk { from: stop, minutes: walk.minutes };
        note(network, reached, walk.to, Reached { time: time.plus(walk.minutes), how });
    }
}
