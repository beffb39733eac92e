//! Finding a way from one stop to another.

mod hops;
mod journey;
mod scan;

pub use journey::{Journey, Leg};

use crate::clock::Clock;
use crate::network::Network;

/// The way that arrives first when one is at stop `from` on `day` at `at`, `None` when there is
/// none before the buses of the day stop. Stops are places in the network.
pub fn find(network: &Network, from: usize, to: usize, day: u32, at: Clock) -> Option<Journey> {
    let hops = hops::of_day(network, day);
    let reached = scan::earliest(network, &hops, from, at);
    journey::back_from(&reached, from, to)
}
