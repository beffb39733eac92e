//! Times of a day, to the minute.

use std::fmt;

/// Minutes since the midnight with which the day began; 24:00 and later is the night after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock(pub u32);

/// The minutes of a day.
pub const DAY: u32 = 24 * 60;

impl Clock {
    /// Reads `H:MM`, up to `35:59`.
    pub fn parse(text: &str) -> Option<Clock> {
        let (hours, minutes) = text.split_once(':')?;
        if hours.is_empty() || minutes.len() != 2 {
            return None;
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
            return None;
        }
        let hours: u32 = hours.parse().ok()?;
        let minutes: u32 = minutes.parse().ok()?;
        if hours < 36 && minutes < 60 {
            Some(Clock(hours * 60 + minutes))
        } else {
            None
        }
    }

    /// This time so many minutes later.
    pub fn plus(self, minutes: u32) -> Clock {
        Clock(self.0 + minutes)
    }

    /// The same moment, counted from the midnight after; `None` when it lies before that.
    pub fn on_the_next_day(self) -> Option<Clock> {
        self.0.checked_sub(DAY).map(Clock)
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60 % 24, self.0 % 60)
    }
}
