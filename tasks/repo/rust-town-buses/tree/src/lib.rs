//! Timetables of a small town's buses: a file is read, boards and journeys come out of it.

pub mod board;
mod calendar;
mod clock;
mod error;
pub mod network;
mod reading;
pub mod search;

pub use clock::Clock;
pub use error::ReadError;
pub use network::Network;
pub use reading::read;
