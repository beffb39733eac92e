//! Reads rules.

use crate::date::Date;
use crate::rule::{Place, Rule, Unit};

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const NTH: [&str; 4] = ["1st", "2nd", "3rd", "4th"];
const CLAUSES: [&str; 4] = ["from", "until", "on", "times"];

/// Reads a whole rule.
pub fn rule(text: &str) -> Result<Rule, String> {
    let text = text.to_lowercase();
    let mut words: &[&str] = &text.split_whitespace().collect::<Vec<_>>();
    expect(&mut words, "every")?;
    let step = match words.first().and_then(|word| word.parse::<i64>().ok()) {
        Some(number) => {
            words = &words[1..];
            number
        }
        None => 1,
    };
    if !(1..=1000).contains(&step) {
        return Err(format!("every {step} is not possible"));
    }
    let (unit, rest) = words.split_first().ok_or("days, weeks or months are missing")?;
    words = rest;
    let mut clauses: [Option<String>; 4] = Default::default();
    while let Some((keyword, rest)) = words.split_first() {
        let which = CLAUSES.iter().position(|clause| clause == keyword);
        let which = which.ok_or(format!("`{keyword}` cannot be read"))?;
        let end = rest.iter().position(|word| CLAUSES.contains(word)).unwrap_or(rest.len());
        if end == 0 {
            return Err(format!("nothing stands after `{keyword}`"));
        }
        if clauses[which].replace(rest[..end].join(" ")).is_some() {
            return Err(format!("`{keyword}` stands there twice"));
        }
        words = &rest[end..];
    }
    let [from, until, on, times] = clauses;
    let from = date(&from.ok_or("`from` is missing")?)?;
    let until = until.map(|text| date(&text)).transpose()?;
    let times = times.map(|text| count(&text)).transpose()?;
    if until.is_some() && times.is_some() {
        return Err("`until` and `times` do not go together".to_string());
    }
    let unit = match (*unit, on) {
        ("day" | "days", None) => Unit::Days,
        ("day" | "days", Some(_)) => return Err("`on` does not go with days".to_string()),
        ("week" | "weeks", None) => Unit::Weeks(vec![from.weekday()]),
        ("week" | "weeks", Some(list)) => Unit::Weeks(listed(&list, weekday)?),
        ("month" | "months", None) => Unit::Months(vec![Place::Day(from.day)]),
        ("month" | "months", Some(list)) => Unit::Months(listed(&list, place)?),
        (other, _) => return Err(format!("`{other}` is neither days nor weeks nor months")),
    };
    Ok(Rule { step, unit, from, until, times })
}

fn expect(words: &mut &[&str], wanted: &str) -> Result<(), String> {
    match words.split_first() {
        Some((word, rest)) if *word == wanted => {
            *words = rest;
            Ok(())
        }
        _ => Err(format!("a rule begins with `{wanted}`")),
    }
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or(format!("`{text}` is no date"))
}

fn weekday(text: &str) -> Result<u32, String> {
    let found = WEEKDAYS.iter().position(|day| *day == text);
    found.map(|day| day as u32).ok_or(format!("`{text}` is no day of the week"))
}

fn count(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(times) if times > 0 => Ok(times),
        _ => Err(format!("`{text}` is no number of times")),
    }
}

/// A day in a month: `15`, `last`, `1st fri`, `last fri`.
fn place(text: &str) -> Result<Place, String> {
    match *text.split_whitespace().collect::<Vec<_>>() {
        ["last"] => Ok(Place::Last),
        ["last", day] => Ok(Place::LastOf(weekday(day)?)),
        [day] => match day.parse() {
            Ok(day) if (1..=31).contains(&day) => Ok(Place::Day(day)),
            _ => Err(format!("`{day}` is no day of a month")),
        },
        [nth, day] => match NTH.iter().position(|word| *word == nth) {
            Some(at) => Ok(Place::Nth(at as u32, weekday(day)?)),
            None => Err(format!("`{text}` is no day of a month")),
        },
        _ => Err(format!("`{text}` is no day of a month")),
    }
}

/// The parts of a list, each read by `read`.
fn listed<T>(list: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    list.split(',').map(|part| read(part.trim())).collect()
}
