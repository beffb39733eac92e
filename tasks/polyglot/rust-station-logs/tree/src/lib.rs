//! Brings the logs of weather stations together, and sums them up.

mod merge;
mod windows;

pub use merge::{merge, Merged};
pub use windows::{windows, Window, Windows};

/// What a station measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Seconds.
    pub at: u64,
    pub station: u32,
    pub value: i32,
}
