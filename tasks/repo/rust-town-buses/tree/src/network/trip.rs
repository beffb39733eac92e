//! One run of a bus.

use crate::clock::Clock;

/// A bus at a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    pub stop: usize,
    pub time: Clock,
}

/// A bus from its first stop to its last, at least two of them, on every day of its service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trip {
    pub line: String,
    pub service: usize,
    pub calls: Vec<Call>,
}

impl Trip {
    /// Where the bus goes in the end.
    pub fn last_stop(&self) -> usize {
        self.calls[self.calls.len() - 1].stop
    }

    /// The calls at which people can get on: all but the last.
    pub fn departures(&self) -> &[Call] {
        &self.calls[..self.calls.len() - 1]
    }
}
