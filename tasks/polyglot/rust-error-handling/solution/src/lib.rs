//! Sums up the numbers of a meter reading: texts as they came over the wire.

use std::fmt;

/// A reading that is no number, or one that makes the sum too large.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadReading {
    pub index: usize,
    pub value: String,
}

impl fmt::Display for BadReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "reading {} is bad: {:?}", self.index, self.value)
    }
}

impl std::error::Error for BadReading {}

/// The sum of all readings, or the first one that is bad.
pub fn total(readings: &[&str]) -> Result<i64, BadReading> {
    let mut sum: i64 = 0;
    for (index, reading) in readings.iter().enumerate() {
        let number = reading.trim().parse::<i64>().ok();
        sum = number.and_then(|number| sum.checked_add(number)).ok_or_else(|| BadReading {
            index,
            value: reading.to_string(),
        })?;
    }
    Ok(sum)
}

/// The mean of all readings, rounded towards zero; 0 when there is none.
pub fn mean(readings: &[&str]) -> Result<i64, BadReading> {
    if readings.is_empty() {
        return Ok(0);
    }
    Ok(total(readings)? / readings.len() as i64)
}
