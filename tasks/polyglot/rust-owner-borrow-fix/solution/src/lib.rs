//! Lines of a receipt, put together from parts.

/// One part of a receipt.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub title: String,
    pub cents: u64,
}

/// The titles of all parts with `separator` between them, and how many there were.
pub fn join_with(parts: Vec<Part>, separator: &str) -> (String, usize) {
    let titles: Vec<&str> = parts.iter().map(|part| part.title.as_str()).collect();
    (titles.join(separator), parts.len())
}

/// Adds a part; one with the title of an earlier part is added to that one's price.
pub fn add(parts: &mut Vec<Part>, part: Part) {
    match parts.iter_mut().find(|known| known.title == part.title) {
        Some(known) => known.cents += part.cents,
        None => {
            parts.push(part);
            return;
        }
    }
    parts.retain(|one| one.cents > 0);
}

/// The dearest part, `None` when there is none; of equals the first.
pub fn dearest(parts: &[Part]) -> Option<Part> {
    let mut best = parts.first()?;
    for part in parts {
        if part.cents > best.cents {
            best = part;
        }
    }
    Some(best.clone())
}
