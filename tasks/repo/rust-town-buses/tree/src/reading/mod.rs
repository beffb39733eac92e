//! Reading the timetable file.

mod days;
mod statements;
mod words;

use crate::error::ReadError;
use crate::network::{Builder, Network};

/// Reads a whole file; what is wrong with it first is the error.
pub fn read(text: &str) -> Result<Network, ReadError> {
    let mut builder = Builder::default();
    for (at, line) in text.lines().enumerate() {
        let wrong = |why: String| ReadError { line: at + 1, why };
        let words = words::split(line).map_err(wrong)?;
        if !words.is_empty() {
            statements::apply(&words, &mut builder).map_err(wrong)?;
        }
    }
    Ok(builder.finish())
}
