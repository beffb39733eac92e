//! Picks the longer of two texts, for the labels of a map that has little room.

/// The longer of two labels; the first one when both are as long.
pub fn longest<'a>(first: &'a str, second: &'a str) -> &'a str {
    if second.chars().count() > first.chars().count() {
        second
    } else {
        first
    }
}

/// A label and what it is shortened to.
pub struct Short<'a> {
    full: &'a str,
    limit: usize,
}

impl<'a> Short<'a> {
    /// A label of at most `limit` characters; nothing is copied.
    pub fn new(full: &'a str, limit: usize) -> Short<'a> {
        Short { full, limit }
    }

    /// The beginning of the label, as far as there is room. It stays usable when `self` is gone.
    pub fn text(&self) -> &'a str {
        match self.full.char_indices().nth(self.limit) {
            Some((end, _)) => &self.full[..end],
            None => self.full,
        }
    }
}

/// The longest label of a list, `None` for an empty one.
pub fn longest_of<'a>(labels: &[&'a str]) -> Option<&'a str> {
    let mut best: Option<&'a str> = None;
    for label in labels {
        best = Some(match best {
            Some(found) => longest(found, label),
            None => label,
        });
    }
    best
}
