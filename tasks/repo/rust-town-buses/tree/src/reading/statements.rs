//! The statements of the file.

use super::days;
use crate::clock::Clock;
use crate::network::Builder;

/// Does what one line says.
pub fn apply(words: &[String], builder: &mut Builder) -> Result<(), String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["stop", key, name] => builder.stop(key, name),
        ["walk", one, other, minutes] => {
            let minutes = minutes.parse().map_err(|_| format!("`{minutes}` are no minutes"))?;
            builder.walk(one, other, minutes)
        }
        ["service", key, week] => builder.service(key, pattern(week)?),
        ["except", key, "on", listed] => builder.except(key, &days::parse(listed)?, true),
        ["except", key, "off", listed] => builder.except(key, &days::parse(listed)?, false),
        ["trip", line, service, calls @ ..] => builder.trip(line, service, &times(calls)?),
        [verb, ..] => Err(format!("`{verb}` cannot be read")),
        [] => Ok(()),
    }
}

fn pattern(text: &str) -> Result<[bool; 7], String> {
    let bad = || format!("`{text}` is no week");
    let signs: Vec<bool> = text
        .chars()
        .map(|sign| match sign {
            'x' => Ok(true),
            '-' => Ok(false),
            _ => Err(bad()),
        })
        .collect::<Result<_, _>>()?;
    signs.try_into().map_err(|_| bad())
}

fn times<'a>(words: &[&'a str]) -> Result<Vec<(&'a str, Clock)>, String> {
    let mut calls = Vec::new();
    for pair in words.chunks(2) {
        match pair {
            [stop, time] => {
                let clock = Clock::parse(time).ok_or_else(|| format!("`{time}` is no time"))?;
                calls.push((*stop, clock));
            }
            _ => return Err("a stop has no time".to_string()),
        }
    }
    Ok(calls)
}
