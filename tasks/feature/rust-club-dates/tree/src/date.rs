//! Days of the calendar.

use std::fmt;

/// A day. Ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: i32,
    pub month: u32,
    pub day: u32,
}

/// How many days a month has.
pub fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Date {
    /// A day that exists, of the years 1 to 9999.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        let real = (1..=9999).contains(&year) && (1..=12).contains(&month);
        if real && day >= 1 && day <= days_in(year, month) {
            Some(Date { year, month, day })
        } else {
            None
        }
    }

    /// Reads `2040-01-31`.
    pub fn parse(text: &str) -> Option<Date> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Days since the last day of the year 0.
    pub fn number(self) -> i64 {
        let before = i64::from(self.year) - 1;
        let leap_days = before / 4 - before / 100 + before / 400;
        let months: u32 = (1..self.month).map(|month| days_in(self.year, month)).sum();
        before * 365 + leap_days + i64::from(months) + i64::from(self.day)
    }

    /// The day with this number.
    pub fn of_number(number: i64) -> Date {
        let mut year = (number / 366).max(1) as i32;
        while year < 9999 && (Date { year: year + 1, month: 1, day: 1 }).number() <= number {
            year += 1;
        }
        let mut month = 1;
        while month < 12 && (Date { year, month: month + 1, day: 1 }).number() <= number {
            month += 1;
        }
        let first = Date { year, month, day: 1 };
        Date { day: (number - first.number()) as u32 + 1, ..first }
    }

    /// The day of the week, 0 for Monday.
    pub fn weekday(self) -> u32 {
        ((self.number() + 6) % 7) as u32
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
