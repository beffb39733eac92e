//! A way as people are told it.

use super::scan::{How, Reached};
use crate::clock::Clock;
use crate::network::Network;

/// A part of a journey: a ride in one bus, or a walk (`line` is `None`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    pub line: Option<String>,
    pub from: usize,
    pub to: usize,
    pub departs: Clock,
    pub arrives: Clock,
}

/// A journey: its legs, none when one is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    pub legs: Vec<Leg>,
}

impl Journey {
    /// One leg a line: `07:10 Main station - 07:16 Market (1)`.
    pub fn text(&self, network: &Network) -> String {
        let lines: Vec<String> = self.legs.iter().map(|leg| leg.text(network)).collect();
        lines.join("\n")
    }
}

impl Leg {
    fn text(&self, network: &Network) -> String {
        let (from, to) = (&network.stops[self.from], &network.stops[self.to]);
        let line = self.line.as_deref().unwrap_or("walk");
        format!("{} {} - {} {} ({line})", self.departs, from.name, self.arrives, to.name)
    }
}

/// Follows the notes of the scan back from `to`.
pub fn back_from(reached: &[Option<Reached>], from: usize, to: usize) -> Option<Journey> {
    let mut legs: Vec<Leg> = Vec::new();
    let mut stop = to;
    while stop != from {
        let arrival = reached[stop].as_ref()?;
        let leg = leg_to(stop, arrival)?;
        stop = leg.from;
        legs.push(leg);
    }
    legs.reverse();
    Some(Journey { legs })
}

fn leg_to(stop: usize, arrival: &Reached) -> Option<Leg> {
    let arrives = arrival.time;
    match &arrival.how {
        How::Start => None,
        How::Walk { from, minutes } => {
            let departs = Clock(arrives.0 - minutes);
            Some(Leg { line: None, from: *from, to: stop, departs, arrives })
        }
        How::Bus { from, departs, line } => Some(Leg {
            line: Some(line.clone()),
            from: *from,
            to: stop,
            departs: *departs,
            arrives,
        }),
    }
}
