//! Berths of a small marina: who lies where, for which nights, and what it costs.

mod book;
mod price;

pub use book::{Berth, Boat, Book, Refusal, Stay};
pub use price::{price, refund};
