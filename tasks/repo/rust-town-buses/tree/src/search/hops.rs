//! Rides from one stop to the next.

use crate::clock::Clock;
use crate::network::{Network, Trip};

/// A ride; `bus` tells two buses of a day apart.
#[derive(Debug, Clone, Copy)]
pub struct Hop<'a> {
    pub bus: usize,
    pub trip: &'a Trip,
    pub from: usize,
    pub to: usize,
    pub departs: Clock,
    pub arrives: Clock,
}

/// All rides that can be used on a day, by departure; those of the day before that are still on
/// the road after midnight are among them.
pub fn of_day(network: &Network, day: u32) -> Vec<Hop<'_>> {
    let mut hops = Vec::new();
    let mut bus = 0;
    if day > 0 {
        for trip in network.trips_on(day - 1) {
            bus += 1;
            add(&mut hops, trip, bus, Clock::on_the_next_day);
        }
    }
    for trip in network.trips_on(day) {
        bus += 1;
        add(&mut hops, trip, bus, Some);
    }
    hops.sort_by_key(|hop| (hop.departs, hop.arrives));
    hops
}

fn add<'a>(hops: &mut Vec<Hop<'a>>, trip: &'a Trip, bus: usize, shown: fn(Clock) -> Option<Clock>) {
    for pair in trip.calls.windows(2) {
        if let (Some(departs), Some(arrives)) = (shown(pair[0].time), shown(pair[1].time)) {
            hops.push(Hop { bus, trip, from: pair[0].stop, to: pair[1].stop, departs, arrives });
        }
    }
}
