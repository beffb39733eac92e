//! Rules, and the dates that they give.

use crate::date::{days_in, Date};
use crate::parse;

/// When a club meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub(crate) step: i64,
    pub(crate) unit: Unit,
    pub(crate) from: Date,
    pub(crate) until: Option<Date>,
    pub(crate) times: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unit {
    Days,
    /// On these days of the week, 0 for Monday.
    Weeks(Vec<u32>),
    Months(Vec<Place>),
}

/// A day in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Day(u32),
    Last,
    /// The first to fourth (0 to 3) of a day of the week.
    Nth(u32, u32),
    LastOf(u32),
}

impl Place {
    fn is(self, date: Date) -> bool {
        let size = days_in(date.year, date.month);
        match self {
            Place::Day(day) => date.day == day,
            Place::Last => date.day == size,
            Place::Nth(nth, weekday) => {
                (date.day - 1) / 7 == nth && date.weekday() == weekday
            }
            Place::LastOf(weekday) => date.day + 7 > size && date.weekday() == weekday,
        }
    }
}

impl Rule {
    /// Reads a rule; the error says what cannot be read.
    pub fn parse(text: &str) -> Result<Rule, String> {
        parse::rule(text)
    }

    /// The meetings from `first` to `last`, both included, in order.
    pub fn between(&self, first: Date, last: Date) -> Vec<Date> {
        let counted = if self.times.is_some() { self.from } else { first.max(self.from) };
        let end = self.until.map_or(last, |until| until.min(last)).number();
        let meetings = (counted.number()..=end).map(Date::of_number).filter(|date| self.has(*date));
        let meetings = meetings.take(self.times.unwrap_or(usize::MAX));
        meetings.filter(|date| *date >= first).collect()
    }

    /// Whether a day from `from` on fits the pattern.
    fn has(&self, date: Date) -> bool {
        match &self.unit {
            Unit::Days => (date.number() - self.from.number()) % self.step == 0,
            Unit::Weeks(days) => {
                let weeks = (monday(date) - monday(self.from)) / 7;
                weeks % self.step == 0 && days.contains(&date.weekday())
            }
            Unit::Months(places) => {
                let months = month_number(date) - month_number(self.from);
                months % self.step == 0 && places.iter().any(|place| place.is(date))
            }
        }
    }
}

fn month_number(date: Date) -> i64 {
    i64::from(date.year) * 12 + i64::from(date.month)
}

/// The number of the Monday of a day's week.
fn monday(date: Date) -> i64 {
    date.number() - i64::from(date.weekday())
}
