//! Sums up the numbers of a meter reading: texts as they came over the wire.

/// The sum of all readings.
pub fn total(readings: &[&str]) -> i64 {
    let mut sum = 0;
    for reading in readings {
        sum += reading.trim().parse::<i64>().unwrap();
    }
    sum
}

/// The mean of all readings, rounded towards zero; 0 when there is none.
pub fn mean(readings: &[&str]) -> i64 {
    if readings.is_empty() {
        return 0;
    }
    total(readings) / readings.len() as i64
}
