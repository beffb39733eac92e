//! On which days a service runs.

/// A pattern of the week, and the days that differ from it.
#[derive(Debug, Clone)]
pub struct Service {
    pub key: String,
    week: [bool; 7],
    exceptions: Vec<Exception>,
}

#[derive(Debug, Clone, Copy)]
struct Exception {
    day: u32,
    runs: bool,
}

impl Service {
    /// A service without exceptions; `week` begins with Monday.
    pub fn new(key: &str, week: [bool; 7]) -> Service {
        Service { key: key.to_string(), week, exceptions: Vec::new() }
    }

    /// From now on the service runs on `day`, or does not; what was said of that day before is void.
    pub fn except(&mut self, day: u32, runs: bool) {
        match self.exceptions.last_mut() {
            Some(last) if last.day == day => last.runs = runs,
            _ => self.exceptions.push(Exception { day, runs }),
        }
    }

    /// Whether the service runs on a day.
    pub fn runs_on(&self, day: u32) -> bool {
        match self.exceptions.binary_search_by_key(&day, |exception| exception.day) {
            Ok(at) => self.exceptions[at].runs,
            Err(_) => self.week[(day % 7) as usize],
        }
    }
}
