//! Days as they are written: `12`, `12..15`, `12,20..22`.

/// All days that are named, in the order in which they are named.
pub fn parse(text: &str) -> Result<Vec<u32>, String> {
    let mut days = Vec::new();
    for part in text.split(',') {
        let (first, last) = match part.split_once("..") {
            Some((first, last)) => (number(first)?, number(last)?),
            None => (number(part)?, number(part)?),
        };
        if last < first {
            return Err(format!("`{part}` ends before it begins"));
        }
        days.extend(first..=last);
    }
    Ok(days)
}

fn number(text: &str) -> Result<u32, String> {
    let day: u32 = text.parse().map_err(|_| format!("`{text}` is no day"))?;
    if day > 100_000 {
        return Err(format!("day {day} is too far away"));
    }
    Ok(day)
}
