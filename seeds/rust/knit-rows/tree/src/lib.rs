//! Checks knitting instructions.

mod parse;
mod work;

pub use parse::{parse, Item, Mistake, Stitch, Times};
pub use work::{knit, Row};
