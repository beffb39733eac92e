//! Rules, and the dates that they give.

use crate::date::Date;
use crate::parse;

/// When a club meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub(crate) step: i64,
    pub(crate) unit: Unit,
    pub(crate) from: Date,
    pub(crate) until: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unit {
    Days,
    /// On these days of the week, 0 for Monday.
    Weeks(Vec<u32>),
}

impl Rule {
    /// Reads a rule; the error says what cannot be read.
    pub fn parse(text: &str) -> Result<Rule, String> {
        parse::rule(text)
    }

    /// The meetings from `first` to `last`, both included, in order.
    pub fn between(&self, first: Date, last: Date) -> Vec<Date> {
        let begin = first.max(self.from).number();
        let end = self.until.map_or(last, |until| until.min(last)).number();
        (begin..=end).map(Date::of_number).filter(|date| self.has(*date)).collect()
    }

    /// Whether a day from `from` on fits the pattern.
    fn has(&self, date: Date) -> bool {
        match &self.unit {
            Unit::Days => (date.number() - self.from.number()) % self.step == 0,
            Unit::Weeks(days) => {
                let weeks = (monday(date) - monday(self.from)) / 7;
                weeks % self.step == 0 && days.contains(&date.weekday())
            }
        }
    }
}

/// The number of the Monday of a day's week.
fn monday(date: Date) -> i64 {
    date.number() - i64::from(date.weekday())
}
