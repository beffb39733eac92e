//! Stops, and the ways on foot between them.

/// Where buses halt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    pub key: String,
    pub name: String,
    pub walks: Vec<Walk>,
}

/// A way on foot to another stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Walk {
    pub to: usize,
    pub minutes: u32,
}

impl Stop {
    /// A stop from which nobody can walk anywhere yet.
    pub fn new(key: &str, name: &str) -> Stop {
        Stop { key: key.to_string(), name: name.to_string(), walks: Vec::new() }
    }
}
