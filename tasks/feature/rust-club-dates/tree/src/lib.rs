//! Dates on which clubs meet, written as rules.

mod date;
mod parse;
mod rule;

pub use date::Date;
pub use rule::Rule;
